from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.bench.views import live, tools, writes

PLACE = "agir/demarches/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}outils/<slug:tool>/", tools.tool, name="tool"),
    path(f"{PLACE}elements/<uuid:item>/", tools.item, name="item"),
    path(f"{PLACE}elements/<uuid:item>/geste/", writes.act, name="item_act"),
    path(f"{PLACE}ajouter/<slug:kind>/", writes.add, name="item_add"),
    path(f"{PLACE}champ/", writes.field, name="field"),
    path(f"{PLACE}nouveau/", live.news, name="news"),
    path(f"{PLACE}ici/", live.here, name="here"),
]
