"""The files of a release, and its sheet of confidentiality."""

from __future__ import annotations

from django.urls import path

from apps.dashboards.releases import export_views as views

RELEASE = "publications/<slug:slug>/"
urlpatterns = [
    path(f"{RELEASE}fiche/", views.sheet, name="sheet"),
    path(f"{RELEASE}fiche.pdf", views.sheet_pdf, name="sheet_pdf"),
    path(f"{RELEASE}pdf/", views.pdf, name="pdf"),
    path(f"{RELEASE}classeur.<slug:ext>", views.workbook, name="workbook"),
    path(f"{RELEASE}tableaux/<slug:table>.<slug:ext>", views.table_file, name="table_file"),
    path(f"{RELEASE}figures/<slug:table>.png", views.figure_png, name="figure_png"),
]
