from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from apps.accounts.drafts import act_from
from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.requests import SignedInRequest
from apps.operations import failures
from apps.operations.metrics import exposition
from apps.operations.presenters import home_page

AGAIN = "C’est relancé."
NOT_FAILED = "Ce n’était plus en échec\u00a0: rien n’a changé."


@platform_role_required(PlatformRole.OPERATOR)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    return render(request, "operations/home.html", home_page())


@act_from("operations:home")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def document_retry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _told(request, failures.retry_document(pk))


@act_from("operations:home")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def mail_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    return _told(request, failures.retry_mail(pk))


def _told(request: SignedInRequest, again: bool) -> HttpResponse:
    messages.info(request, AGAIN if again else NOT_FAILED)
    return redirect("operations:home")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For who holds METRICS_TOKEN; nobody else learns that it is here."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
