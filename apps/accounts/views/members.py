from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import selectors
from apps.accounts.drafts import action_login_required, draft_of
from apps.accounts.enums import Role
from apps.accounts.forms.members import InvitationForm, RoleForm
from apps.accounts.models import Membership, Organisation
from apps.accounts.permissions import get_membership_or_404, get_organisation_or_404
from apps.accounts.presenters import invitation_rows, member_rows
from apps.accounts.requests import SignedInRequest
from apps.accounts.services.members import LastAdminError, change_role, remove_member
from apps.core.typography import de

ONLY_ADMIN = (
    "Une association garde toujours au moins une personne qui l’administre. "
    "Nommez-en une autre d’abord, puis recommencez."
)
GONE = "Cette personne ne fait plus partie de l’association."


@login_required
@require_GET
def members(request: SignedInRequest, pk: UUID) -> HttpResponse:
    mine = get_membership_or_404(request.user, pk)
    draft = draft_of(request)
    return show_members(request, mine, InvitationForm(initial=draft.dict() if draft else None))


def show_members(
    request: SignedInRequest, mine: Membership, form: InvitationForm, status: int = 200
) -> HttpResponse:
    is_admin = mine.role == Role.ADMIN
    invitations = list(selectors.open_invitations(mine.organisation)) if is_admin else []
    context = {
        "organisation": mine.organisation,
        "is_admin": is_admin,
        "rows": member_rows(list(selectors.members_of(mine.organisation)), request.user),
        "roles": Role.choices,
        "invitations": invitation_rows(invitations),
        "form": form,
    }
    return render(request, "accounts/members.html", context, status=status)


@action_login_required("accounts:members")
@require_POST
def member_role(request: SignedInRequest, pk: UUID, member: int) -> HttpResponse:
    organisation = get_organisation_or_404(request.user, pk, Role.ADMIN)
    membership = get_object_or_404(selectors.members_of(organisation), pk=member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["role"][0]))
        return redirect("accounts:members", pk)
    try:
        changed = change_role(membership=membership, role=Role(form.cleaned_data["role"]))
        messages.success(
            request, f"{membership.user.get_full_name()} a maintenant le rôle : {changed.get_role_display()}."
        )
    except LastAdminError:
        messages.error(request, ONLY_ADMIN)
    except Membership.DoesNotExist:
        messages.error(request, GONE)
    return redirect("accounts:members", pk)


@action_login_required("accounts:members")
@require_POST
def member_remove(request: SignedInRequest, pk: UUID, member: int) -> HttpResponse:
    organisation = get_organisation_or_404(request.user, pk, Role.ADMIN)
    membership = get_object_or_404(selectors.members_of(organisation), pk=member)
    name = membership.user.get_full_name()
    if _take_out(request, membership, f"{name} ne fait plus partie {de(organisation.name)}.") and (
        membership.user_id == request.user.pk
    ):
        return redirect("accounts:home")
    return redirect("accounts:members", pk)


@action_login_required("accounts:profile")
@require_POST
def organisation_leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    membership = get_membership_or_404(request.user, pk)
    _take_out(request, membership, f"Vous avez quitté {membership.organisation.name}.")
    return redirect("accounts:profile")


def _take_out(request: SignedInRequest, membership: Membership, done: str) -> bool:
    try:
        remove_member(membership=membership)
    except LastAdminError:
        messages.error(request, ONLY_ADMIN)
        return False
    except (Membership.DoesNotExist, Organisation.DoesNotExist):
        messages.error(request, GONE)
        return False
    messages.success(request, done)
    return True
