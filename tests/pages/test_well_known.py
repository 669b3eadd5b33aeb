"""Addresses that programs know by heart."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def test_whom_to_tell_of_a_flaw_and_until_when_it_holds(client: StrictClient) -> None:
    page = client.get("/.well-known/security.txt")
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(re.findall(r"^([\w-]+): (.+)$", page.content.decode(), re.M))
    assert fields["Contact"] == f"mailto:{settings.CONTACT_EMAIL}"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


def test_a_password_manager_finds_where_to_change_a_password(client: StrictClient) -> None:
    assert client.get("/.well-known/change-password")["Location"] == "/compte/password/change/"
