from __future__ import annotations

from dataclasses import dataclass

import pytest

from apps.accounts.models import User
from apps.course.attestations import services
from apps.course.models import Attestation, Learner
from tests.factories import UserFactory, course
from tests.support.client import StrictClient


@dataclass
class Holder:
    """Somebody who finished the course, her browser, and her attestation once she has one."""

    user: User
    learner: Learner
    client: StrictClient

    def attestation(self, name: str = "Claire Dupont") -> Attestation:
        return services.issue(learner=self.learner, full_name=name)


def holder(email: str = "claire.dupont@exemple.fr") -> Holder:
    user = UserFactory.create(email=email, full_name="Claire D.")
    learner = course.learner(user)
    course.follow_all(learner)
    client = StrictClient()
    client.force_login(user)
    return Holder(user, learner, client)


@pytest.fixture(name="claire")
def make_claire(db: None) -> Holder:
    return holder()


@pytest.fixture
def given(claire: Holder) -> Attestation:
    return claire.attestation()


@pytest.fixture
def visitor() -> StrictClient:
    return StrictClient()
