"""What the screens of this app show, ready for templates without logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.directory import Answer, Entry
from apps.accounts.enums import InvitationState, Role
from apps.accounts.models import Invitation, Membership, Organisation, User
from apps.core.typography import join_list


@dataclass(frozen=True)
class DirectoryRow:
    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class DirectoryView:
    """``query`` is empty when nothing was asked."""

    query: str
    too_short: bool
    reachable: bool
    rows: list[DirectoryRow]


def directory_view(query: str, answer: Answer | None, *, too_short: bool = False) -> DirectoryView:
    rows = [_directory_row(entry) for entry in answer.entries] if answer else []
    return DirectoryView(query, too_short, answer is None or answer.reachable, rows)


def _directory_row(entry: Entry) -> DirectoryRow:
    values = {
        "name": entry.name,
        "siren": entry.siret or entry.siren,
        "rna": entry.rna,
        "department": entry.department,
        "legal_form": entry.legal_form,
    }
    place = (
        f"{entry.city} ({entry.department})"
        if entry.city and entry.department
        else entry.city or entry.department
    )
    number = f"SIREN {grouped(entry.siren)}" if entry.siren else ""
    query = urlencode({key: value for key, value in values.items() if value})
    return DirectoryRow(
        entry.name,
        ", ".join(part for part in (place, number) if part),
        f"{reverse('accounts:organisation_create')}?{query}",
    )


@dataclass(frozen=True)
class MemberRow:
    pk: int
    name: str
    email: str
    role: str
    role_label: str
    joined_at: datetime
    is_me: bool
    is_only_admin: bool


def member_rows(memberships: list[Membership], me: User) -> list[MemberRow]:
    admins = [membership.pk for membership in memberships if membership.role == Role.ADMIN]
    return [
        MemberRow(
            pk=membership.pk,
            name=membership.user.get_full_name(),
            email=membership.user.email if membership.user.full_name else "",
            role=membership.role,
            role_label=membership.get_role_display(),
            joined_at=membership.joined_at,
            is_me=membership.user_id == me.pk,
            is_only_admin=admins == [membership.pk],
        )
        for membership in memberships
    ]


@dataclass(frozen=True)
class InvitationRow:
    pk: int
    email: str
    role_label: str
    sent_at: datetime
    expires_at: datetime
    is_expired: bool


def invitation_rows(invitations: list[Invitation]) -> list[InvitationRow]:
    return [
        InvitationRow(
            pk=invitation.pk,
            email=invitation.email,
            role_label=invitation.get_role_display(),
            sent_at=invitation.sent_at,
            expires_at=invitation.expires_at,
            is_expired=invitation.state == InvitationState.EXPIRED,
        )
        for invitation in invitations
    ]


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


def grouped(siren: str) -> str:
    """« 732 829 320 », as the official papers write it."""
    return "\u202f".join(siren[n : n + 3] for n in range(0, len(siren), 3))


def organisation_facts(organisation: Organisation, fragilities: Sequence[str]) -> list[Fact]:
    """What is known of the organisation, with the names of its fragilities; needs ``department``, ``legal_form`` and
    ``size_class`` loaded.
    """
    department, form, size = organisation.department, organisation.legal_form, organisation.size_class
    facts = [
        Fact("Département", f"{department.pk}, {department.name}" if department else "non renseigné"),
        Fact("Forme juridique", form.name if form else "non renseignée"),
        Fact("Taille", size.name if size else "non renseignée"),
        Fact("Fragilités", join_list(list(fragilities))),
        Fact("SIREN", grouped(organisation.siren)),
        Fact("RNA", organisation.rna),
    ]
    return [fact for fact in facts if fact.value]
