"""Django's admin, reached by those who run the platform, with a second factor only."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


class TrajectoiresAdminSite(admin.AdminSite):
    site_header = "Gestion de Trajectoires"
    site_title = "Gestion"
    index_title = "Tables"

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        """Our own sign-in page does the job (rate limits, second factor); an intruder is refused, not sent round."""
        return sign_in(request, self.has_permission(request))

    def password_change(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:  # type: ignore[override]
        """Our own page asks for a proof, writes to the owner and is in the journal."""
        return redirect("account_change_password")


@never_cache
def sign_in(request: HttpRequest, allowed: bool) -> HttpResponse:
    page = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        page = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': page}, safe='/')}")
    if not allowed:
        raise PermissionDenied
    return redirect(page)


class TrajectoiresAdminConfig(AdminConfig):
    default_site = "apps.core.admin_site.TrajectoiresAdminSite"

    def ready(self) -> None:
        super().ready()
        # The screens of the libraries show what opens an account: TOTP keys, codes and links of the mails.
        for model, screen in list(admin.site._registry.items()):
            if not type(screen).__module__.startswith("apps."):
                admin.site.unregister(model)
