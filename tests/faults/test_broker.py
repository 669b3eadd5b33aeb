"""The broker is down when the report is asked."""

from __future__ import annotations

import time

import pytest

from tests.faults.platform import PATIENCE, Platform

pytestmark = pytest.mark.fault


@pytest.fixture
def broken(platform: Platform) -> Platform:
    """The platform, whose broker died without a word; it is back after the test whatever happened."""
    valkey = platform.stack.servers.valkey
    assert valkey
    valkey.kill()
    yield platform
    valkey.start()


def test_a_report_asked_without_broker_is_kept_and_made_when_it_returns(broken: Platform) -> None:
    platform, campaign = broken, broken.new_campaign()
    before = time.monotonic()
    asked = platform.ask_report(campaign)
    assert time.monotonic() - before < PATIENCE / 4
    assert asked.status_code == 200
    assert "Votre rapport attend son tour" in asked.text
    assert platform.person.get("/readyz").json()["checks"]["broker"] == "unreachable"

    # Ten seconds of silence, without waiting for them.
    platform.sql(
        "update documents_document set requested_at = requested_at - interval '11 s' where subject_id = %s",
        campaign,
    )
    row = platform.document(campaign)
    assert (row.state, row.attempts) == ("requested", 0)
    assert "Votre demande est gardée : le rapport sera préparé dès qu’elle répondra." in platform.page(row)

    assert platform.stack.servers.valkey
    platform.stack.servers.valkey.start()
    row = platform.wait_document(campaign, "ready")
    assert "Télécharger le rapport" in platform.page(row)
    assert len(platform.files(row)) == 1
    assert platform.alive("worker")
    assert platform.alive("beat")
    assert platform.stack.status("/readyz") == 200
