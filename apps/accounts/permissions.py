"""Who may reach an organisation: strangers get a 404, members without the role a 403."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from apps.accounts.models import Membership, Organisation
from apps.accounts.selectors import Person, person_id


def get_membership_or_404(user: Person, pk: UUID | str, *roles: str) -> Membership:
    """The person's membership with its organisation. One query."""
    membership = (
        Membership.objects.filter(user_id=person_id(user), organisation_id=pk)
        .select_related("organisation")
        .first()
    )
    if membership is None:
        raise Http404
    if roles and membership.role not in roles:
        raise PermissionDenied
    return membership


def get_organisation_or_404(user: Person, pk: UUID | str, *roles: str) -> Organisation:
    return get_membership_or_404(user, pk, *roles).organisation
