from __future__ import annotations

from django.urls import path

from apps.course.practical import views

urlpatterns = [path("se-former/etapes/<slug:slug>/fiche.pdf", views.sheet_file, name="sheet_file")]
