"""The data of a démarche as JSON files (pure): what another platform, or anybody, can read. ``schema.py`` reads them back.

Items are named « activity-3 »; people by their names alone; values are those of ``tools.values``.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from apps.methodology.choices import OF_ITEMS
from apps.methodology.dossier.contents import (
    MEETING_COLUMNS,
    Card,
    Contents,
    Filled,
    PutNote,
    Record,
    StepPart,
    Thing,
)
from apps.methodology.tools.specs import FieldType

FORMAT = "trajectoires-demarche"
# Raise it when a key is added, removed or changes its sense: an older platform then refuses the file and says so.
VERSION = 2
# Version 1 had no « notes »; ``schema.Heading`` says which ones are read.
FOLDER = "donnees/"
Data = dict[str, Any]


def files(contents: Contents, *, at: datetime, platform: str) -> dict[str, Data]:
    """Name in the archive → its object."""
    steps = contents.steps
    found = {
        "demarche": heading(contents, at, platform),
        "etapes": {"steps": [step(one) for one in steps]},
        "elements": {"items": items(contents)},
        "decisions": {"decisions": decisions(contents)},
        "commentaires": {"comments": [remark for one in steps for remark in remarks(one)]},
        "notes": {"notes": [note(one) for one in reversed(contents.notes)]},
        "ateliers": {"workshops": [workshop(one.number, record) for one in steps for record in one.records]},
    }
    return {f"{FOLDER}{name}.json": data for name, data in found.items()}


def dumped(data: Data) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def heading(contents: Contents, at: datetime, platform: str) -> Data:
    said = contents.heading
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": at.isoformat(),
        "platform": platform,
        "association": said.association,
        "title": said.title,
        "edition": said.edition,
        "opened_at": said.opened_at.isoformat(),
        "closed_at": said.closed_at.isoformat() if said.closed_at else None,
        "history": said.history,
        "team": [
            {"name": mate.name, "role": mate.role, "role_said": mate.role_word} for mate in contents.team
        ],
    }


def step(one: StepPart) -> Data:
    return {
        "number": one.number,
        "title": one.title,
        "stage": one.stage,
        "stage_said": one.stage_word,
        "why_skipped": one.why_skipped,
        "changed_at": one.changed_at.isoformat() if one.changed_at else None,
        "validations": [
            {
                "verdict": said.verdict,
                "name": said.name,
                "recorded_by": said.recorded_by,
                "reason": said.reason,
                "decided_on": said.decided_on.isoformat(),
                "at": said.at.isoformat(),
            }
            for said in one.verdicts
        ],
    }


def items(contents: Contents) -> list[Data]:
    keys = {thing.id: thing.key for thing in contents.things()}
    return [item(thing, keys) for thing in contents.things()]


def item(thing: Thing, keys: dict[str, str]) -> Data:
    return {
        "key": thing.key,
        "kind": thing.kind.code,
        "kind_said": thing.kind.singular,
        "parent": thing.parent.key if thing.parent else None,
        "title": thing.title,
        "fields": [
            {
                "code": field.spec.code,
                "label": field.spec.label,
                "value": value(field, keys),
                "said": field.words,
            }
            for field in thing.fields
        ],
    }


def value(field: Filled, keys: dict[str, str]) -> Any:
    """A person is a name; another item is its key in these files."""
    if field.spec.type == FieldType.MEMBER:
        return field.words
    if field.spec.type in OF_ITEMS:
        return [keys[one] for one in field.value] if isinstance(field.value, list) else keys[field.value]
    return field.value


def as_read(field: Filled) -> Any:
    """The value for the team’s own programs: other items by their identifiers."""
    return field.words if field.spec.type == FieldType.MEMBER else field.value


def flat(contents: Contents, name: str) -> list[Data]:
    """The « decisions », « remarks » or « records » of every step, each with its ``step``."""
    found = []
    for part in contents.steps:
        for one in getattr(part, name):
            row = {field: getattr(one, field) for field in one.__dataclass_fields__}
            replaced = row.get("replaces")
            found.append(
                {
                    **row,
                    "step": part.number,
                    "replaces": int(replaced.removeprefix("decision-")) if replaced else None,
                }
            )
    return found


def decisions(contents: Contents) -> list[Data]:
    found = [
        {
            "key": one.key,
            "step": part.number,
            "what": one.what,
            "why": one.why,
            "decided_by": one.decided_by,
            "decided_on": one.decided_on.isoformat(),
            "written_at": one.written_at.isoformat(),
            "item": one.about.key if one.about else None,
            "replaces": one.replaces or None,
        }
        for part in contents.steps
        for one in part.decisions
    ]
    return sorted(found, key=lambda one: int(str(one["key"]).removeprefix("decision-")))


def remarks(part: StepPart) -> list[Data]:
    return [
        {
            "step": part.number,
            "item": one.about.key if one.about else None,
            "author": one.author,
            "text": one.text,
            "at": one.at.isoformat(),
            "is_settled": one.is_settled,
        }
        for one in part.remarks
    ]


def note(one: PutNote) -> Data:
    """``came_at``: from another archive, when; whoever reads this one has no more proof than its text."""
    return {
        "number": one.number,
        "put_at": one.put_at.isoformat(),
        "put_by": one.put_by,
        "came_at": one.came_at.isoformat() if one.came_at else None,
        "lines": [{"label": label, "text": text} for label, text in one.lines],
        "meetings": [meeting(cells) for cells in one.meetings],
        "signatures": [
            {"name": signed.name, "quality": signed.quality, "at": signed.at.isoformat()}
            for signed in one.signatures
        ],
    }


def frozen(one: PutNote) -> Data:
    """The same for the team’s own programs: moments as such."""
    return {**note(one), "put_at": one.put_at, "came_at": one.came_at, "signatures": one.signatures}


def meeting(cells: tuple[str, ...]) -> Data:
    return {code: words for (code, _), words in zip(MEETING_COLUMNS, cells, strict=True)}


def workshop(number: int, record: Record) -> Data:
    return {
        "step": number,
        "title": record.title,
        "question": record.question,
        "held_on": record.held_on.isoformat(),
        "stage": record.stage,
        "shows_names": record.shows_names,
        "present": record.present,
        "dots": record.dots,
        "record": record.text,
        "piles": [
            {
                "title": pile.title,
                "votes": pile.votes,
                "is_kept": pile.is_kept,
                "note": pile.note,
                "cards": [card(one) for one in pile.cards],
            }
            for pile in record.piles
        ],
        "loose": [card(one) for one in record.loose],
    }


def card(one: Card) -> Data:
    return {"text": one.text, "pillar": one.pillar or None, "author": one.author}
