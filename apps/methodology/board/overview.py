"""What the first page of a démarche shows beside its steps: the next meetings, the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.methodology.board.selectors import Team
from apps.methodology.choices import name_of
from apps.methodology.enums import SeatRole
from apps.methodology.missing import Facts

MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Meeting:
    title: str
    day: date
    step: str


def next_meetings(facts: Facts, most: int = 3) -> list[Meeting]:
    """Today's included."""
    dated = [
        Meeting(
            str(row.said.get("title") or "Rendez-vous"),
            date.fromisoformat(day),
            str(row.said.get("step", "")),
        )
        for row in facts.of("meeting")
        if (day := str(row.said.get("date") or ""))
    ]
    today = timezone.localdate()
    return sorted((meeting for meeting in dated if meeting.day >= today), key=lambda one: one.day)[:most]


@dataclass(frozen=True, slots=True)
class Group:
    """People of one role. ``more``: how many are not named here."""

    role: str
    names: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class TeamSummary:
    groups: list[Group]
    here: list[str]


def team(found: Team) -> TeamSummary:
    groups = []
    for role in SeatRole:
        names = [name_of(seat) for seat in found.people if seat.role == role]
        if names:
            groups.append(Group(str(role.label), names[:MOST_NAMES], len(names[MOST_NAMES:])))
    return TeamSummary(groups, [name_of(seat) for seat in found.here])
