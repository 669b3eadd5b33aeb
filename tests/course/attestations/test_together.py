"""A double click, two tabs, a withdrawal meanwhile, with real commits: one attestation stands, never two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from apps.course.attestations import services
from apps.course.models import Attestation, Statement
from apps.documents.models import Document
from tests.accounts.test_concurrency import together
from tests.course.attestations.conftest import Holder, holder


@pytest.fixture(name="claire")
def committed_claire(django_db_setup: None, django_db_blocker: Any) -> Iterator[Holder]:
    with django_db_blocker.unblock():
        made = holder("claire.ensemble@exemple.fr")
        yield made
        Attestation.objects.filter(learner=made.learner).delete()
        made.user.delete()


def test_asked_six_times_at_once_it_is_one(claire: Holder) -> None:
    given = together(*[claire.attestation] * 6)
    assert {attestation.pk for attestation in given} == {Attestation.objects.get(learner=claire.learner).pk}  # type: ignore[attr-defined]
    assert Document.objects.filter(owner=claire.user).count() == 1
    assert Statement.objects.filter(learner=claire.learner, verb="earned").count() == 1


def test_posted_from_two_tabs_it_is_one(claire: Holder) -> None:
    def post() -> int:
        return int(claire.client.post("/se-former/attestation/", {"full_name": "Claire"}).status_code)

    assert together(post, post) == [302, 302]
    assert Attestation.objects.filter(learner=claire.learner).count() == 1


def test_asked_and_withdrawn_at_once_at_most_one_stands(claire: Holder) -> None:
    first = claire.attestation()
    given = together(
        lambda: services.revoke(attestation=first, reason="Motif.", erase=True),
        lambda: services.revoke(attestation=first, reason="Autre motif.", erase=True),
        lambda: claire.attestation("Claire Durand"),
    )
    assert not [result for result in given if isinstance(result, Exception)], given
    first.refresh_from_db()
    assert not first.is_valid
    assert Attestation.objects.filter(learner=claire.learner, revoked_at=None).count() <= 1
