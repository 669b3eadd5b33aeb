"""The votes on each scenario, ready for pages and files: objections first, since they are what to discuss (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.core.typography import count, join_list
from apps.methodology.enums import SeatRole
from apps.methodology.models.votes import Stance

ROLES = (SeatRole.LEAD, SeatRole.MEMBER, SeatRole.BOARD)
SAID: Mapping[str, str] = {
    Stance.OBJECTS: "J’ai une objection",
    Stance.LIVES_WITH: "Je peux vivre avec",
    Stance.SUPPORTS: "Je le soutiens",
}
COLUMNS = ("Qui", *SAID.values(), "N’a pas encore dit")
COUNTED: Mapping[str, tuple[str, str]] = {
    Stance.OBJECTS: ("objection", "objections"),
    Stance.LIVES_WITH: ("personne peut vivre avec", "personnes peuvent vivre avec"),
    Stance.SUPPORTS: ("soutien", "soutiens"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """``since``: hypotheses of the scenario that changed after the state she voted on."""

    seat: UUID
    name: str
    role: str
    stance: str
    reason: str
    at: datetime
    number: int
    since: int

    @property
    def said(self) -> str:
        return SAID[self.stance]

    @property
    def role_word(self) -> str:
        return str(SeatRole(self.role).label)

    @property
    def since_words(self) -> str:
        if not self.since:
            return ""
        return f"{count(self.since, 'hypothèse a', 'hypothèses ont')} changé depuis"


@dataclass(frozen=True, slots=True)
class Ballot:
    """``voices``: objections first. ``voters``: role → how many may vote. ``left``: votes that no longer count, of people
    who are not in the team any more.
    """

    scenario: UUID
    voices: tuple[Voice, ...]
    voters: Mapping[str, int]
    left: int = 0

    @property
    def objections(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.stance == Stance.OBJECTS]

    @property
    def others(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.stance != Stance.OBJECTS]

    def total(self, stance: str, role: str = "") -> int:
        return sum(voice.stance == stance and (not role or voice.role == role) for voice in self.voices)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """A row a role that somebody holds, then everybody; see ``COLUMNS``."""
        roles = [role for role in ROLES if self.voters.get(role)]
        told = [self._row(capital(str(role.label)), self.voters[role], role) for role in roles]
        return [*told, self._row("Ensemble", sum(self.voters.values()))]

    def _row(self, label: str, voters: int, role: str = "") -> tuple[str, ...]:
        counts = [self.total(stance, role) for stance in SAID]
        return (label, *(str(one) if one else "–" for one in (*counts, max(0, voters - sum(counts)))))

    @property
    def summary(self) -> str:
        """« 1 objection, 2 personnes peuvent vivre avec et 3 soutiens »."""
        said = [count(n, *COUNTED[stance]) for stance in SAID if (n := self.total(stance))]
        return join_list(said) if said else "Personne ne s’est encore prononcé"

    def of(self, seat: UUID) -> Voice | None:
        return next((voice for voice in self.voices if voice.seat == seat), None)


def ballots(
    scenarios: Iterable[UUID],
    votes: Sequence[Any],
    voters: Mapping[UUID, Any],
    changed: Mapping[UUID, Mapping[UUID, int]],
    name: Callable[[Any], str],
) -> dict[UUID, Ballot]:
    """By scenario. ``votes``, ``voters``, ``changed``: see ``selectors``; ``name``: of a seat, as it is shown there."""
    roles = {role.value: sum(seat.role == role for seat in voters.values()) for role in ROLES}
    found = {}
    for key in scenarios:
        here = [vote for vote in votes if vote.item_id == key]
        held = [vote for vote in here if vote.seat_id in voters]
        numbers = tuple(changed.get(key, {}).values())
        voices = [voice(vote, voters[vote.seat_id], numbers, name) for vote in held]
        order = list(SAID)
        voices.sort(key=lambda one: (order.index(one.stance), one.at))
        found[key] = Ballot(key, tuple(voices), roles, len(here) - len(held))
    return found


def voice(vote: Any, seat: Any, numbers: Sequence[int], name: Callable[[Any], str]) -> Voice:
    since = sum(number > vote.number for number in numbers)
    return Voice(seat.pk, name(seat), seat.role, vote.stance, vote.reason, vote.at, vote.number, since)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
