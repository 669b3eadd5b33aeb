from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts.requests import Request
from apps.core.typography import nbsp

GetResponse = Callable[[HttpRequest], HttpResponse]
SECOND_FACTOR_FIRST = "Protégez d’abord votre compte par un second facteur : votre rôle le demande."


class CurrentOrganisationMiddleware:
    """Gives ``request.organisation``: read when first asked, and really None when there is none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A lazy object would never be `is None`; a property needs the class.
        request.__class__ = Request
        return self.get_response(request)


class SecondFactorMiddleware:
    """Whoever holds a platform role first protects her account: every other page waits."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "second_factor_missing", False) and not is_open(request.path):
            return send_to_activation(request)
        return self.get_response(request)


def is_open(path: str) -> bool:
    """Pages that lead to the second factor, the way out, and the probes."""
    names = ("mfa_index", "account_reauthenticate", "account_set_password", "account_logout")
    return path.startswith(("/healthz", "/readyz", *(reverse(name) for name in names)))


def send_to_activation(request: HttpRequest) -> HttpResponse:
    url = reverse("mfa_index")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    if request.path.startswith("/api/") and not prefers_a_page(request):
        return JsonResponse({"detail": nbsp(SECOND_FACTOR_FIRST)}, status=403)
    return redirect(url)


def prefers_a_page(request: HttpRequest) -> bool:
    """A browser rather than a program, which takes anything."""
    return request.get_preferred_type(["application/json", "text/html"]) == "text/html"
