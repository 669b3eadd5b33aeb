"""What learners see: the module, the steps and their parts, the personal path, the changes."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.course.screens import around, steps
from apps.course.screens.path import path as personal_path

urlpatterns: list[URLPattern] = [
    path("se-former/module-20-minutes/", around.module, name="module"),
    path("se-former/mon-parcours/", personal_path, name="path"),
    path("se-former/changements/", around.changes, name="changes"),
    path("se-former/etapes/<slug:slug>/", steps.step, name="step"),
    path("se-former/etapes/<slug:slug>/imprimer/", steps.whole, name="print"),
    path("se-former/etapes/<slug:slug>/terminer/", steps.done, name="done"),
    path("se-former/etapes/<slug:slug>/<slug:part>/", steps.part, name="part"),
]
