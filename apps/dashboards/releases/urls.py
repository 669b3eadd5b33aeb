"""Releases and their figures; the files of ``export_urls``. See ``apps.dashboards.urls``."""

from __future__ import annotations

from django.urls import path

from apps.dashboards.releases import views
from apps.dashboards.releases.export_urls import urlpatterns as exports

urlpatterns = [
    path("publications/", views.releases, name="releases"),
    path("publications/<slug:slug>/", views.release, name="release"),
    path("publications/<slug:slug>/figures/<slug:table>.json", views.figure, name="figure"),
    *exports,
]
