"""The space of a démarche."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.board.views import engagements, overview, steps

PLACE = "agir/demarches/<uuid:pk>/"
STEP = f"{PLACE}etapes/<int:step>/"
urlpatterns: list[URLPattern] = [
    path("agir/demarches/", engagements.engagements, name="engagements"),
    path("agir/demarches/nouvelle/", engagements.open_new, name="open"),
    path(PLACE, overview.engagement, name="engagement"),
    path(f"{PLACE}reprendre/", engagements.take_lead, name="take_lead"),
    path(f"{PLACE}reglages/", overview.settings, name="settings"),
    path(f"{PLACE}reglages/geste/", overview.act, name="engagement_act"),
    path(f"{PLACE}edition/", overview.take_up, name="take_up"),
    path(STEP, steps.engagement_step, name="engagement_step"),
    path(f"{STEP}etat/", steps.stage, name="stage"),
    path(f"{STEP}validation/", steps.validate, name="validate"),
]
