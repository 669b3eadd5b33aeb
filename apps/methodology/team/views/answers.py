"""The page behind the link of an invitation. Opening it changes nothing; the person answers by a button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.enums import InvitationState
from apps.accounts.models import User
from apps.accounts.requests import Request
from apps.accounts.selectors import owns_email
from apps.methodology.access import held_seats
from apps.methodology.errors import Refused
from apps.methodology.models import SeatInvitation
from apps.methodology.services import invitations
from apps.methodology.team import selectors
from apps.methodology.team.forms import AnswerForm
from apps.methodology.team.roles import DOES, SEES
from apps.methodology.team.views.pages import DOOR


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat_invitation(request: Request, token: str) -> HttpResponse:
    found = selectors.invitation_by_token(token)
    if found is None or found.state != InvitationState.PENDING:
        return show_closed(request, found)
    # HEAD reads too: mail scanners send it.
    if request.method != "POST":
        return show_invitation(request, found)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not owns_email(request.user, found.email):
        return show_invitation(request, found)
    return answer(request, request.user, found, AnswerForm(request.POST))


def show_invitation(request: Request, found: SeatInvitation) -> HttpResponse:
    signed_in = request.user.is_authenticated
    is_mine = signed_in and owns_email(request.user, found.email)
    context = {
        "door": DOOR,
        "invitation": found,
        "engagement": found.engagement,
        "organisation": found.engagement.organisation,
        "is_mine": is_mine,
        "is_member": is_mine and selectors.is_member(request.user, found.engagement),
        "sees": SEES[found.role],
        "does": DOES[found.role],
        "page": request.path,
    }
    status = 403 if signed_in and not is_mine else 200
    return render(request, "methodology/team/invitation.html", context, status=status)


def show_closed(request: Request, found: SeatInvitation | None) -> HttpResponse:
    """Unknown, expired, revoked or already used: what happened, and what to do."""
    place = held_seats(request.user).filter(engagement=found.engagement_id).first() if found else None
    context = {
        "door": DOOR,
        "invitation": found,
        "state": found.state.value if found else "unknown",
        "is_seated": place is not None,
    }
    return render(request, "methodology/team/invitation_closed.html", context, status=410 if found else 404)


def answer(request: Request, by: User, found: SeatInvitation, form: AnswerForm) -> HttpResponse:
    """Accept or decline; anything else posted changes nothing."""
    said = form.cleaned_data["answer"] if form.is_valid() else ""
    title = f"«\u00a0{found.engagement}\u00a0»"
    try:
        if said == "accept":
            invitations.accept(invitation=found, by=by)
            messages.success(request, f"Bienvenue\u00a0: vous êtes dans l’équipe de {title}.")
            return redirect("method:engagement", found.engagement_id)
        if said == "decline":
            invitations.decline(invitation=found, by=by)
            messages.success(request, f"C’est noté\u00a0: vous ne rejoignez pas {title}.")
            return redirect("accounts:home")
        messages.error(
            request,
            "Aucune réponse n’a été reçue. Choisissez «\u00a0Rejoindre\u00a0» ou «\u00a0Décliner\u00a0».",
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(request.path)
