"""Django's admin, reached by platform operators and curators with a second factor only."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class TrajectoiresAdminSite(admin.AdminSite):
    site_header = "Gestion de Trajectoires"
    site_title = "Gestion"
    index_title = "Tables"

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Our own sign-in page does the job (rate limits, second factor)."""
        return redirect(f"/compte/login/?next={request.path}")


class TrajectoiresAdminConfig(AdminConfig):
    default_site = "apps.core.admin_site.TrajectoiresAdminSite"
