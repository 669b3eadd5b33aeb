"""Reads of grants and visits."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.enums import PlatformRole
from apps.accounts.models import PlatformGrant, User
from apps.accounts.selectors import SECOND_FACTORS, platform_roles_of
from apps.support.models import SupportGrant, SupportVisit

HELD = PlatformGrant.objects.filter


def is_trusted(user: User) -> bool:
    """Whoever holds powers on the platform: nobody ever looks with her eyes."""
    return user.is_staff or user.is_superuser or bool(platform_roles_of(user))


def running_grant(user: User, now: datetime) -> SupportGrant | None:
    return _in_force(now).filter(user=user).first()


def visits_of(user: User) -> QuerySet[SupportVisit]:
    """Those of all her grants, with who looked."""
    return SupportVisit.objects.filter(grant__user=user).select_related("grant", "operator")


def grants_to_help(now: datetime) -> QuerySet[SupportGrant]:
    """Grants in force, of people that may be helped, the first to end first."""
    trusted = Q(user__is_staff=True) | Q(user__is_superuser=True) | Q(Exists(HELD(user=OuterRef("user"))))
    kept = _in_force(now).filter(user__is_active=True).exclude(trusted)
    return kept.select_related("user").order_by("until", "pk")


def looked(pk: str | UUID, operator: int, now: datetime) -> SupportVisit | None:
    """The visit that may go on, with its grant and person; None once it is over, whatever ended it. One query.

    Over: closed, past its limit, consent withdrawn or past, operator without her role, her second factor or her
    account, person who has been given powers.
    """
    factors = Authenticator.objects.filter(user=OuterRef("operator"), type__in=SECOND_FACTORS)
    return (
        SupportVisit.objects.filter(
            Exists(HELD(user=OuterRef("operator"), role=PlatformRole.OPERATOR)),
            Exists(factors),
            ~Exists(HELD(user=OuterRef("grant__user"))),
            pk=pk,
            operator=operator,
            operator__is_active=True,
            ended_at=None,
            limit__gt=now,
            grant__withdrawn_at=None,
            grant__until__gt=now,
            grant__user__is_active=True,
            grant__user__is_staff=False,
            grant__user__is_superuser=False,
        )
        .select_related("grant__user", "operator")
        .first()
    )


def _in_force(now: datetime) -> QuerySet[SupportGrant]:
    return SupportGrant.objects.filter(withdrawn_at=None, until__gt=now)
