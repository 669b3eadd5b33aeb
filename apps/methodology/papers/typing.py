"""A fast way to type sheets in: several items on one page, each row saved on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from apps.methodology.access import Place
from apps.methodology.bench.boxes import Box
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.errors import Refused
from apps.methodology.models import Item
from apps.methodology.services.fields import ValueFault
from apps.methodology.services.items import add_item
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import Kind
from apps.methodology.tools.values import ValueFault as Fault
from apps.methodology.tools.values import clean

ROWS = 5


@dataclass(frozen=True, slots=True)
class TypingRow:
    """``key``: drawn with the page, so that a row sent twice is one item. ``parents``: what it belongs to."""

    number: int
    key: UUID
    boxes: list[Box]
    parents: list[tuple[str, str, bool]]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent in one row, by code."""

    key: UUID
    parent: str
    values: Mapping[str, list[str]]

    @property
    def is_blank(self) -> bool:
        return not any("".join(texts).strip() for texts in self.values.values())


def read(kind: Kind, data: QueryDict) -> list[Typed]:
    found = []
    for number in range(ROWS):
        prefix = f"r{number}-"
        try:
            key = UUID(data.get(f"{prefix}key", ""))
        except ValueError:
            key = uuid4()
        values = {field.code: data.getlist(f"{prefix}v-{field.code}") for field in kind.fields}
        found.append(Typed(key, data.get(f"{prefix}parent", ""), values))
    return found


def blank(kind: Kind) -> list[Typed]:
    return [Typed(uuid4(), "", {field.code: [] for field in kind.fields}) for _ in range(ROWS)]


def save(place: Place, kind: Kind, rows: list[Typed]) -> tuple[int, list[tuple[Typed, dict[str, str]]]]:
    """How many were added, and the rows that were not with what is wrong by field ("" for the row)."""
    added, wrong = 0, []
    for row in rows:
        if row.is_blank:
            continue
        faults = faults_of(kind, row)
        if not faults:
            try:
                add_item(
                    seat=place.seat,
                    kind=kind.code,
                    key=row.key,
                    fields=row.values,
                    parent=parent(place, kind, row),
                )
                added += 1
                continue
            except (Refused, ValueFault) as refusal:
                faults = {"": str(refusal)}
        wrong.append((row, faults))
    return added, wrong


def faults_of(kind: Kind, row: Typed) -> dict[str, str]:
    """Of each field that does not depend on the lists of the démarche; the write itself checks those."""
    found = {}
    for spec in kind.fields:
        if spec.source or spec.type in ("member", "item", "items"):
            continue
        try:
            clean(spec, row.values[spec.code], [code for code, _ in spec.choices])
        except Fault as fault:
            found[spec.code] = str(fault)
    return found


def parent(place: Place, kind: Kind, row: Typed) -> Item | None:
    """Refused when the row says nothing of what it belongs to."""
    if not kind.of:
        return None
    try:
        return Item.objects.get(pk=UUID(row.parent), engagement=place.engagement, kind=kind.of, gone_at=None)
    except (ValueError, Item.DoesNotExist):
        raise Refused(f"Choisissez l’{KINDS[kind.of].singular}.") from None


def rows(sheet: Sheet, kind: Kind, typed: list[tuple[Typed, dict[str, str]]]) -> list[TypingRow]:
    """The rows of the page, those to correct first, then blank ones."""
    padded = [*typed, *((row, {}) for row in blank(kind)[len(typed) :])]
    return [row_of(sheet, kind, number, *one) for number, one in enumerate(padded)]


def row_of(sheet: Sheet, kind: Kind, number: int, typed: Typed, faults: dict[str, str]) -> TypingRow:
    nothing = Row(UUID(int=number), kind, None, {}, {}, 0, "")
    boxes: list[Any] = [
        sheet.box(
            nothing,
            field.code,
            typed=list(typed.values[field.code]),
            error=faults.get(field.code, ""),
            prefix=f"r{number}-",
        )
        for field in kind.fields
    ]
    above = sheet.rows(kind.of) if kind.of else []
    parents = [(str(one.id), one.title, str(one.id) == typed.parent) for one in above]
    return TypingRow(number, typed.key, boxes, parents, faults.get("", ""))
