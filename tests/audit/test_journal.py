"""A person reads what happened to her account, and to nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record
from tests.accounts.helpers import PASSWORD
from tests.factories import UserFactory
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    user = UserFactory.create(email="claire@exemple.fr")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    return user


def read(client: StrictClient, page: str = "") -> str:
    return client.get(f"/espace/compte/journal/{page}").content.decode()


def test_she_reads_her_sign_ins_and_what_others_tried(claire: User) -> None:
    client = StrictClient(REMOTE_ADDR="81.2.69.160")
    StrictClient(REMOTE_ADDR="81.2.69.161").post(
        "/compte/login/", {"login": claire.email, "password": "pas celui-ci du tout"}
    )
    client.post("/compte/login/", {"login": claire.email, "password": PASSWORD})
    page = read(client)
    assert "Connexion, par mot de passe" in page
    assert "depuis cette connexion" in page
    assert "Connexion refusée, par mot de passe" in page
    assert "depuis une autre connexion" in page


def test_nobody_else_s_acts_are_in_it(claire: User) -> None:
    other = UserFactory.create()
    record(
        Event.ROLE_CHANGED, actor=other, subject="organisation:x", details={"person": other.pk, "to": "admin"}
    )
    client = StrictClient()
    client.force_login(claire)
    assert "Rien encore." in read(client)


def test_fifty_lines_a_page_and_the_same_queries(claire: User, django_assert_num_queries: Any) -> None:
    client = StrictClient()
    client.force_login(claire)
    record(Event.PROFILE_CORRECTED, actor=claire, subject=claire)
    with django_assert_num_queries(5):
        read(client)
    for _ in range(60):
        record(Event.ROLE_CHANGED, actor=claire, subject="organisation:x", details={"to": "admin"})
    with django_assert_num_queries(5):
        page = read(client)
    assert page.count("Rôle changé, rôle\u00a0: administration") == 50
    assert "Page 1 sur 2" in page
    assert "Page 2 sur 2" in read(client, "?page=9")
