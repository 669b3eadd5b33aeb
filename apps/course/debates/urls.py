"""Live debates: /se-former/debats/… for members, /vote/ for phones."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.course.debates.views import desk, meeting, phones, record

urlpatterns: list[URLPattern] = [
    path("se-former/debats/", desk.debates, name="debates"),
    path("se-former/debats/nouveau/", desk.debate_open, name="debate_open"),
    path("se-former/debats/<uuid:pk>/", meeting.debate, name="debate"),
    path("se-former/debats/<uuid:pk>/geste/", meeting.act, name="debate_act"),
    path("se-former/debats/<uuid:pk>/paroles/<int:view>/", meeting.put_aside, name="debate_view"),
    path("se-former/debats/<uuid:pk>/ecran/", meeting.projector, name="projector"),
    path("se-former/debats/<uuid:pk>/compte-rendu/", record.record, name="record"),
    path("se-former/debats/<uuid:pk>/compte-rendu/modifier/", record.record_edit, name="record_edit"),
    path("se-former/debats/<uuid:pk>/compte-rendu/pdf/", record.record_file, name="record_file"),
    path("vote/", phones.vote_code, name="vote_code"),
    path("vote/<str:code>/", phones.vote, name="vote"),
]
