"""What leaves a démarche, and what comes from another."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.dossier import views

PLACE = "agir/demarches/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path("agir/demarches/importer/", views.import_archive, name="import"),
    path(f"{PLACE}dossier/", views.dossier, name="dossier"),
    path(f"{PLACE}dossier.<slug:ext>", views.dossier_file, name="dossier_file"),
]
