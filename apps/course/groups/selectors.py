"""Reads of groups, bounded to the person first; each says how many queries it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import Person as Visitor
from apps.accounts.selectors import person_id
from apps.course.groups.privacy import Person, State
from apps.course.models import Group, GroupMember, Page, Progress


@dataclass(frozen=True, slots=True)
class Access:
    """What a person is to a group: one of its leaders, one of its members, or both."""

    group: Group
    leads: bool
    member: GroupMember | None


def groups() -> QuerySet[Group]:
    """With their organisation and ``size`` (how many members). 1 query."""
    return Group.objects.select_related("organisation").annotate(size=Count("members"))


def led_by(user: User) -> QuerySet[Group]:
    """Open ones first: no date of closing comes before any date. 1 query."""
    led = Membership.objects.filter(user=user, role__in=MANAGERS).values("organisation")
    return groups().filter(organisation__in=led).order_by("-closed_at", "-opened_at")


def joined_by(user: Visitor) -> QuerySet[GroupMember]:
    """Her places, with their groups. 1 query."""
    places = GroupMember.objects.filter(learner__user_id=person_id(user))
    return places.select_related("group__organisation").order_by("-group__closed_at", "-joined_at")


def access_or_404(user: User, pk: UUID) -> Access:
    """3 queries. Http404 for strangers, PermissionDenied for members of the organisation who have no part in it."""
    # All three whether it exists or not: a stranger learns nothing from the time it takes.
    group = groups().filter(pk=pk).first()
    role = (
        Membership.objects.filter(user=user, organisation__groups=pk).values_list("role", flat=True).first()
    )
    member = GroupMember.objects.filter(group=pk, learner__user=user).select_related("learner__user").first()
    leads = role in MANAGERS
    if group is None:
        raise Http404
    if not leads and member is None:
        if role:
            raise PermissionDenied
        raise Http404
    return Access(group, leads, member)


def led_or_404(user: User, pk: UUID) -> Group:
    """3 queries. PermissionDenied for whoever does not lead it."""
    access = access_or_404(user, pk)
    if not access.leads:
        raise PermissionDenied
    return access.group


def place_or_404(user: User, pk: UUID) -> GroupMember:
    """Her own place in this group. 1 query."""
    found = GroupMember.objects.filter(group=pk, learner__user=user).select_related("group__organisation")
    if (member := found.first()) is None:
        raise Http404
    return member


def by_code(code: str) -> Group | None:
    """1 query."""
    return groups().filter(code=code).first()


def leaders(organisation: Organisation) -> int:
    """How many people lead its groups today. 1 query."""
    return Membership.objects.filter(organisation=organisation, role__in=MANAGERS).count()


def people_of(group: Group, steps: Sequence[Page]) -> list[Person]:
    """Everybody in the group and where she is, for ``privacy.seen``: never shown as it is. 2 queries."""
    members = GroupMember.objects.filter(group=group)
    states = _states(group, steps)
    rows = members.values_list("learner_id", "learner__user__full_name", "shows_name", "number")
    return [
        Person(
            name.strip() if shows_name else "",
            number,
            tuple(states.get((learner, step.pk), "todo") for step in steps),
        )
        for learner, name, shows_name, number in rows.order_by("number")
    ]


def _states(group: Group, steps: Sequence[Page]) -> dict[tuple[UUID, UUID], State]:
    """(learner, step) → where she is; absent when not begun."""
    rows = Progress.objects.filter(learner__groups__group=group, page__in=[step.pk for step in steps])
    read = rows.values_list("learner_id", "page_id", "opened", "quizzed_at", "done_at")
    return {
        (learner, page): state
        for learner, page, opened, quizzed_at, done_at in read
        if (state := _state(group.closed_at, opened, quizzed_at, done_at)) != "todo"
    }


def _state(
    closed_at: datetime | None, opened: Sequence[str], quizzed_at: datetime | None, done_at: datetime | None
) -> State:
    """Once the group is closed, only what was done by then is told: its leaders no longer follow anybody."""
    if done_at and (closed_at is None or done_at <= closed_at):
        return "done"
    return "begun" if closed_at is None and (opened or quizzed_at) else "todo"
