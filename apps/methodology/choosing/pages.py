"""The page where a scenario is chosen, as its template reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.core.typography import join_list, nbsp
from apps.methodology.access import Place
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.choices import name_of
from apps.methodology.choosing import ballots, books, selectors
from apps.methodology.choosing.ballots import COLUMNS, SAID, Ballot
from apps.methodology.choosing.forms import RetainForm
from apps.methodology.choosing.voting import LONGEST
from apps.methodology.enums import SeatRole
from apps.methodology.simulation import figures, words
from apps.methodology.tools import TOOLS

DOOR = "agir"


@dataclass(frozen=True, slots=True)
class Typed:
    """A vote as it was sent, and why it was refused."""

    scenario: UUID
    stance: str = ""
    reason: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario to vote on. ``told``: what its figures say, [] without any; ``stances``: (code, words, whether ticked);
    ``retain``: for the lead.
    """

    row: Row
    number: int
    comments: int
    told: list[str]
    ballot: Ballot
    stances: list[tuple[str, str, bool]]
    reason: str
    error: str
    has_voted: bool
    since: str
    retain: RetainForm | None

    @property
    def is_chosen(self) -> bool:
        return bool(self.row.get("is_chosen"))


def page(
    place: Place, typed: Typed | None = None, retain: RetainForm | None = None, about: UUID | None = None
) -> dict[str, Any]:
    """7 queries after the place. ``retain``: come back with its faults, for the scenario ``about``."""
    sheet = figures.sheet_of(place)
    rows = sheet.rows("scenario")
    counted = ballots_of(place, [row.id for row in rows])
    told = told_of(sheet)
    chosen = [row.title for row in rows if row.get("is_chosen")]
    leads = place.seat.role == SeatRole.LEAD and place.engagement.is_open
    cards = []
    for number, row in enumerate(rows, 1):
        form = (retain if about == row.id else RetainForm(row.id)) if leads else None
        said = typed if typed and typed.scenario == row.id else None
        cards.append(card(place, sheet, row, number, counted[row.id], told.get(row.id, []), said, form))
    return {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "tool": TOOLS["simulateur"],
        "cards": cards,
        "books": books.rows(sheet),
        "left_out": books.left_out(sheet),
        "columns": COLUMNS,
        "number": place.engagement.sequence,
        "votes": place.may("talk") and place.engagement.is_open and not chosen,
        "chosen": chosen_words(chosen),
        "is_one": len(chosen) == 1,
        "decision": selectors.choice_of(place.engagement.pk) if chosen else None,
        "longest": LONGEST,
    }


def ballots_of(place: Place, scenarios: list[UUID]) -> dict[UUID, Ballot]:
    """3 queries."""
    pk = place.engagement.pk
    return ballots.ballots(
        scenarios, list(selectors.votes_of(pk)), selectors.voters(pk), selectors.changed(pk), name_of
    )


def told_of(sheet: Sheet) -> dict[UUID, list[str]]:
    """The sentences that the simulator itself says of each scenario."""
    found = figures.every(sheet)
    if found is None:
        return {}
    _, _, futures = found
    return {one.row.id: [words.headline(study), *words.more(study)] for one, study in futures}


def card(
    place: Place,
    sheet: Sheet,
    row: Row,
    number: int,
    ballot: Ballot,
    told: list[str],
    typed: Typed | None,
    retain: RetainForm | None,
) -> Card:
    mine = ballot.of(place.seat.pk)
    stance = typed.stance if typed else mine.stance if mine else ""
    reason = typed.reason if typed else mine.reason if mine else ""
    return Card(
        row=row,
        number=number,
        comments=row.comments + sum(one.comments for one in sheet.children(row, "hypothesis")),
        told=told,
        ballot=ballot,
        stances=[(code, words, code == stance) for code, words in SAID.items()],
        reason=reason,
        error=typed.error if typed else "",
        has_voted=mine is not None,
        since=mine.since_words if mine else "",
        retain=retain,
    )


def chosen_words(titles: list[str]) -> str:
    if not titles:
        return ""
    if len(titles) == 1:
        return nbsp(f"Le scénario retenu : « {titles[0]} ».")
    names = join_list(f"« {title} »" for title in titles)
    return nbsp(f"{len(titles)} scénarios sont marqués comme retenus : {names}. Retenez-en un seul.")


def address(engagement: UUID, scenario: UUID | None = None) -> str:
    anchor = f"#s-{scenario}" if scenario else ""
    return reverse("method:choosing", args=[engagement]) + anchor


def drafted(data: Mapping[str, str] | None) -> Typed | None:
    """A vote that was sent after the session had ended."""
    try:
        return Typed(UUID(data["scenario"]), data.get("stance", ""), data.get("reason", "")) if data else None
    except (KeyError, ValueError):
        return None
