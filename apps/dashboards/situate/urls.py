"""See ``apps.dashboards.urls``."""

from django.urls import path

from apps.dashboards.situate import views

urlpatterns = [path("se-situer/<uuid:campaign>/", views.situate, name="situate")]
