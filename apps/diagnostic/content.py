"""Loads the published instrument (``fixtures/content/instrument``) and its levers."""

import json
from datetime import date
from typing import Any

from apps.core.content import read_yaml
from apps.diagnostic.instrument import digest, parse
from apps.diagnostic.models import Instrument, Lever

CURRENT = "mse-1"


def load() -> str:
    """Idempotent. ValueError when a published instrument was changed or a lever names no statement."""
    instrument = load_instrument(CURRENT)
    levers = load_levers(instrument)
    return f"instrument {instrument.code}, {levers} leviers"


def load_instrument(code: str) -> Instrument:
    """The row of this version; a published version never changes (ValueError)."""
    content = read_yaml("instrument", f"{code}.yaml")
    published = Instrument.objects.filter(code=code).first()
    if published is None:
        return publish(content)
    if published.sha256 != digest(content):
        raise ValueError(
            f"{code}.yaml a changé depuis sa publication : une version publiée est figée. "
            f"Remettez le fichier d’origine et publiez la correction sous un nouveau code, {following(code)}."
        )
    return published


def publish(content: dict[str, Any]) -> Instrument:
    parse(content)  # a malformed questionnaire must not be frozen
    return Instrument.objects.create(
        code=content["code"],
        title=content["title"],
        content=json.loads(json.dumps(content, default=str)),  # YAML gives dates, JSON has none
        sha256=digest(content),
        published_on=content.get("published_on") or date.today(),
    )


def following(code: str) -> str:
    """« mse-1 » → « mse-2 »."""
    name, _, number = code.rpartition("-")
    return f"{name}-{int(number) + 1}"


def load_levers(instrument: Instrument) -> int:
    """How many levers are published; those that left the file are removed."""
    rows = read_yaml("levers.yaml")["levers"]
    codes = set(parse(instrument.content).codes)
    if unknown := sorted({row["statement"] for row in rows} - codes):
        raise ValueError(f"levers.yaml : énoncés inconnus de {instrument.code} : {', '.join(unknown)}.")
    Lever.objects.exclude(statement__in=[row["statement"] for row in rows]).delete()
    for row in rows:
        Lever.objects.update_or_create(statement=row["statement"], defaults=lever_fields(row))
    return len(rows)


def lever_fields(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "text": row["text"],
        "course_step_id": f"etape-{row['course_step']}",
        "method_step_id": f"methode-{row['method_step']}",
        "webinar_id": f"webinaire-{row['webinar']}",
        "webinar_why": row["webinar_why"],
    }
