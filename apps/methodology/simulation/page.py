"""The page of a scenario’s figures, as its templates read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.urls import reverse

from apps.methodology.bench.boxes import Box, Clash
from apps.methodology.bench.pages import form, frame
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.simulation import figures, reading, words
from apps.methodology.simulation.asked import Family, families
from apps.methodology.simulation.comparison import counted
from apps.methodology.simulation.pictures import Shown, show
from apps.methodology.simulation.published import published
from apps.methodology.simulation.reading import Future, Said, Start
from apps.methodology.simulation.sliders import Slider, slider
from apps.methodology.talk.presenters import thread
from apps.methodology.tools.simulation import TOOL
from apps.simulator.sorts import SORTS

OTHERS = "Sans sorte"


@dataclass(frozen=True, slots=True)
class Line:
    """A hypothesis in a few words. ``effect``: what it changes of the results added up; ``form``: its fields, when open."""

    said: Said
    value: str
    when: str
    effect: str
    url: str
    form: dict[str, Any] | None
    key: UUID
    is_first: bool
    is_last: bool

    @property
    def row(self) -> Row:
        return self.said.row


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Adding:
    """The form of a new hypothesis; ``typed``, ``sort``, ``error``: as it came back."""

    families: list[Family]
    key: UUID
    typed: str = ""
    sort: str = ""
    error: str = ""
    box: Box | None = None


def page(
    sheet: Sheet,
    scenario: Row,
    asked: Mapping[str, Any],
    adding: Adding | None = None,
    clash: Clash | None = None,
) -> dict[str, Any]:
    """``asked``: the query of the page; ``clash``: of a value that was to be kept."""
    begin = reading.start(sheet)
    told = read(sheet, begin, scenario)
    tried = reading.tried(told.said, asked) if told else {}
    shown = shown_of(sheet, told, tried)
    return {
        **frame(sheet, TOOL),
        "row": scenario,
        "thread": thread(sheet.place, item=scenario.id),
        "scenario": scenario,
        "begin": begin,
        "shown": shown,
        "published": published(),
        "counted": counted(told) if told else "",
        "left_out": words.left_out([one.row.title for one in told.left_out])
        if told and told.left_out
        else "",
        "sliders": sliders(told, tried),
        "tried": rest(tried),
        "groups": (lines := groups(sheet, scenario, told, str(asked.get("ouvrir", "")))),
        "opened": any(line.form for group in lines for line in group.lines),
        "adding": (adding or Adding(families(), uuid4())) if sheet.place.writes else None,
        "clash": clash,
    }


def partial(sheet: Sheet, scenario: Row, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a slider changes on the page. None without a base."""
    begin = reading.start(sheet)
    told = read(sheet, begin, scenario)
    if told is None:
        return None
    shown = shown_of(sheet, told, reading.tried(told.said, asked))
    return {"shown": shown, "published": published(), "scenario": scenario, "engagement": sheet.engagement}


def read(sheet: Sheet, begin: Start | None, scenario: Row) -> Future | None:
    return reading.future(sheet, begin, scenario) if begin else None


def shown_of(sheet: Sheet, told: Future | None, tried: Mapping[str, Decimal]) -> Shown | None:
    if told is None:
        return None
    return show(figures.counted(told.plan, tried), sheet.single("target").get("balance") or None)


def sliders(told: Future | None, tried: Mapping[str, Decimal]) -> list[Slider]:
    found = [slider(one, tried.get(one.hypothesis.key)) for one in told.said] if told else []
    return [one for one in found if one]


def rest(tried: Mapping[str, Decimal]) -> str:
    """As a query."""
    return urlencode({f"v-{key}": str(value) for key, value in tried.items()})


# --- the hypotheses --------------------------------------------------------------------------------------------------------
def groups(sheet: Sheet, scenario: Row, told: Future | None, opened: str) -> list[Group]:
    """By family, in the order of the families; those whose sort is not chosen last."""
    said = (
        told.said
        if told
        else tuple(Said(row, reading.hypothesis_of(row)) for row in sheet.children(scenario, "hypothesis"))
    )
    results = effects(told)
    lines: dict[str, list[Said]] = {}
    for one in said:
        sort = SORTS.get(one.hypothesis.sort)
        lines.setdefault(sort.family if sort else OTHERS, []).append(one)
    names = [*(family.name for family in families()), OTHERS]
    order = [one.row.id for one in said]
    return [
        Group(
            name,
            [line(sheet, scenario, one, results, opened, order) for one in lines[name]],
        )
        for name in names
        if name in lines
    ]


def effects(told: Future | None) -> dict[str, int]:
    if told is None:
        return {}
    found = figures.counted(told.plan).projection.effects
    return {key: sum(effect.result) for key, effect in found.items()}


def line(
    sheet: Sheet, scenario: Row, one: Said, results: Mapping[str, int], opened: str, order: list[UUID]
) -> Line:
    key = one.hypothesis.key
    here = reverse("method:simulation", args=[sheet.engagement.pk, scenario.id])
    return Line(
        one,
        words.span(one.hypothesis) if reading.decimal(one.row, "mid") is not None else "",
        words.when(one.hypothesis),
        words.signed(results[key]) if key in results else "",
        f"{here}?ouvrir={key}#e-{key}",
        form(sheet, one.row) if key == opened else None,
        uuid4(),
        one.row.id == order[0],
        one.row.id == order[-1],
    )
