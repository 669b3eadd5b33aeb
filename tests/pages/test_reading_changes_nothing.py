"""Opening an address changes nothing, whoever opens it: a mail scanner, a prefetch or a search engine does no harm."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse

from apps.accounts.enums import Role
from apps.accounts.services.invitations import invite_member
from tests.accounts.helpers import mailed_path
from tests.support.client import StrictClient
from tests.support.world import World, world
from tests.test_permissions import TABLE, values

pytestmark = pytest.mark.django_db
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# The session itself (a message read, a door passed) and the counters of the rate limits.
FREE = {"django_session", "cache"}
ROLES = ("anonymous", "guest", "outsider", "staff", "admin", "operator")


@pytest.fixture(name="place")
def make_world(settings: Any) -> World:
    settings.EMAIL_BACKEND = "apps.core.mail_backend.EmailBackend"
    return world()


def addresses(place: World) -> list[str]:
    known = values(place)
    ours = [
        reverse(name, kwargs={key: value.format(**known) for key, value in arguments.items()})
        for name, (_, arguments, _) in TABLE.items()
    ]
    theirs = []
    for name in (key for key in get_resolver().reverse_dict if isinstance(key, str)):
        try:
            theirs.append(reverse(name))
        except NoReverseMatch:
            continue
    assert reverse("account_logout") in theirs
    return [*ours, *theirs]


@pytest.mark.parametrize("role", ROLES)
def test_opening_every_address_changes_nothing(place: World, role: str) -> None:
    invite_member(
        organisation=place.organisation, email="ami@exemple.fr", role=Role.STAFF, by=place.people["admin"]
    )
    paths = [*addresses(place), mailed_path("ami@exemple.fr")]
    client: StrictClient = place.client(role)
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        written = {table for query in asked for table in WRITES.findall(query["sql"])}
        assert written <= FREE, path
    if role not in ("anonymous", "guest"):
        assert client.get(reverse("accounts:profile")).status_code == 200, "still signed in"
