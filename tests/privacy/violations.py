"""What the database refuses of this app (tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.privacy.models import Cause, ClosureRequest
from tests.factories import OrganisationFactory, UserFactory


def closure(**fields: Any) -> ClosureRequest:
    due_at = timezone.now() + timedelta(days=14)
    return ClosureRequest.objects.create(
        **{"organisation": OrganisationFactory.create(), "due_at": due_at} | fields
    )


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "closure_leaves_a_delay": lambda: closure(due_at=timezone.now() - timedelta(days=1)),
    "nobody_asks_to_close_an_orphan": lambda: closure(cause=Cause.ORPHAN, asked_by=UserFactory.create()),
}
