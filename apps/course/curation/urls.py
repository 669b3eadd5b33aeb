"""/curation/parcours/…: the pages of the course, for curators and authors."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.course.curation import editing, pages, reading

ROOT = "curation/parcours/"
urlpatterns: list[URLPattern] = [
    path(ROOT, pages.pages, name="curation"),
    path(f"{ROOT}<slug:slug>/", pages.page, name="curation_page"),
    path(f"{ROOT}<slug:slug>/modifier/<slug:chapter>/", editing.edit, name="curation_edit"),
    path(f"{ROOT}<slug:slug>/apercu/", reading.preview, name="curation_preview"),
    path(f"{ROOT}<slug:slug>/comparer/", reading.compare, name="curation_compare"),
    path(f"{ROOT}<slug:slug>/proposer/", pages.propose, name="curation_propose"),
    path(f"{ROOT}<slug:slug>/rendre/", pages.send_back, name="curation_send_back"),
    path(f"{ROOT}<slug:slug>/publier/", pages.publish, name="curation_publish"),
    path(f"{ROOT}<slug:slug>/prevoir/", pages.schedule, name="curation_schedule"),
    path(f"{ROOT}<slug:slug>/reprendre/<int:number>/", pages.restore, name="curation_restore"),
]
