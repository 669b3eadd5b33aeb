"""What the chosen scenario would put in the roadmap: a form where each thing is ticked, its name and dates changed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from apps.methodology.access import Place
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.bench.words import said, typed
from apps.methodology.choices import catalogue_lists
from apps.methodology.choosing import proposals, taking
from apps.methodology.choosing.proposals import Proposal
from apps.methodology.choosing.taking import Slot
from apps.methodology.simulation import figures, reading
from apps.methodology.tools import KINDS, TOOLS
from apps.methodology.tools.values import ValueFault, clean

DOOR = "agir"
NO_NAME = "Donnez un nom."
# What may be changed before it is made.
EDITABLE = {"action": ("title", "starts", "due"), "indicator": ("title", "goal_on")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form. ``id``: of its input and its name."""

    id: str
    label: str
    type: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal on the page. ``url``: of what is there already, "" for what can be made."""

    key: str
    kind: str
    title: str
    url: str
    is_ticked: bool
    entries: list[Entry]
    facts: list[tuple[str, str]]
    notes: str
    planned: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """``left_out``: hypotheses with a fault, which nothing is proposed for."""

    scenario: Row
    found: list[Proposal]
    slots: Mapping[str, Slot]
    left_out: list[str]


def chosen(sheet: Sheet) -> Row | None:
    """The scenario that is chosen; None when none is, or several are."""
    rows = [row for row in sheet.rows("scenario") if row.get("is_chosen")]
    return rows[0] if len(rows) == 1 else None


def offer(sheet: Sheet) -> Offer | None:
    """None without a chosen scenario or a base. 1 query beside the sheet’s, most often."""
    row, begin = chosen(sheet), reading.start(sheet)
    if row is None or begin is None:
        return None
    future = reading.future(sheet, begin, row)
    found = proposals.proposals(row.title, figures.counted(future.plan), timezone.localdate())
    left_out = [one.row.title for one in future.left_out]
    return Offer(row, found, taking.slots(sheet.engagement, row.id, found), left_out)


def page(
    place: Place, sheet: Sheet, made: Offer | None, data: QueryDict, faults: Mapping[str, str]
) -> dict[str, Any]:
    """``faults``: id of an entry → what is wrong with it."""
    lists = catalogue_lists()
    lines = [line(place, made, one, lists, data, faults) for one in made.found] if made else []
    return {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "tool": TOOLS["simulateur"],
        "scenario": made.scenario if made else None,
        "has_choice": chosen(sheet) is not None,
        "left_out": made.left_out if made else [],
        "actions": [one for one in lines if one.kind == "action"],
        "indicators": [one for one in lines if one.kind == "indicator"],
        "can_make": any(not one.url for one in lines),
    }


def line(
    place: Place,
    made: Offer,
    one: Proposal,
    lists: Mapping[str, Mapping[str, str]],
    data: QueryDict,
    faults: Mapping[str, str],
) -> Line:
    there, kind = made.slots[one.key].there, KINDS[one.kind]
    shown = [code for code in one.fields if code not in (*EDITABLE[one.kind], "notes")]
    facts = [
        (kind.field(code).label, said(kind.field(code), one.fields[code], lists.get(kind.field(code).source)))
        for code in shown
    ]
    when = KINDS["reading"].field("planned")
    planned = [
        (str(day.on.year), f"{said(when, day.planned)}\u00a0{one.fields['unit']}") for day in one.readings
    ]
    return Line(
        key=one.key,
        kind=one.kind,
        title=one.fields["title"],
        url=reverse("method:item", args=[place.engagement.pk, there]) if there else "",
        is_ticked=one.key in data.getlist("take"),
        entries=[entry(one, code, data, faults) for code in EDITABLE[one.kind]],
        facts=facts,
        notes=one.fields.get("notes", ""),
        planned=planned,
    )


def entry(one: Proposal, code: str, data: QueryDict, faults: Mapping[str, str]) -> Entry:
    spec, name = KINDS[one.kind].field(code), f"{code}-{one.key}"
    kind = "date" if spec.type == "date" else "text"
    value = data.get(name, typed(spec, one.fields.get(code, "")))
    return Entry(name, spec.label, kind, value, faults.get(name, ""))


def edited(found: Sequence[Proposal], data: QueryDict) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """(key → code → what was typed, what is wrong by id of the entry) of those that are ticked."""
    told: dict[str, dict[str, str]] = {}
    faults: dict[str, str] = {}
    for one in found:
        for code in EDITABLE[one.kind]:
            name = f"{code}-{one.key}"
            if name not in data:
                continue
            try:
                value = str(clean(KINDS[one.kind].field(code), data[name]))
            except ValueFault as fault:
                faults[name] = str(fault)
                continue
            if code == "title" and not value:
                faults[name] = NO_NAME
            told.setdefault(one.key, {})[code] = value
    return told, faults


def ticked(made: Offer, data: QueryDict) -> list[Proposal]:
    wanted = set(data.getlist("take"))
    return [one for one in made.found if one.key in wanted]


def tool_url(engagement: UUID, kind: str) -> str:
    tool = "trajectoire" if kind == "action" else "suivi"
    return f"{reverse('method:tool', args=[engagement, tool])}#liste-{kind}"
