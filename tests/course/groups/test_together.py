"""Several connections at once, with real commits."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from post_office.models import Email

from apps.accounts.enums import Role
from apps.course.errors import Refused
from apps.course.groups import digest, services
from apps.course.groups.services import Said
from apps.course.models import Group, GroupMember
from tests.accounts.test_concurrency import together
from tests.factories import OrganisationFactory, course, member
from tests.factories import groups as make

pytestmark = pytest.mark.usefixtures("committed")


def test_a_double_click_opens_one_group() -> None:
    house = OrganisationFactory.create()
    by, key = member(house, Role.LEAD), uuid.uuid4()
    act = lambda: services.open_group(organisation=house, by=by, said=Said("Un groupe"), key=key)  # noqa: E731
    given = together(*[act] * 4)
    assert len({row.pk for row in given}) == 1  # type: ignore[attr-defined]
    assert Group.objects.filter(organisation=house).count() == 1


def test_a_double_click_joins_once() -> None:
    group, who = make.group(), course.learner()
    act = lambda: services.join_group(group=group, learner=who, shows_name=False)  # noqa: E731
    given = together(*[act] * 4)
    assert not [row for row in given if isinstance(row, Exception)]
    assert GroupMember.objects.filter(group=group).count() == 1


def test_many_join_at_once_each_with_a_number() -> None:
    group, people = make.group(), [course.learner() for _ in range(6)]
    given = together(
        *[lambda who=who: services.join_group(group=group, learner=who, shows_name=False) for who in people]
    )
    assert not [row for row in given if isinstance(row, Exception)]
    assert len({row.number for row in GroupMember.objects.filter(group=group)}) == 6


def test_the_last_place_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_MEMBERS", 1)
    group, people = make.group(), [course.learner() for _ in range(3)]
    given = together(
        *[lambda who=who: services.join_group(group=group, learner=who, shows_name=False) for who in people]
    )
    assert sum(isinstance(row, Refused) for row in given) == 2


def test_two_workers_at_once_write_to_nobody_twice(monkeypatch: pytest.MonkeyPatch, clock: Any) -> None:
    clock(datetime(2027, 1, 4, 6, 30, tzinfo=UTC))
    monkeypatch.setattr(digest, "BATCH", 2)
    group = make.group()
    people = [make.place(group).learner.user for _ in range(7)]
    assert together(*[digest.send_round] * 3) == [True] * 3
    for person in people:
        assert Email.objects.filter(to__icontains=person.email).count() == 1
