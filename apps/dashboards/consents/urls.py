"""What an association shares."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.dashboards.consents import views

SHARING = "associations/<uuid:pk>/partage/"
urlpatterns: list[URLPattern] = [
    path(SHARING, views.sharing, name="sharing"),
    path(f"{SHARING}accords/<uuid:consent>/retirer/", views.withdraw, name="consent_withdraw"),
    path(f"{SHARING}accords/<uuid:consent>/rapport/", views.report, name="consent_report"),
    path(f"{SHARING}national/", views.national, name="national_switch"),
]
