"""The crossed diagnostic of the fourth step, and the levers it proposes to the sixth."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.levers import views

PLACE = "agir/demarches/<uuid:pk>/"
CROSSED = f"{PLACE}diagnostic-croise/"
# Where a person comes back who signs in again after a click.
LEVERS = {"tool": "leviers"}
urlpatterns: list[URLPattern] = [
    path(CROSSED, views.crossed, name="crossed"),
    path(f"{CROSSED}ouvrir/", views.crossed_open, name="crossed_open"),
    path(f"{CROSSED}choisir/", views.crossed_choose, name="crossed_choose"),
    path(f"{CROSSED}ordre-du-jour/", views.crossed_agenda, name="crossed_agenda"),
    path(f"{PLACE}leviers/reprendre/<slug:code>/", views.levers_take, LEVERS, name="levers_take"),
]
