"""What the database refuses of attestations (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.factories.attestations import attestation
from tests.factories.course import learner


def two_living() -> None:
    who = learner()
    attestation(who)
    attestation(who)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "one_living_attestation_per_learner": two_living,
    "revoked_attestation_says_why": lambda: attestation(revoked_at=timezone.now()),
    "living_attestation_is_complete": lambda: attestation(full_name=""),
    "attestation_code_is_sixteen_letters": lambda: attestation(code="ABCD-EFGH-IJKL-MNOP"),
}
