"""See ``apps.dashboards.urls``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
