"""Reads of the space of a démarche, bounded to the person or to the démarche first; each says its queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Exists,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Greatest, JSONObject
from django.utils import timezone

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import person_id
from apps.core.prepared import Prepared
from apps.methodology.access import held_seats
from apps.methodology.models import (
    Change,
    Decision,
    Engagement,
    MethodStep,
    Seat,
    StepState,
    Validation,
)
from apps.methodology.public.selectors import Edition, editions
from apps.methodology.public.sheet import StepSheet
from apps.methodology.team.selectors import held_leads, team_of


def my_seats(user: User) -> QuerySet[Seat]:
    """Her seats with their démarches, open ones first, then those opened last.

    With ``stages`` (step → stage), ``titles`` (of the eight steps, in order) and ``changed_at``. 1 query.
    """
    of = OuterRef("engagement")
    stages = (
        StepState.objects.filter(engagement=of).order_by().values(row=JSONObject(step="step", stage="stage"))
    )
    titles = (
        MethodStep.objects.filter(edition=OuterRef("engagement__edition")).order_by("number").values("title")
    )
    written = Change.objects.filter(engagement=of).order_by("-number").values("at")[:1]
    moved = (
        StepState.objects.filter(engagement=of).order_by().values("engagement").annotate(m=Max("changed_at"))
    )
    return (
        held_seats(user)
        .select_related("engagement__organisation")
        .annotate(
            stages=ArraySubquery(stages),
            titles=ArraySubquery(titles),
            # Of nothing and a date, PostgreSQL keeps the date.
            changed_at=Greatest(Subquery(written), Subquery(moved.values("m")), F("engagement__opened_at")),
        )
        .order_by(F("engagement__closed_at").desc(nulls_first=True), "-engagement__opened_at", "pk")
        .only(
            "role",
            "engagement__title",
            "engagement__closed_at",
            "engagement__opened_at",
            "engagement__organisation__name",
        )
    )


def without_lead(organisation: Organisation) -> QuerySet[Engagement]:
    """The association's démarches that nobody can lead any more. 1 query."""
    of_each: Any = OuterRef("pk")
    found = Engagement.objects.filter(~Exists(held_leads(of_each)), organisation=organisation)
    return found.only("title", "opened_at", "closed_at")


def states(engagement: Engagement) -> dict[int, StepState]:
    """By step; with ``last`` (the last word of governance, None before). A step without a row is to do. 1 query."""
    return {row.step: row for row in STATES(engagement.pk)}


def states_of(engagement: UUID) -> QuerySet[StepState]:
    words = Validation.objects.filter(engagement=OuterRef("engagement"), step=OuterRef("step"))
    last = words.values(
        row=JSONObject(
            verdict="verdict",
            name="name",
            recorded_by="recorded_by",
            reason="reason",
            day="decided_on",
            at="at",
        )
    )
    rows = StepState.objects.filter(engagement=engagement).annotate(last=Subquery(last[:1]))
    return rows.select_related("changed_by__user")


STATES = Prepared(states_of, UUID(int=3))


def state(engagement: Engagement, step: int) -> StepState:
    """Of one step, with ``last``; an unsaved row when nothing was ever said of it. 1 query."""
    if (found := states(engagement).get(step)) is None:
        found = StepState(engagement=engagement, step=step)
        cast(Any, found).last = None
    return found


def validations(engagement: Engagement, step: int) -> QuerySet[Validation]:
    """The last first. 1 query."""
    return Validation.objects.filter(engagement=engagement, step=step)


@dataclass(frozen=True, slots=True)
class Team:
    """``people`` hold a seat now; ``here`` of them look at the démarche."""

    people: list[Seat]
    here: list[Seat]


TEAM = Prepared(lambda engagement: team_of(engagement).select_related("user", "presence"), UUID(int=4))
HERE_FOR = timedelta(seconds=30)


def team(engagement: Engagement) -> Team:
    """1 query."""
    seats = [seat for seat in TEAM(engagement.pk) if cast(Any, seat).holds]
    now = timezone.now()
    return Team(seats, [seat for seat in seats if (seen := _seen_at(seat)) and seen > now - HERE_FOR])


def _seen_at(seat: Seat) -> datetime | None:
    presence = getattr(seat, "presence", None)
    return presence.seen_at if presence else None


def decisions(engagement: Engagement, most: int = 3) -> list[Decision]:
    """The last ones that still stand: a later one may have replaced an earlier one. 1 query."""
    rows = Decision.objects.filter(engagement=engagement, replaced_by=None)
    return list(rows.order_by("-decided_on", "-written_at")[:most])


@dataclass(frozen=True, slots=True)
class Method:
    """The eight steps that a démarche follows; ``newer``: the edition its lead may take up."""

    steps: tuple[StepSheet, ...]
    newer: Edition | None


def method(engagement: Engagement) -> Method:
    """1 query."""
    found = editions()
    if not found:
        return Method((), None)
    last = found[-1]
    followed = next((edition for edition in found if edition.number == engagement.edition), last)
    return Method(followed.steps, last if last.number > followed.number else None)


def openable(user: User) -> list[Organisation]:
    """The associations for which she may open a démarche, her current one first. 1 query."""
    led = Membership.objects.filter(user_id=person_id(user), role__in=MANAGERS).select_related("organisation")
    rows = [row.organisation for row in led.order_by("organisation__name")]
    return sorted(rows, key=lambda organisation: organisation.pk != user.current_organisation_id)
