from __future__ import annotations

from django.db import transaction

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.audit.events import Event
from apps.audit.services import record


class LastAdminError(Exception):
    """The organisation would be left without an administrator. Nothing was recorded."""


def change_role(*, membership: Membership, role: Role) -> Membership:
    """Raises LastAdminError, or Membership.DoesNotExist when the person has left meanwhile."""
    with transaction.atomic():
        fresh = _lock(membership)
        if role != Role.ADMIN:
            _keep_one_admin_without(fresh)
        before, fresh.role = fresh.role, role
        fresh.save(update_fields=["role"])
        if before != role:
            details = {"person": fresh.user_id, "from": before, "to": role}
            record(Event.ROLE_CHANGED, subject=fresh.organisation, details=details)
    return fresh


def remove_member(*, membership: Membership) -> None:
    """Someone leaves, or is removed: the same act. Raises LastAdminError, or Membership.DoesNotExist."""
    with transaction.atomic():
        fresh = _lock(membership)
        _keep_one_admin_without(fresh)
        fresh.delete()
        User.objects.filter(pk=fresh.user_id, current_organisation=fresh.organisation_id).update(
            current_organisation=None
        )
        record(Event.MEMBER_LEFT, subject=fresh.organisation, details={"person": fresh.user_id})


def _lock(membership: Membership) -> Membership:
    """The membership as it is now. The organisation's row is the lock: two admins cannot leave at once."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    return Membership.objects.get(pk=membership.pk)


def _keep_one_admin_without(membership: Membership) -> None:
    admins = Membership.objects.filter(organisation=membership.organisation_id, role=Role.ADMIN)
    if membership.role == Role.ADMIN and not admins.exclude(pk=membership.pk).exists():
        raise LastAdminError
