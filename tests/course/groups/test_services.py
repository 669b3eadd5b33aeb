"""Opening, joining, consenting, leaving: what is written, once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.models import Organisation, User
from apps.course.errors import Refused
from apps.course.groups import services
from apps.course.groups.services import Said
from apps.course.models import Group, GroupMember, Progress
from tests.factories import OrganisationFactory, course
from tests.factories import groups as make

pytestmark = pytest.mark.django_db


def test_the_same_form_twice_opens_one_group(house: Organisation, lead: User) -> None:
    key = uuid.uuid4()
    made = [
        services.open_group(organisation=house, by=lead, said=Said("Un groupe"), key=key) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Group.objects.count() == 1


def test_the_same_form_sent_for_another_organisation_opens_another_group(
    house: Organisation, lead: User
) -> None:
    theirs = make.group(OrganisationFactory.create())
    made = services.open_group(organisation=house, by=lead, said=Said("x"), key=theirs.creation_key)
    assert (made.organisation, made.pk == theirs.pk) == (house, False)


def test_joining_twice_keeps_the_first_place_and_its_consent(group: Group) -> None:
    who = course.learner()
    first = services.join_group(group=group, learner=who, shows_name=False)
    again = services.join_group(group=group, learner=who, shows_name=True)
    assert again.pk == first.pk
    assert not again.shows_name


def test_consent_is_dated_and_taken_back_with_another_number(group: Group, clock: Any) -> None:
    given, taken_back = datetime(2027, 1, 5, 9, tzinfo=UTC), datetime(2027, 2, 5, 9, tzinfo=UTC)
    clock(given)
    member = services.join_group(group=group, learner=course.learner(), shows_name=True)
    assert (member.consented_at, member.withdrawn_at) == (given, None)
    number = member.number
    clock(taken_back)
    member = services.show_name(member=member, shows=False)
    assert (member.shows_name, member.withdrawn_at) == (False, taken_back)
    assert member.number != number
    member = services.show_name(member=member, shows=True)
    assert (member.shows_name, member.consented_at, member.withdrawn_at) == (True, taken_back, None)


def test_the_same_consent_again_keeps_its_date_and_number(group: Group, clock: Any) -> None:
    clock(datetime(2027, 1, 5, 9, tzinfo=UTC))
    member = services.join_group(group=group, learner=course.learner(), shows_name=True)
    clock(datetime(2027, 1, 6, 9, tzinfo=UTC))
    again = services.show_name(member=member, shows=True)
    assert (again.consented_at, again.number) == (member.consented_at, member.number)


def test_a_closed_group_takes_nobody_and_keeps_those_who_are_in(group: Group) -> None:
    inside = course.learner()
    services.join_group(group=group, learner=inside, shows_name=False)
    services.close_group(group=group)
    with pytest.raises(Refused, match="fermé"):
        services.join_group(group=group, learner=course.learner(), shows_name=False)
    services.join_group(group=group, learner=inside, shows_name=False)
    services.reopen_group(group=group)
    services.join_group(group=group, learner=course.learner(), shows_name=False)
    assert group.members.count() == 2


def test_closing_twice_keeps_the_first_date(group: Group, clock: Any) -> None:
    first = datetime(2027, 1, 5, 9, tzinfo=UTC)
    clock(first)
    services.close_group(group=group)
    clock(first + timedelta(days=1))
    services.close_group(group=group)
    group.refresh_from_db()
    assert group.closed_at == first


def test_a_full_group_says_so(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_MEMBERS", 1)
    make.place(group)
    with pytest.raises(Refused, match="complet"):
        services.join_group(group=group, learner=course.learner(), shows_name=False)


def test_a_new_code_is_another_one_and_members_stay(group: Group) -> None:
    make.place(group)
    before = group.code
    services.renew_code(group=group)
    group.refresh_from_db()
    assert group.code != before
    assert group.members.count() == 1


def test_leaving_erases_the_place_and_nothing_else(group: Group) -> None:
    who = course.learner()
    course.follow(who, 1)
    member = services.join_group(group=group, learner=who, shows_name=True)
    services.leave_group(member=member)
    assert not GroupMember.objects.exists()
    assert Progress.objects.filter(learner=who).count() == 1
    assert services.join_group(group=group, learner=who, shows_name=False).shows_name is False


def test_an_erased_account_leaves_its_groups(group: Group) -> None:
    member = make.place(group)
    member.learner.user.delete()
    assert not group.members.exists()
