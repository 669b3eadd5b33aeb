"""A form of one item, sent whole by a page without script: only what this person changed is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from apps.methodology.access import Place
from apps.methodology.bench.boxes import Clash
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.bench.words import said
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Change, Field, Item
from apps.methodology.services.fields import ValueFault, Write, save_field
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldSpec, FieldType
from apps.methodology.tools.values import clean

TYPED = (FieldType.LINE, FieldType.TEXT, FieldType.NUMBER, FieldType.EUROS, FieldType.DATE)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A field that was not saved, and what was typed in it."""

    code: str
    typed: list[str]
    error: str = ""
    conflict: Conflict | None = None


def raw_list(value: Any) -> list[str]:
    """A stored value as its inputs hold it."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["oui"] if value else []
    return [] if value in ("", None) else [str(value)]


def save_form(*, place: Place, item: Item, row: Row, sheet: Sheet, data: QueryDict) -> list[Trouble]:
    """Each field on its own: one that is refused does not keep the others from being saved."""
    troubles = []
    for code in data.getlist("c"):
        if code not in row.kind.by_code:
            continue
        typed = data.getlist(f"v-{code}")
        base = version_in(data.get(f"b-{code}"))
        shown = row.get(code, None) if row.versions.get(code, 0) == base else older(item, code, base)
        if untouched(row.kind.field(code), typed, shown, sheet):
            continue
        try:
            save_field(seat=place.seat, item=item, write=Write(code, typed, base))
        except Conflict as conflict:
            troubles.append(Trouble(code, typed, conflict=conflict))
        except (ValueFault, Refused) as fault:
            troubles.append(Trouble(code, typed, error=str(fault)))
    return troubles


def typed_since(item: Item, data: QueryDict) -> list[tuple[str, str]]:
    """(label, text) of what a form holds and its item, taken away meanwhile, does not. 1 query."""
    kept = dict(Field.objects.filter(item=item).values_list("code", "value"))
    by_code = KINDS[item.kind].by_code
    codes = [code for code in data.getlist("c") if code in by_code and by_code[code].type in TYPED]
    texts = [(code, data.get(f"v-{code}", "").replace("\r\n", "\n").strip()) for code in codes]
    return [
        (by_code[code].label, text) for code, text in texts if text and [text] != raw_list(kept.get(code))
    ]


def version_in(text: str | None) -> int:
    """0 for anything that no page writes: also « ² », and numbers that no version reaches."""
    return int(text) if text and is_version(text) else 0


def is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def older(item: Item, code: str, version: int) -> Any:
    """What the page showed, when somebody wrote since."""
    change = Change.objects.filter(item=item, code=code, version=version).order_by("number").first()
    return change.after if change else None


def untouched(spec: FieldSpec, typed: list[str], shown: Any, sheet: Sheet) -> bool:
    """Whether the form holds what the page showed: then a newer text of somebody else is no conflict."""
    allowed = list(sheet.words(spec))
    try:
        return clean(spec, typed, allowed) == clean(spec, raw_list(shown), allowed)
    except ValueFault:
        return False


def clash_of(spec: FieldSpec, conflict: Conflict, sheet: Sheet) -> Clash:
    words = said(spec, conflict.theirs, sheet.words(spec))
    return Clash(conflict.by, words, raw_list(conflict.theirs), conflict.version)
