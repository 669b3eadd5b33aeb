"""Who answers: invitations, links sent again, removals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.requests import SignedInRequest
from apps.core.htmx import render_page
from apps.core.typography import count
from apps.diagnostic import access, services
from apps.diagnostic.errors import CampaignClosed, Refused
from apps.diagnostic.forms.respondents import MOST_LINES, InviteeFormSet
from apps.diagnostic.models import Campaign, Respondent
from apps.diagnostic.views.guards import clear_refusals


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@clear_refusals
def invite(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Up to ten people at once; refused as a whole with everything still typed."""
    campaign = access.managed_campaign_or_404(request, pk)
    if not campaign.is_open and request.method == "GET":
        return redirect("diagnostic:campaign", pk)
    formset = formset_of(request)
    refusal = ""
    if request.method == "POST" and formset.is_valid():
        try:
            sent = services.invite_respondents(campaign=campaign, invitees=formset.invitees())
        except CampaignClosed:
            raise
        except Refused as error:
            refusal = str(error)
        else:
            messages.success(request, f"{count(len(sent), 'courriel part', 'courriels partent')} maintenant.")
            return redirect("diagnostic:campaign", pk)
    context = {
        "door": "agir",
        "campaign": campaign,
        "formset": formset,
        "refusal": refusal,
        "most": MOST_LINES,
        "all_lines": len(formset.forms) >= MOST_LINES,
    }
    return render_page(
        request, "diagnostic/invite.html", context, status=422 if request.method == "POST" else 200
    )


def formset_of(request: SignedInRequest) -> Any:
    """A few lines, or ten when asked; what was posted otherwise."""
    if request.method == "POST":
        return InviteeFormSet(request.POST)
    formset = InviteeFormSet()
    if request.GET.get("lignes") == str(MOST_LINES):
        formset.extra = MOST_LINES
    return formset


def respondent_or_404(campaign: Campaign, respondent: UUID) -> Respondent:
    found = campaign.respondents.filter(pk=respondent).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
@clear_refusals
def resend(request: SignedInRequest, pk: UUID, respondent: UUID) -> HttpResponse:
    person = respondent_or_404(access.managed_campaign_or_404(request, pk), respondent)
    try:
        services.resend_link(respondent=person)
    except CampaignClosed:
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Un nouveau lien part par courriel ; l’ancien ne fonctionne plus.")
    return redirect("diagnostic:campaign", pk)


@login_required
@require_POST
@clear_refusals
def remove(request: SignedInRequest, pk: UUID, respondent: UUID) -> HttpResponse:
    """Takes a person out; once she has answered, only with ``confirm``."""
    person = respondent_or_404(access.managed_campaign_or_404(request, pk), respondent)
    try:
        services.remove_respondent(respondent=person, confirmed="confirm" in request.POST)
    except CampaignClosed:
        raise
    except Refused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Cette personne ne fait plus partie de la campagne.")
    return redirect("diagnostic:campaign", pk)
