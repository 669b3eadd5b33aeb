from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.choosing.views import books, roadmap, votes

PLACE = "agir/demarches/<uuid:pk>/simulateur/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}choisir/", votes.choosing, name="choosing"),
    path(f"{PLACE}choisir/<uuid:scenario>/voix/", votes.vote, name="choosing_vote"),
    path(f"{PLACE}choisir/<uuid:scenario>/retenir/", votes.retain, name="choosing_retain"),
    path(f"{PLACE}classeur.<str:ext>", books.book, name="choosing_book"),
    path(f"{PLACE}feuille-de-route/", roadmap.roadmap, name="choosing_roadmap"),
]
