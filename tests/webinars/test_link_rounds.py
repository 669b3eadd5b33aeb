"""Rounds over the links of public cases: which, in what order, one at a time, and since when they fail."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from apps.core import outbox
from apps.webinars.enums import LinkState
from apps.webinars.links import Found
from apps.webinars.models import LinkCheck, Webinar
from apps.webinars.services import links as services
from apps.webinars.services.workflow import CASES
from tests.webinars.factories import published, whole


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> dict[str, Found]:
    """Address → what a round finds there."""
    told: dict[str, Found] = {}
    monkeypatch.setattr(services, "look", lambda url: told.get(url, Found(LinkState.WORKS, "200")))
    return told


def linked(url: str, source: str = "") -> Webinar:
    return published(
        replay={"url": url, "reason": ""},
        source={"status": "S", "label": "Essai", "year": "2024", "url": source},
    )


def states() -> dict[str, str]:
    return dict(LinkCheck.objects.values_list("url", "state"))


@pytest.mark.django_db
def test_a_round_keeps_the_day_it_began_to_fail(rounds: dict[str, Found]) -> None:
    linked("https://a.example/", "https://b.example/")
    rounds["https://a.example/"] = Found(LinkState.BROKEN, "404 : la page n’existe plus.")
    assert services.check_links() == 2
    assert states() == {"https://a.example/": "broken", "https://b.example/": "works"}
    began = timezone.now() - timedelta(days=9)
    LinkCheck.objects.filter(url="https://a.example/").update(failing_since=began)
    rounds["https://a.example/"] = Found(LinkState.UNREACHABLE, "x" * 400)
    services.check_links()
    row = LinkCheck.objects.get(url="https://a.example/")
    assert (row.state, row.failing_since, len(row.detail)) == ("unreachable", began, 200)
    rounds.clear()
    services.check_links()
    assert set(LinkCheck.objects.values_list("failing_since", flat=True)) == {None}


@pytest.mark.django_db
def test_only_links_that_readers_follow_and_each_once(rounds: dict[str, Found]) -> None:
    first, second = linked("https://a.example/", "https://a.example/"), linked("https://a.example/")
    draft = whole(replay={"url": "https://brouillon.example/", "reason": ""})
    CASES.create(by=None, draft=draft)
    assert services.check_links() == 1
    assert LinkCheck.objects.filter(url="https://a.example/").count() == 2
    assert "https://brouillon.example/" not in states()
    CASES.archive(row=first, by=None, reason="")
    services.check_links()
    assert list(LinkCheck.objects.filter(url="https://a.example/").values_list("webinar", flat=True)) == [
        second.pk
    ]


@pytest.mark.django_db
def test_those_that_wait_longest_come_first_when_time_is_short(
    rounds: dict[str, Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(9):
        linked(f"https://{n}.example/")
    monkeypatch.setattr(services, "BUDGET", -1.0)
    assert services.check_links() == 0
    monkeypatch.setattr(services, "BUDGET", 60.0)
    assert services.check_links() == 9
    LinkCheck.objects.filter(url="https://7.example/").update(checked_at=timezone.now() - timedelta(days=3))
    linked("https://neuf.example/")
    assert services.oldest_first(services.links())[:2] == ["https://neuf.example/", "https://7.example/"]


@pytest.mark.django_db(transaction=False)
def test_one_round_at_a_time(rounds: dict[str, Found], django_db_blocker: Any) -> None:
    linked("https://a.example/")
    taken: list[int] = []

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [services.LOCK])
            taken.append(1)
            while len(taken) < 2:
                time.sleep(0.02)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [services.LOCK])
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    while not taken:
        time.sleep(0.02)
    assert services.check_links() == 0
    taken.append(2)
    other.join(10)
    assert services.check_links() == 1


@pytest.mark.django_db
def test_a_round_is_asked_of_a_worker_or_told_impossible() -> None:
    assert services.ask_for_a_round() is True


def test_a_dead_broker_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(**kwargs: Any) -> Any:
        raise OSError("no broker")

    monkeypatch.setattr(outbox.current_app, "connection", dead)
    assert services.ask_for_a_round() is False
