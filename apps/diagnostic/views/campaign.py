"""Opening a campaign, its page, its context."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.core.htmx import render_page
from apps.core.typography import count
from apps.diagnostic import access, express, selectors, services
from apps.diagnostic.campaign_panel import next_step, person
from apps.diagnostic.enums import RespondentRole
from apps.diagnostic.errors import Refused
from apps.diagnostic.forms.context import ContextForm
from apps.diagnostic.models import Campaign
from apps.diagnostic.services.campaigns import context_of
from apps.diagnostic.views.guards import clear_refusals

# What a member of the organisation most likely answers as.
ANSWERS_AS = {
    Role.ADMIN: RespondentRole.BOARD,
    Role.BOARD: RespondentRole.BOARD,
    Role.LEAD: RespondentRole.LEAD,
    Role.STAFF: RespondentRole.TEAM,
}

ALREADY_OPEN = "Une campagne est déjà ouverte : la voici. Son contexte se modifie plus bas."
NOT_YET = (
    "Vos réponses sont gardées le temps de votre session. Une personne qui conduit les campagnes de "
    "l’association peut en ouvrir une : elles vous y seront proposées."
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: SignedInRequest) -> HttpResponse:
    """Confirms the context and opens; one open campaign at a time, so an open one is shown instead."""
    organisation = request.organisation
    if organisation is None:
        return first_an_organisation(request)
    role, opened = selectors.member_and_open_campaign(request.user, organisation)
    kept = express.kept(request)
    if role not in MANAGERS and not (role and kept):
        raise PermissionDenied
    if opened:
        return join_the_open_one(request, organisation, selectors.campaign_for(request.user, opened))
    if role not in MANAGERS:
        messages.info(request, NOT_YET)
        return redirect("accounts:home")
    form = ContextForm(request.POST if request.method == "POST" else None, initial=sheet_of(organisation))
    if request.method == "POST" and form.is_valid():
        campaign = services.open_campaign(organisation=organisation, by=request.user, context=form.context())
        take_express_answers(request, campaign, role)
        return redirect("diagnostic:campaign", campaign.pk)
    context = {"organisation": organisation, "form": form, "express": len(kept), "opened": False}
    return render_page(
        request, "diagnostic/open.html", {"door": "agir", **context}, status=422 if form.errors else 200
    )


def join_the_open_one(
    request: SignedInRequest, organisation: Organisation, campaign: Campaign
) -> HttpResponse:
    """Nothing to confirm there but the answers of her express mode."""
    kept = express.kept(request)
    if kept and request.method == "GET":
        context = {"organisation": organisation, "express": len(kept), "opened": True, "door": "agir"}
        return render_page(request, "diagnostic/open.html", context)
    if kept:
        take_express_answers(request, campaign, campaign.member_role)  # type: ignore[attr-defined]
    elif request.method == "POST":
        messages.info(request, ALREADY_OPEN)
    return redirect("diagnostic:campaign", campaign.pk)


def sheet_of(organisation: Organisation) -> dict[str, object]:
    known = context_of(organisation)
    return {name: getattr(known, name) for name in (*ContextForm.ABOUT, "fragilities")}


def first_an_organisation(request: SignedInRequest) -> HttpResponse:
    messages.info(request, "Une campagne appartient à une association : présentez d’abord la vôtre.")
    after = urlencode({"next": reverse("diagnostic:open")})
    return redirect(f"{reverse('accounts:organisation_create')}?{after}")


def take_express_answers(request: SignedInRequest, campaign: Campaign, role: str) -> None:
    """The answers kept from the express mode become her own in the full campaign."""
    if not (answers := express.kept(request)):
        return
    try:
        mine = services.join_campaign(campaign=campaign, user=request.user, role=ANSWERS_AS[Role(role)])
        taken = services.import_answers(respondent=mine.respondent, answers=answers)
    except Refused as error:  # full, or closed meanwhile: her answers stay kept
        messages.warning(request, str(error))
        return
    express.forget(request)
    if taken:
        told = count(taken, "réponse du mode express reprise", "réponses du mode express reprises")
        messages.success(request, f"{told} : il reste les autres énoncés.")


@login_required
@require_safe
@clear_refusals
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    campaign = access.campaign_or_404(request, pk)
    manager = access.may_manage(campaign)
    people = [person(r, request.user, manager) for r in selectors.respondents_of(campaign)]
    context = {
        "door": "agir",
        "campaign": campaign,
        "manager": manager,
        "people": people,
        "finished": sum(p.is_finished for p in people),
        "me": next((p for p in people if p.is_me), None),
        "next": next_step(campaign, people, manager),
        "years": selectors.years_of(campaign),
        "code_spelled": " ".join(campaign.code),
        "join_url": request.build_absolute_uri(reverse("diagnostic:join_code", args=[campaign.code])),
    }
    return render_page(request, "diagnostic/campaign.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@clear_refusals
def context(request: SignedInRequest, pk: UUID) -> HttpResponse:
    campaign = access.managed_campaign_or_404(request, pk)
    if not campaign.is_open and request.method == "GET":
        return redirect("diagnostic:campaign", pk)
    form = ContextForm(
        request.POST if request.method == "POST" else None, initial=ContextForm.initial_of(campaign)
    )
    if request.method == "POST" and form.is_valid():
        services.update_context(campaign=campaign, context=form.context())
        messages.success(request, "Le contexte est enregistré.")
        return redirect("diagnostic:campaign", pk)
    shown = {"door": "agir", "campaign": campaign, "form": form}
    return render_page(request, "diagnostic/context.html", shown, status=422 if form.errors else 200)
