"""Groups, the weekly mail, the statements: /se-former/groupes/… and two addresses beside."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.course.groups.views import joining, leading, statements, weekly

GROUP = "se-former/groupes/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path("se-former/groupes/", joining.groups, name="groups"),
    path("se-former/groupes/nouveau/", leading.open_new, name="group_open"),
    path("se-former/groupes/rejoindre/", joining.join, name="join"),
    path("se-former/groupes/rejoindre/<str:code>/", joining.join_code, name="join_code"),
    path(GROUP, joining.group, name="group"),
    path(f"{GROUP}modifier/", leading.edit, name="group_edit"),
    path(f"{GROUP}gestes/", leading.act, name="group_act"),
    path(f"{GROUP}avancement.<str:ext>", leading.file, name="group_file"),
    path(f"{GROUP}mon-nom/", joining.consent, name="group_consent"),
    path(f"{GROUP}quitter/", joining.leave, name="group_leave"),
    path("se-former/courriel-du-lundi/", weekly.switch, name="digest_switch"),
    path("se-former/courriel-du-lundi/<str:token>/", weekly.stop, name="digest_stop"),
    path("se-former/releves.jsonl", statements.statements_file, name="statements_file"),
]
