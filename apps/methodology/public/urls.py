"""The method for everybody: its eight steps, their guides."""

from __future__ import annotations

from django.urls import path

from apps.methodology.public import views

urlpatterns = [
    path("agir/methode/", views.steps, name="steps"),
    path("agir/methode/<slug:slug>/", views.step, name="step"),
    path("agir/methode/<slug:slug>/guide.pdf", views.guide_file, name="guide_file"),
]
