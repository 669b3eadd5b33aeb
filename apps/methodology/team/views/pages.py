"""The page of a team, and asking people in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.services import invitations, seats
from apps.methodology.team import presenters, selectors
from apps.methodology.team.forms import InviteForm, SeatForm

DOOR = "agir"
BACK_TO_TEAM = action_login_required("method:team", "pk")
MAIL_LATE = "L’invitation est enregistrée, mais son courriel n’a pas pu être préparé. Renvoyez-le dans quelques minutes."


@never_cache
@seated("follow")
@require_safe
def team(request: SignedInRequest, place: Place) -> HttpResponse:
    draft = draft_of(request)
    return show_team(request, place, InviteForm(initial=draft.dict() if draft else None))


def show_team(
    request: SignedInRequest,
    place: Place,
    form: InviteForm | None = None,
    seat_form: SeatForm | None = None,
    status: int = 200,
) -> HttpResponse:
    engagement, leads = place.engagement, place.may("lead")
    context: dict[str, Any] = {
        "door": DOOR,
        "place": place,
        "engagement": engagement,
        "team": presenters.team(place, list(selectors.team_of(engagement.pk))),
        "roles": SeatRole.choices,
        "invitations": presenters.waiting(list(selectors.open_invitations(engagement.pk))) if leads else [],
        "form": form or InviteForm(),
        "seat_form": seat_form or (seats_to_give(place) if leads else None),
    }
    return render(request, "methodology/team/team.html", context, status=status)


def seats_to_give(place: Place, data: Any = None) -> SeatForm | None:
    """None for a lead from outside, who is not shown who the members are."""
    if place.seat.is_outside:
        return None
    return SeatForm(selectors.candidates(place.engagement), data)


@seated("lead", BACK_TO_TEAM)
@require_POST
def seat_invite(request: SignedInRequest, place: Place) -> HttpResponse:
    form = InviteForm(request.POST)
    if form.is_valid():
        email, role = form.cleaned_data["email"], SeatRole(form.cleaned_data["role"])
        try:
            invited, queued = invitations.invite(
                engagement=place.engagement, email=email, role=role, by=request.user
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            forget_draft(request, reverse("method:team", args=[place.engagement.pk]))
            done = f"L’invitation part à {invited.email}. Elle reste valable quatorze jours."
            return told(request, place, queued, done)
    return show_team(request, place, form, status=422)


@seated("lead", BACK_TO_TEAM)
@require_POST
def seat_add(request: SignedInRequest, place: Place) -> HttpResponse:
    """A member of the association is seated at once."""
    form = seats_to_give(place, request.POST)
    if form is None:
        messages.error(request, seats.FROM_OUTSIDE)
        return redirect("method:team", place.engagement.pk)
    if form.is_valid():
        try:
            seats.seat_member(by=place.seat, user=form.chosen, role=SeatRole(form.cleaned_data["role"]))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{form.chosen} est dans l’équipe. Un courriel le lui dit.")
    elif not is_seated(place, request.POST.get("membre-person", "")):
        return show_team(request, place, seat_form=form, status=422)
    return redirect("method:team", place.engagement.pk)


def is_seated(place: Place, person: str) -> bool:
    """A second click posts somebody who is no longer in the list."""
    if not (person.isascii() and person.isdigit() and len(person) < 10):
        return False
    return selectors.team_of(place.engagement.pk).filter(user_id=int(person)).exists()


@seated("lead", BACK_TO_TEAM)
@require_POST
def invitation_act(request: SignedInRequest, place: Place, invitation: int) -> HttpResponse:
    """Send again, or take back; anything else posted changes nothing."""
    found = get_object_or_404(place.engagement.invitations, pk=invitation)
    try:
        if request.POST.get("act") == "resend":
            sent = invitations.resend(invitation=found)
            return told(request, place, sent, f"Un nouveau courriel part à {found.email}.")
        if request.POST.get("act") == "revoke":
            if not invitations.revoke(invitation=found):
                raise Refused("Cette personne a déjà répondu\u00a0: il n’y a plus rien à annuler.")
            messages.success(
                request, f"L’invitation de {found.email} est annulée\u00a0: son lien ne sert plus."
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("method:team", place.engagement.pk)


def told(request: SignedInRequest, place: Place, queued: bool, done: str) -> HttpResponse:
    if queued:
        messages.success(request, done)
    else:
        messages.warning(request, MAIL_LATE)
    return redirect("method:team", place.engagement.pk)
