"""Asked for, published or set aside: by somebody, once, and only when every attack has failed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.core import outbox
from apps.core.outbox import Outbox
from apps.dashboards.building import build
from apps.dashboards.enums import ReleaseState
from apps.dashboards.errors import NotPublishable
from apps.dashboards.models import AuditRun, Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.services import releases
from tests.dashboards import world
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

QUARTER = Quarter(2026, 2)


@pytest.fixture
def operator() -> User:
    return UserFactory.create()


def ready() -> Release:
    return world.release(state=ReleaseState.BUILT, quarter=QUARTER)


def test_asked_twice_it_is_one_draft_and_one_message(
    operator: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(Outbox, "send", lambda _, pk: sent.append(pk))
    with django_capture_on_commit_callbacks(execute=True):
        first = releases.request_release(quarter=QUARTER, by=operator)
        second = releases.request_release(quarter=QUARTER, by=operator)
    assert first == second
    assert sent == [first.pk]
    assert (first.slug, first.version, first.requested_by) == ("2026-t2-v1", 1, operator)


def test_the_next_version_comes_after_a_published_one(operator: User) -> None:
    world.release(quarter=QUARTER)
    assert releases.request_release(quarter=QUARTER, by=operator).slug == "2026-t2-v2"


def test_each_programme_has_its_own_drafts(operator: User) -> None:
    programme = world.programme()
    national = releases.request_release(quarter=QUARTER, by=operator)
    of_programme = releases.request_release(quarter=QUARTER, by=operator, programme=programme)
    assert of_programme.slug == f"p{programme.pk.hex[:8]}-2026-t2-v1"
    assert national != of_programme


def test_a_clean_draft_is_published_once(operator: User) -> None:
    release = ready()
    first = releases.publish(release=release, by=operator)
    second = releases.publish(release=release, by=UserFactory.create())
    assert first.is_published
    assert (first.published_by, first.published_at) == (second.published_by, second.published_at)


def refused(release: Release, by: User) -> str:
    with pytest.raises(NotPublishable) as refusal:
        releases.publish(release=release, by=by)
    assert not Release.objects.get(pk=release.pk).is_published
    return str(refusal.value)


@pytest.mark.parametrize(
    "state",
    [ReleaseState.REQUESTED, ReleaseState.BUILDING, ReleaseState.FAILED, ReleaseState.SET_ASIDE],
)
def test_what_is_not_built_is_not_published(operator: User, state: str) -> None:
    assert "pas construite" in refused(world.release(state=state, quarter=QUARTER), operator)


def test_a_refused_release_says_why_it_is(operator: User) -> None:
    release = ready()
    Release.objects.filter(pk=release.pk).update(refusal="Trop peu d’associations.")
    assert refused(release, operator) == "Trop peu d’associations."


def test_the_last_attacks_decide(operator: User) -> None:
    release = ready()
    AuditRun.objects.create(release=release, attacks=[], is_clean=False)
    assert "attaque" in refused(release, operator)
    AuditRun.objects.create(release=release, attacks=[], is_clean=True)
    assert releases.publish(release=release, by=operator).is_published


def test_attacks_on_an_earlier_building_are_none(operator: User) -> None:
    release = ready()
    release.audits.update(run_at=timezone.now() - timedelta(days=1))
    assert "Aucun contrôle" in refused(release, operator)


def test_what_was_published_meanwhile_must_be_taken_into_account(operator: User) -> None:
    """Two drafts built side by side know nothing of each other: the second is built again."""
    first, second = ready(), world.release(world.programme(), state=ReleaseState.BUILT, quarter=QUARTER)
    releases.publish(release=first, by=operator)
    assert "depuis sa construction" in refused(second, operator)


def test_a_quarter_that_is_not_over_is_not_published(operator: User) -> None:
    now = Quarter.of(timezone.localdate())
    assert "pas fini" in refused(world.release(state=ReleaseState.BUILT, quarter=now), operator)


def test_a_draft_set_aside_leaves_its_place(operator: User) -> None:
    release = ready()
    assert releases.set_aside(release=release, by=operator).state == ReleaseState.SET_ASIDE
    assert releases.set_aside(release=release, by=operator).state == ReleaseState.SET_ASIDE
    assert releases.request_release(quarter=QUARTER, by=operator).version == 2


def test_what_is_published_is_not_set_aside(operator: User) -> None:
    release = world.release(quarter=QUARTER)
    with pytest.raises(NotPublishable):
        releases.set_aside(release=release, by=operator)
    assert Release.objects.get(pk=release.pk).is_published


def test_only_what_failed_is_tried_again() -> None:
    release = world.release(state=ReleaseState.FAILED, quarter=QUARTER, attempts=3, error="Trois fois.")
    found = releases.retry(release=release)
    assert (found.state, found.attempts, found.error) == (ReleaseState.REQUESTED, 0, "")
    other = world.release(state=ReleaseState.BUILT, quarter=QUARTER.before)
    assert releases.retry(release=other).state == ReleaseState.BUILT


def test_a_dead_broker_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: Any) -> None:
        raise ConnectionError("nobody listens")

    release = world.release(state=ReleaseState.REQUESTED, quarter=QUARTER)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "tell", dead)
        assert not releases.OUTBOX.send(release.pk)
        assert releases.put_back() == 0
    monkeypatch.setattr(outbox, "tell", lambda *_: None)
    assert releases.put_back() == 1
    assert releases.put_back() == 0  # told, it is given the time to answer


def test_a_message_of_ours_is_the_task_that_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    from celery import current_app

    from apps.dashboards import tasks

    sent: list[Any] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: sent.append((name, args)))
    release = world.release(state=ReleaseState.REQUESTED, quarter=QUARTER)
    assert releases.OUTBOX.send(release.pk)
    assert sent == [(tasks.build.name, (str(release.pk),))]
    assert tasks.build.time_limit == build.TIME_LIMIT < build.LEASE.total_seconds()
