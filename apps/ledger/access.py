"""Who may read and who may write the accounts of an association: a stranger gets 404, a member without the role 403."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from apps.accounts.models import Organisation
from apps.accounts.permissions import get_membership_or_404
from apps.accounts.roles import MANAGERS


@dataclass(frozen=True, slots=True)
class Desk:
    """The accounts of one association, as the person at work on them may use them."""

    organisation: Organisation
    may_write: bool


def reader(request: HttpRequest, organisation: UUID) -> Desk:
    """Every member. 1 query."""
    membership = get_membership_or_404(request.user, organisation)
    return Desk(membership.organisation, membership.role in MANAGERS)


def writer(request: HttpRequest, organisation: UUID) -> Desk:
    """Her managers. 1 query."""
    return Desk(get_membership_or_404(request.user, organisation, *MANAGERS).organisation, True)
