from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.papers import views

PLACE = "agir/demarches/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path("agir/methode/fiches/<slug:tool>.pdf", views.sheet_file, name="sheet_file"),
    path(f"{PLACE}cadrage/", views.signing, name="signing"),
    path(f"{PLACE}cadrage/modele/", views.start, name="note_start"),
    path(f"{PLACE}cadrage/presenter/", views.put, name="note_put"),
    path(f"{PLACE}cadrage/<uuid:note_id>/signer/", views.sign, name="note_sign"),
    path(f"{PLACE}cadrage/<uuid:note_id>/fichier/", views.note_file, name="note_file"),
    path(f"{PLACE}outils/<slug:tool>/saisie/<slug:kind>/", views.type_in, name="type_in"),
]
