"""What operators do: each by its own button, none by itself. Sent twice, an act is done once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.drafts import act_from
from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.requests import SignedInRequest
from apps.dashboards.audit import services as audits
from apps.dashboards.enums import ReleaseState
from apps.dashboards.errors import NotPublishable
from apps.dashboards.models import Release
from apps.dashboards.operation import gate, selectors, views
from apps.dashboards.operation.forms import BuildForm, PublishForm
from apps.dashboards.services import releases as services

PUBLISHED = "C’est publié. La page est en ligne."
ALREADY = "Cette publication était déjà parue\u00a0: rien n’a changé."
SET_ASIDE = "C’est écarté. Cette publication ne paraîtra pas."
AGAIN = "La construction est relancée."
NOT_FAILED = "Cette construction n’est plus en échec\u00a0: rien n’a changé."
CLEAN = "Contrôle fait\u00a0: aucune attaque ne réussit."
LEAKS = "Contrôle fait\u00a0: {leaks}. La publication est bloquée."
NOT_BUILT = "Rien à contrôler\u00a0: la publication n’est pas construite."


@act_from("dashboards:operation")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def build(request: SignedInRequest) -> HttpResponse:
    form = BuildForm(selectors.open_programmes(), request.POST)
    if not form.is_valid():
        return views.show_list(request, form)
    made = services.request_release(quarter=form.chosen_quarter, by=request.user, programme=form.programme)
    return redirect("dashboards:operation_release", made.pk)


@act_from("dashboards:operation_release", "pk")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def publish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Only with the box ticked; refused with the reason, which the page keeps saying."""
    found = selectors.release_or_404(pk)
    form = PublishForm(request.POST)
    if found.is_published:
        return told(request, found, ALREADY)
    if not form.is_valid():
        return views.show_release(request, found, form, status=422)
    try:
        services.publish(release=found, by=request.user)
    except NotPublishable as refusal:
        messages.warning(request, str(refusal))
        return views.show_release(request, selectors.release_or_404(pk), status=409)
    return told(request, found, PUBLISHED)


@act_from("dashboards:operation_release", "pk")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def set_aside(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Whatever is not published, also while it is built."""
    found = selectors.release_or_404(pk)
    try:
        services.set_aside(release=found, by=request.user)
    except NotPublishable as refusal:
        return told(request, found, str(refusal))
    return told(request, found, SET_ASIDE)


@act_from("dashboards:operation_release", "pk")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def retry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = selectors.release_or_404(pk)
    if found.state != ReleaseState.FAILED:
        return told(request, found, NOT_FAILED)
    services.retry(release=found)
    return told(request, found, AGAIN)


@act_from("dashboards:operation_release", "pk")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def audit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """``seen``: the run that the page showed, so that the same press sent twice runs the attacks once."""
    found = selectors.release_or_404(pk)
    if found.built_at is None:
        return told(request, found, NOT_BUILT)
    last = found.audits.first()
    if last is None or request.POST.get("seen", "") == str(last.pk):
        last = audits.audit(found)
    return told(request, found, CLEAN if last.is_clean else LEAKS.format(leaks=gate.leaks(last)))


def told(request: SignedInRequest, found: Release, words: str) -> HttpResponse:
    messages.info(request, words)
    return redirect("dashboards:operation_release", found.pk)
