"""What the database refuses of consents and visits (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.support.models import SupportGrant, SupportVisit
from tests.factories import UserFactory


def grant(**fields: Any) -> SupportGrant:
    now = timezone.now()
    values = {"purpose": "Je ne vois pas mes résultats.", "given_at": now, "until": now + timedelta(days=1)}
    return SupportGrant.objects.create(**{"user": UserFactory.create(), **values, **fields})


def visit(**fields: Any) -> SupportVisit:
    now = timezone.now()
    values = {"started_at": now, "limit": now + timedelta(hours=1)}
    return SupportVisit.objects.create(**{"grant": fields.get("grant") or grant(), **values, **fields})


def two_visits() -> None:
    one = grant()
    visit(grant=one)
    visit(grant=one)


def too_long() -> None:
    grant(until=timezone.now() + timedelta(days=7, minutes=1))


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "support_grant_says_why": lambda: grant(purpose=""),
    "support_grant_lasts_a_week_at_most": too_long,
    "support_grant_is_withdrawn_after_it_is_given": lambda: grant(
        withdrawn_at=timezone.now() - timedelta(hours=1)
    ),
    "one_support_visit_at_a_time": two_visits,
    "support_visit_lasts_an_hour_at_most": lambda: visit(limit=timezone.now() + timedelta(hours=2)),
    "support_visit_that_ended_says_how": lambda: visit(ended_at=timezone.now()),
}
