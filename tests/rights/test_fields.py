"""Each field of the API × each role: declared, and really there, for those who read it and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from apps.api import schema as published
from apps.methodology.enums import StepStage, Verdict
from apps.methodology.models import Engagement
from tests.rights.ground import Ground, ground
from tests.rights.rows_fields import FIELD_ROWS
from tests.rights.table import LIBRARIES

# Not an object of the API: a list's envelope, and what a refusal says.
ENVELOPES = ("Paginated", "Error")
EMPTY: tuple[Any, ...] = (None, "", [], {})


def declared() -> dict[str, frozenset[str]]:
    """« Component.field » → who reads it."""
    rows: dict[str, frozenset[str]] = {}
    for readers, components in FIELD_ROWS.items():
        for component, names in components.items():
            for name in names.split():
                assert f"{component}.{name}" not in rows, f"{component}.{name} has two rows"
                rows[f"{component}.{name}"] = readers
    return rows


ROWS = declared()
Schemas = dict[str, dict[str, Any]]


def components() -> Schemas:
    found: Schemas = published.document()["components"]["schemas"]
    return found


def test_every_field_has_a_row() -> None:
    fields = {
        f"{name}.{one}"
        for name, component in components().items()
        if not name.startswith(ENVELOPES)
        for one in component.get("properties", ())
    }
    assert fields - set(ROWS) == set(), "say who reads each new field"
    assert set(ROWS) - fields == set(), "rows of fields that no longer exist"


@dataclass
class Met:
    """« Component.field » → roles: to whom the key came, and to whom with something in it."""

    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    filled: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    undeclared: set[str] = field(default_factory=set)


def walk(schemas: Schemas, shape: dict[str, Any], value: Any) -> Iterator[tuple[str, str, Any]]:
    """(component, field, value) of everything in an answer; a key that the schema ignores comes too."""
    if value is None:
        return
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1]
        known = schemas[name].get("properties", {})
        for key, inside in value.items() if isinstance(value, dict) and known else ():
            yield name, key, inside
            yield from walk(schemas, known.get(key, {}), inside)
    for part in (*shape.get("allOf", ()), *shape.get("oneOf", ())):
        yield from walk(schemas, part, value)
    if isinstance(value, list):
        for one in value:
            yield from walk(schemas, shape.get("items", {}), one)
    extra = shape.get("additionalProperties")
    for inside in value.values() if isinstance(value, dict) and isinstance(extra, dict) else ():
        yield from walk(schemas, extra, inside)


def read(at: Ground) -> Met:
    """Every address of the API in JSON, asked by every role."""
    met, schemas = Met(), components()
    shapes = {
        path: operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for path, operation in published.document()["paths"].items()
        if "application/json" in operation["get"]["responses"]["200"].get("content", {})
    }
    for name, (_, arguments, _) in sorted(LIBRARIES.items()):
        if not name.startswith("api:"):
            continue
        url = at.url(name, arguments)
        shape = next((shape for path, shape in shapes.items() if matches(path, url)), None)
        for role in at.roles if shape else ():
            answer = at.ask(role, "get", url, headers={"Accept": "application/json"})
            if answer.status == 200:
                note(met, schemas, role, walk(schemas, shape or {}, answer.json()))
    return met


def matches(path: str, url: str) -> bool:
    asked, shown = path.split("/"), url.split("/")
    return len(asked) == len(shown) and all(
        a == b or a.startswith("{") for a, b in zip(asked, shown, strict=True)
    )


def note(met: Met, schemas: Schemas, role: str, found: Iterator[tuple[str, str, Any]]) -> None:
    for component, key, value in found:
        name = f"{component}.{key}"
        if key not in schemas[component]["properties"]:
            met.undeclared.add(name)
        met.keys[name].add(role)
        if value not in EMPTY:
            met.filled[name].add(role)


@pytest.fixture(name="met")
def make_met(db: None) -> Met:
    at = ground()
    engagement = Engagement.objects.get(pk=at.known["engagement"])
    engagement.steps.create(step=4, stage=StepStage.SKIPPED, why_skipped="Faite ailleurs")
    engagement.validations.create(
        step=1, verdict=Verdict.VALIDATED, name="Le bureau", recorded_by="Ana", reason="Prête"
    )
    engagement.decisions.create(
        step=1, what="Partir", why="Il le faut", decided_by="Le bureau", decided_on="2026-03-02"
    )
    return read(at)


def narrow() -> set[str]:
    """Fields kept from somebody who reads others of the same object."""
    widest: dict[str, frozenset[str]] = {}
    for name, readers in ROWS.items():
        component = name.partition(".")[0]
        widest[component] = max(widest.get(component, readers), readers, key=len)
    return {name for name, readers in ROWS.items() if readers != widest[name.partition(".")[0]]}


def test_nobody_reads_a_field_that_is_not_hers(met: Met) -> None:
    assert met.undeclared == set(), "keys that the schema does not tell"
    leaks = {name: met.filled[name] - readers for name, readers in ROWS.items()}
    lost = {name: readers - met.keys[name] for name, readers in ROWS.items() if met.keys[name]}
    assert {name: sorted(roles) for name, roles in leaks.items() if roles} == {}, (
        "read by those who should not"
    )
    assert {name: sorted(roles) for name, roles in lost.items() if roles} == {}, "kept from those who read it"
    assert {name for name in narrow() if not met.filled[name]} == set(), "no leak of these would be seen"
