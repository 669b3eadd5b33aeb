"""The page of a tool and the page of an item, as templates read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from apps.methodology.bench.boxes import Box
from apps.methodology.bench.displays import assets, display, fields_template, list_template
from apps.methodology.bench.looks import ticket
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.talk.presenters import thread
from apps.methodology.tools import TOOL_OF_KIND
from apps.methodology.tools.specs import FieldType, Kind, Tool

FACTS = 4  # shown beside a title in lists
LONG = (FieldType.TEXT,)


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a list: its title, its address, what it says in a few words."""

    row: Row
    url: str
    facts: list[tuple[str, str]]
    is_first: bool
    is_last: bool
    key: UUID  # of its form: a second click moves nothing


@dataclass(frozen=True, slots=True)
class Section:
    """A kind on a page. ``add``: the field that names a new one, None when nobody writes here."""

    kind: Kind
    lines: list[Line]
    template: str
    add: Box | None
    key: UUID
    form: dict[str, Any] | None = None  # of a single kind: its fields, on the page itself

    @property
    def one(self) -> str:
        return f"{'une' if self.kind.is_feminine else 'un'} {self.kind.singular}"

    @property
    def none(self) -> str:
        return f"{'Aucune' if self.kind.is_feminine else 'Aucun'} {self.kind.singular} pour l’instant"


def section(sheet: Sheet, kind: Kind, parent: Row | None = None) -> Section:
    rows = sheet.rows(kind.code) if parent is None else sheet.children(parent, kind.code)
    lines = [line(sheet, row, place, len(rows)) for place, row in enumerate(rows)]
    return Section(kind, lines, list_template(kind.code), new_box(sheet, kind), uuid4())


def line(sheet: Sheet, row: Row, place: int, among: int) -> Line:
    shown = [f for f in row.kind.fields if f.type not in LONG and f.code != row.kind.title]
    facts = [(f.label, text) for f in shown if (text := sheet.said(row, f.code))]
    url = reverse("method:item", args=[sheet.engagement.pk, row.id])
    return Line(row, url, facts[:FACTS], place == 0, place == among - 1, uuid4())


def new_box(sheet: Sheet, kind: Kind, typed: list[str] | None = None, error: str = "") -> Box | None:
    """The field that is asked for a new item; what was typed also where nothing is written any more."""
    if kind.is_single or not (sheet.place.writes or typed):
        return None
    blank = Row(UUID(int=0), kind, None, {}, {}, 0, "")
    return sheet.box(blank, kind.title or kind.fields[0].code, typed=typed, error=error)


def form(sheet: Sheet, row: Row, boxes: Mapping[str, Box] | None = None) -> dict[str, Any]:
    """The fields of an item, each saved on its own; without script the form saves those that changed."""
    return {
        "row": row,
        "boxes": boxes or sheet.boxes(row),
        "template": fields_template(row.kind.code),
        "url": reverse("method:item", args=[sheet.engagement.pk, row.id]),
        "writes": sheet.place.writes,
    }


def frame(sheet: Sheet, tool: Tool) -> dict[str, Any]:
    """What every page of the bench reads: where one is, and what its script needs."""
    place = sheet.place
    return {
        "door": "agir",
        "place": place,
        "engagement": place.engagement,
        "tool": tool,
        "sheet": sheet,
        "number": place.engagement.sequence,
        "ticket": ticket(place.seat.pk, place.session),
        "assets": assets(tool.code),
        "thread": None,
        "refused": None,  # the form of a new item, come back with its fault
        "parent": None,
        "row": None,
    }


def tool_page(sheet: Sheet, tool: Tool) -> dict[str, Any]:
    singles = [form(sheet, sheet.single(kind.code)) for kind in tool.kinds if kind.is_single]
    lists = [section(sheet, kind) for kind in tool.kinds if not kind.is_single and not kind.of]
    return {
        **frame(sheet, tool),
        "show": display(sheet, tool.code),
        "show_template": f"methodology/tools/{tool.code}.html",
        "singles": singles,
        "lists": lists,
    }


def item_page(sheet: Sheet, row: Row, boxes: Mapping[str, Box] | None = None) -> dict[str, Any]:
    tool = TOOL_OF_KIND[row.kind.code]
    under = [
        {
            "section": section(sheet, kind, row),
            "forms": [form(sheet, one) for one in sheet.children(row, kind.code)],
        }
        for kind in tool.kinds
        if kind.of == row.kind.code
    ]
    return {
        **frame(sheet, tool),
        "row": row,
        "form": form(sheet, row, boxes),
        "under": under,
        "key": uuid4(),
        "thread": thread(sheet.place, item=row.id),
    }
