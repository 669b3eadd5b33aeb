from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.target import views

PLACE = "agir/demarches/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}fiches/preparer/", views.prepare_sheets, name="sheets_prepare"),
    path(f"{PLACE}comptes/", views.table, name="accounts"),
    path(f"{PLACE}comptes/preparer/", views.prepare_years, name="years_prepare"),
    path(f"{PLACE}comptes/reprendre/", views.take_up, name="years_take_up"),
    path(f"{PLACE}comptes/<uuid:activity>/", views.table, name="accounts_of"),
    path(f"{PLACE}comptes/<uuid:activity>/preparer/", views.prepare_years, name="years_prepare_of"),
]
