"""Workshops: the console in the démarche, the table at /atelier/ with a code."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.workshops.views import console, desk, record, table

AT = "agir/demarches/<uuid:pk>/ateliers/"
ONE = f"{AT}<uuid:workshop>/"
urlpatterns: list[URLPattern] = [
    path(AT, desk.workshops, name="workshops"),
    path(f"{AT}nouveau/", desk.workshop_open, name="workshop_open"),
    path(ONE, console.workshop, name="workshop"),
    path(f"{ONE}modifier/", desk.workshop_edit, name="workshop_edit"),
    path(f"{ONE}geste/", console.workshop_act, name="workshop_act"),
    path(f"{ONE}ecran/", console.workshop_screen, name="workshop_screen"),
    path(f"{ONE}compte-rendu/", record.workshop_record, name="workshop_record"),
    path(f"{ONE}compte-rendu/modifier/", record.workshop_record_edit, name="workshop_record_edit"),
    path(f"{ONE}compte-rendu/pdf/", record.workshop_record_file, name="workshop_record_file"),
    path("atelier/", table.join, name="join"),
    path("atelier/<str:code>/", table.table, name="table"),
]
