"""What an association shares: read by its members, changed by its managers, each act in one click."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.permissions import get_membership_or_404, get_organisation_or_404
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.dashboards.consents import pages
from apps.dashboards.models import Consent
from apps.dashboards.services import consents as services

DOOR = "accompagner"
BACK = action_login_required("dashboards:sharing", "pk")
WITHDRAWN = (
    "L’accord est retiré. Votre association n’apparaît plus dans le suivi de «\u202f{0}\u202f», et ne comptera pas "
    "dans sa prochaine publication. Celles qui sont déjà parues ne changent pas. "
)
AGAIN = "Pour le redonner\u00a0: «\u202fRedonner cet accord\u202f», en bas de cette page."
NEVER_AGAIN = "Ce programme est clos\u00a0: l’accord ne peut plus être redonné."
STAYS_OUT = (
    "C’est noté\u00a0: les prochaines publications nationales ne compteront pas votre association. "
    "Pour y revenir, c’est le même bouton."
)


@never_cache
@login_required
@require_safe
def sharing(request: SignedInRequest, pk: UUID) -> HttpResponse:
    mine = get_membership_or_404(request.user, pk)
    context = {
        "door": DOOR,
        "sharing": pages.sharing(mine.organisation, may_act=mine.role in MANAGERS),
        "k": settings.RELEASE_K,
    }
    return render(request, "dashboards/consents/sharing.html", context)


def consent_or_404(request: SignedInRequest, pk: UUID, consent: UUID) -> Consent:
    """One of an association that she manages."""
    organisation = get_organisation_or_404(request.user, pk, *MANAGERS)
    return get_object_or_404(organisation.programme_consents.select_related("programme"), pk=consent)


@BACK
@require_POST
def withdraw(request: SignedInRequest, pk: UUID, consent: UUID) -> HttpResponse:
    found = consent_or_404(request, pk, consent)
    services.withdraw_consent(consent=found, by=request.user)
    after = AGAIN if found.programme.is_open else NEVER_AGAIN
    messages.success(request, WITHDRAWN.format(found.programme) + after)
    return redirect("dashboards:sharing", pk)


@BACK
@require_POST
def report(request: SignedInRequest, pk: UUID, consent: UUID) -> HttpResponse:
    """Whether this funder has the report; anything else posted changes nothing."""
    found = consent_or_404(request, pk, consent)
    given = {"1": True, "0": False}.get(request.POST.get("given", ""))
    if given is not None and services.say_report_given(consent=found, given=given):
        messages.success(
            request,
            "C’est noté\u00a0: ce financeur a votre rapport. La prochaine publication en tiendra compte."
            if given
            else "C’est noté\u00a0: ce financeur n’a pas votre rapport.",
        )
    return redirect("dashboards:sharing", pk)


@BACK
@require_POST
def national(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """In or out of the next national releases; anything else posted changes nothing."""
    organisation = get_organisation_or_404(request.user, pk, *MANAGERS)
    if request.POST.get("counted") == "0":
        services.object_to_national(organisation=organisation, by=request.user)
        messages.success(request, STAYS_OUT)
    elif request.POST.get("counted") == "1":
        services.agree_to_national(organisation=organisation, by=request.user)
        messages.success(
            request, "C’est noté\u00a0: la prochaine publication nationale comptera votre association."
        )
    return redirect("dashboards:sharing", pk)
