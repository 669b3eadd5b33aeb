from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import selectors
from apps.accounts.drafts import action_login_required, forget_draft
from apps.accounts.enums import InvitationState, Role
from apps.accounts.forms.members import AnswerForm, InvitationForm
from apps.accounts.models import Invitation
from apps.accounts.permissions import get_membership_or_404, get_organisation_or_404
from apps.accounts.requests import Request, SignedInRequest
from apps.accounts.roles import DUTIES
from apps.accounts.services.invitations import (
    InvitationRefusedError,
    invite_member,
    resend_invitation,
    revoke_invitation,
)
from apps.accounts.views.answers import answer_invitation
from apps.accounts.views.members import show_members

MAIL_LATE = (
    "L’invitation est enregistrée, mais son courriel n’a pas pu être préparé. "
    "Renvoyez-le dans quelques minutes."
)


@action_login_required("accounts:members")
@require_POST
def invitation_create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    mine = get_membership_or_404(request.user, pk, Role.ADMIN)
    form = InvitationForm(request.POST)
    if form.is_valid():
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        try:
            invited, queued = invite_member(
                organisation=mine.organisation, email=email, role=role, by=request.user
            )
        except InvitationRefusedError as refusal:
            form.add_error("email", str(refusal))
        else:
            forget_draft(request, reverse("accounts:members", args=[pk]))
            _tell(request, queued, f"L’invitation part à {invited.email}. Elle reste valable quatorze jours.")
            return redirect("accounts:members", pk)
    return show_members(request, mine, form, status=422)


@action_login_required("accounts:members")
@require_POST
def invitation_resend(request: SignedInRequest, pk: UUID, invitation: int) -> HttpResponse:
    found = _open_invitation(request, pk, invitation)
    try:
        _tell(request, resend_invitation(invitation=found), f"Un nouveau courriel part à {found.email}.")
    except InvitationRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:members", pk)


@action_login_required("accounts:members")
@require_POST
def invitation_revoke(request: SignedInRequest, pk: UUID, invitation: int) -> HttpResponse:
    found = _open_invitation(request, pk, invitation)
    revoke_invitation(invitation=found)
    messages.success(request, f"L’invitation de {found.email} est annulée : son lien ne sert plus.")
    return redirect("accounts:members", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """The page behind the link of the mail. Opening it changes nothing; the person answers by a button."""
    found = selectors.invitation_by_token(token)
    state = found.state if found else None
    if found is None or state != InvitationState.PENDING:
        return show_closed(request, found)
    # HEAD reads too: mail scanners send it.
    if request.method != "POST":
        return show_invitation(request, found)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not selectors.owns_email(request.user, found.email):
        return show_invitation(request, found)
    return answer_invitation(request, request.user, found, AnswerForm(request.POST))


def show_invitation(request: Request, found: Invitation) -> HttpResponse:
    signed_in = request.user.is_authenticated
    is_mine = signed_in and selectors.owns_email(request.user, found.email)
    context = {"invitation": found, "is_mine": is_mine, "duty": DUTIES[found.role], "page": request.path}
    return render(
        request, "accounts/invitation.html", context, status=403 if signed_in and not is_mine else 200
    )


def show_closed(request: Request, found: Invitation | None) -> HttpResponse:
    """Unknown, expired, revoked or already used: what happened, and what to do."""
    is_member = found is not None and selectors.has_role(request.user, found.organisation)
    context = {
        "invitation": found,
        "state": found.state.value if found else "unknown",
        "is_member": is_member,
    }
    return render(request, "accounts/invitation_closed.html", context, status=410 if found else 404)


def _open_invitation(request: SignedInRequest, pk: UUID, invitation: int) -> Invitation:
    organisation = get_organisation_or_404(request.user, pk, Role.ADMIN)
    return get_object_or_404(selectors.open_invitations(organisation), pk=invitation)


def _tell(request: SignedInRequest, queued: bool, done: str) -> None:
    if queued:
        messages.success(request, done)
    else:
        messages.warning(request, MAIL_LATE)
