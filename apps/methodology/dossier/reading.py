"""Reads a whole démarche, in the same number of queries whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from apps.methodology import models
from apps.methodology.choices import catalogue_lists, team_seats
from apps.methodology.dossier import contents, names, notes, workshops
from apps.methodology.dossier.things import Shelf
from apps.methodology.enums import SeatRole, StepStage, Verdict
from apps.methodology.models import Engagement
from apps.methodology.public import selectors
from apps.methodology.public.sheet import StepSheet
from apps.methodology.tools import TOOLS

STEPS = range(1, 9)


def read(engagement: Engagement) -> contents.Contents:
    """16 queries; ``engagement`` comes with its organisation. Permission is the caller's matter."""
    return Reading(engagement).whole()


def path(engagement: Engagement) -> contents.Contents:
    """For a network that follows: the stages, their dates, what governance decided and when. 3 queries."""
    states = {row.step: row for row in engagement.steps.all()}
    sheets = {sheet.number: sheet for sheet in selectors.steps(engagement.edition)}
    said = by_step(engagement.validations.order_by("-at", "-pk"))
    steps = []
    for number in STEPS:
        made = step_part(number, sheets.get(number), states.get(number))
        verdicts = (verdict(row) for row in said.get(number, ()))
        bare = tuple(replace(one, name="", recorded_by="", reason="") for one in verdicts)
        steps.append(replace(made, why_skipped="", verdicts=bare))
    return contents.Contents(str(engagement.pk), heading(engagement), (), tuple(steps))


def by_step(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.step].append(row)
    return found


class Reading:
    """One démarche, read table by table."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        self.sheets = {sheet.number: sheet for sheet in selectors.steps(engagement.edition)}
        lists = catalogue_lists()
        self.shelf = Shelf.of(engagement, self.people, lists)
        self.states = {row.step: row for row in engagement.steps.all()}
        self.validations = by_step(engagement.validations.order_by("-at", "-pk"))
        self.comments = by_step(engagement.comments.filter(taken_back_at=None).select_related("seat__user"))
        self.records = workshops.records(engagement, lists["pillars"])
        self.notes = notes.put_notes(engagement, self.people)
        self.decisions = self._decisions()

    @cached_property
    def seats(self) -> list[Any]:
        return list(team_seats(self.engagement.pk))

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Every seat there ever was → name."""
        return {str(seat.pk): names.of_seat(seat) for seat in self.seats}

    def whole(self) -> contents.Contents:
        steps = tuple(self.step(number) for number in STEPS)
        return contents.Contents(str(self.engagement.pk), heading(self.engagement), self.team(), steps)

    def team(self) -> tuple[contents.Teammate, ...]:
        """Those who hold a seat now, networks that follow included."""
        order = {role: place for place, role in enumerate(SeatRole.values)}
        held = sorted((seat for seat in self.seats if seat.holds), key=lambda seat: order[seat.role])
        return tuple(
            contents.Teammate(names.of_seat(seat), seat.role, str(SeatRole(seat.role).label)) for seat in held
        )

    def step(self, number: int) -> contents.StepPart:
        return replace(
            step_part(number, self.sheets.get(number), self.states.get(number)),
            verdicts=tuple(verdict(row) for row in self.validations.get(number, ())),
            tools=tuple(self.shelf.part(tool) for tool in TOOLS.values() if tool.step == number),
            decisions=tuple(self.decisions.get(number, ())),
            remarks=tuple(self.remark(row) for row in self.comments.get(number, ())),
            records=tuple(self.records.get(number, ())),
            notes=self.notes if number == notes.STEP else (),
        )

    def _decisions(self) -> dict[int, list[contents.Decided]]:
        """Numbered in the order they were written: a later one may replace an earlier one."""
        rows = list(self.engagement.decisions.order_by("written_at", "pk"))
        numbers = {row.pk: number for number, row in enumerate(rows, 1)}
        found: dict[int, list[contents.Decided]] = defaultdict(list)
        for row in rows:
            found[row.step].append(self.decided(row, numbers))
        return found

    def decided(self, row: models.Decision, numbers: Mapping[int, int]) -> contents.Decided:
        replaced = numbers.get(row.replaces_id) if row.replaces_id else None
        return contents.Decided(
            number=numbers[row.pk],
            what=row.what,
            why=row.why,
            decided_by=names.shown(row.decided_by),
            decided_on=row.decided_on,
            written_at=row.written_at,
            about=self.shelf.named(row.item_id),
            replaces=f"decision-{replaced}" if replaced else "",
        )

    def remark(self, row: models.Comment) -> contents.Remark:
        author, text = (names.of_seat(row.seat), row.text) if row.seat else names.unsigned(row.text)
        return contents.Remark(
            author, text, row.at, row.settled_at is not None, self.shelf.named(row.item_id)
        )


def heading(row: Engagement) -> contents.Heading:
    return contents.Heading(
        association=row.organisation.name,
        title=row.title,
        edition=row.edition,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        is_demo=row.is_demo,
        history=row.sequence,
    )


def step_part(number: int, sheet: StepSheet | None, state: models.StepState | None) -> contents.StepPart:
    """Where a step stands, before what is in it."""
    stage = StepStage(state.stage) if state else StepStage.TODO
    return contents.StepPart(
        number=number,
        title=sheet.title if sheet else f"Étape\u00a0{number}",
        summary=sheet.summary if sheet else "",
        delivers=tuple(sheet.delivers) if sheet else (),
        stage=stage.value,
        stage_word=str(stage.label),
        why_skipped=state.why_skipped if state else "",
        changed_at=state.changed_at if state and stage != StepStage.TODO else None,
    )


def verdict(row: models.Validation) -> contents.Verdict:
    return contents.Verdict(
        verdict=row.verdict,
        label=str(Verdict(row.verdict).label),
        name=names.shown(row.name),
        recorded_by=names.shown(row.recorded_by),
        reason=row.reason,
        decided_on=row.decided_on,
        at=row.at,
    )
