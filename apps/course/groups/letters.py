"""What the weekly mail tells, for many people at once: a fixed number of queries, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.urls import reverse

from apps.accounts.models import Membership, User
from apps.accounts.roles import MANAGERS
from apps.core.typography import count, date_long
from apps.course.enums import Verb
from apps.course.groups.links import absolute
from apps.course.groups.privacy import shows
from apps.course.journey import Journey, Known, Stage, Trace, journey
from apps.course.models import Group, GroupMember, Learner, Progress, Statement
from apps.course.screens.place import resume_url
from apps.course.words import duration

MOVED = (Verb.EXPERIENCED, Verb.ANSWERED, Verb.COMPLETED)


@dataclass(frozen=True, slots=True)
class Course:
    """Where she is: only for a course that is not finished."""

    done: int
    total: int
    left: str
    next: Stage
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A group she is in. ``until``: its date in words, or ""."""

    name: str
    organisation: str
    until: str


@dataclass(frozen=True, slots=True)
class Led:
    """A group she leads, in one sentence."""

    name: str
    organisation: str
    news: str
    url: str


@dataclass(slots=True)
class Letter:
    course: Course | None = None
    places: list[Place] = field(default_factory=list)
    led: list[Led] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return bool(self.course or self.led)


def letters(people: Sequence[User], steps: Sequence[Known], since: datetime) -> dict[int, Letter]:
    """By person; ``since``: when the week that is told began. 5 queries."""
    found: dict[int, Letter] = defaultdict(Letter)
    for user_id, (course, places) in _courses(people, steps).items():
        found[user_id].course, found[user_id].places = course, places
    for user_id, led in _led(people, steps, since).items():
        found[user_id].led = led
    return {user_id: letter for user_id, letter in found.items() if letter.says_something}


def _courses(people: Sequence[User], steps: Sequence[Known]) -> dict[int, tuple[Course, list[Place]]]:
    """Those who are in an open group and have not finished. 2 queries."""
    rows = GroupMember.objects.filter(learner__user__in=people, group__closed_at=None)
    rows = rows.select_related("group__organisation", "learner__last_page").order_by("group__name")
    rows = rows.defer("learner__last_page__sheet", "learner__last_page__draft")
    members: dict[Learner, list[Group]] = defaultdict(list)
    for row in rows:
        members[row.learner].append(row.group)
    traces = _traces(list(members), steps)
    told = {learner: _course(learner, traces.get(learner.pk, {}), steps) for learner in members}
    return {
        learner.user_id: (course, [_place(group) for group in members[learner]])
        for learner, course in told.items()
        if course
    }


def _traces(learners: Sequence[Learner], steps: Sequence[Known]) -> dict[UUID, dict[str, Trace]]:
    rows = Progress.objects.filter(learner__in=learners, page__slug__in=[step.slug for step in steps])
    found: dict[UUID, dict[str, Trace]] = defaultdict(dict)
    for learner, slug, opened, quizzed_at, how, edition in rows.values_list(
        "learner_id", "page__slug", "opened", "quizzed_at", "done_how", "edition"
    ):
        found[learner][slug] = Trace(frozenset(opened), quizzed_at is not None, how, edition)
    return found


def _course(learner: Learner, traces: Mapping[str, Trace], steps: Sequence[Known]) -> Course | None:
    last = (learner.last_page.slug, learner.last_part) if learner.last_page else ("", "")
    way: Journey = journey(steps, traces, last)
    if (current := way.current) is None:
        return None
    left = duration(way.minutes_left)
    return Course(way.done, way.total, left, current, absolute(resume_url(way)))


def _place(group: Group) -> Place:
    return Place(group.name, group.organisation.name, _day(group.until))


def _day(day: date | None) -> str:
    return date_long(day) if day else ""


def _led(people: Sequence[User], steps: Sequence[Known], since: datetime) -> dict[int, list[Led]]:
    """Those who lead an open group where somebody still has something to do. 3 queries."""
    roles = Membership.objects.filter(user__in=people, role__in=MANAGERS).values_list(
        "user_id", "organisation_id"
    )
    led: dict[UUID, list[int]] = defaultdict(list)
    for user_id, organisation_id in roles:
        led[organisation_id].append(user_id)
    groups = Group.objects.filter(organisation__in=led, closed_at=None).select_related("organisation")
    news = _news([group.pk for group in groups], steps, since)
    found: dict[int, list[Led]] = defaultdict(list)
    for group in sorted(groups, key=lambda group: group.name):
        if group.pk in news:
            url = absolute(reverse("course:group", args=[group.pk]))
            row = Led(group.name, group.organisation.name, news[group.pk], url)
            for user_id in led[group.organisation_id]:
                found[user_id].append(row)
    return found


def _news(groups: Sequence[UUID], steps: Sequence[Known], since: datetime) -> dict[UUID, str]:
    """1 query. Nothing for a group where nobody is, or where everybody had finished before this week."""
    moved = Statement.objects.filter(learner=OuterRef("learner"), at__gte=since, verb__in=MOVED)
    done = Progress.objects.filter(
        learner=OuterRef("learner"), page__slug__in=[step.slug for step in steps], done_at__isnull=False
    )
    finished = done.order_by().values("learner").annotate(n=Count("pk")).values("n")
    named = Q(shows_name=True) & ~Q(learner__user__full_name="")
    rows = (
        GroupMember.objects.filter(group__in=groups)
        .order_by()
        .annotate(moved=Exists(moved), done=Subquery(finished, output_field=IntegerField()))
        .values("group")
        .annotate(
            size=Count("pk"),
            named=Count("pk", filter=named),
            moved_named=Count("pk", filter=named & Q(moved=True)),
            moved_all=Count("pk", filter=Q(moved=True)),
            finished=Count("pk", filter=Q(done__gte=len(steps))),
        )
        .filter(Q(finished__lt=F("size")) | Q(moved_all__gt=0))
    )
    return {
        row["group"]: told(row["size"], row["named"], row["moved_named"], row["moved_all"]) for row in rows
    }


def told(size: int, named: int, moved_named: int, moved_all: int) -> str:
    """« 5 personnes, 2 ont avancé cette semaine », of the very people whom the group's page tells of."""
    people = count(size, "personne", "personnes")
    if shows(size - named):
        return f"{people}, {_moved(moved_all)}"
    if named:
        return f"{people} ; {'parmi les' if named > 1 else 'pour'} {_whose(named)}, {_moved(moved_named)}"
    return f"{people}. L’avancement se verra quand trois y seront sans nom, ou quand un nom se montrera"


def _whose(named: int) -> str:
    return f"{named}\u00a0qui montrent leur nom" if named > 1 else "celle qui montre son nom"


def _moved(moved: int) -> str:
    if not moved:
        return "aucune n’a avancé cette semaine"
    return f"{moved}\u00a0{'a' if moved == 1 else 'ont'} avancé cette semaine"
