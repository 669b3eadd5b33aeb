"""What a reader may ask to see alone: one visible value of one dimension. Anything else is a missing page, the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, QueryDict

from apps.dashboards.figures.protected import Row, Table
from apps.dashboards.tables import FILTERS

NAMES = {"region": "Région", "taille": "Taille", "fragilite": "Fragilité", "profil": "Profil"}
# The one field of the form: « region:53 », brought back to ?region=53.
FIELD = "pour"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    dimension: str
    table: Table
    row: Row

    @property
    def value(self) -> str:
        return f"{self.dimension}:{self.row.key}"


def chosen(query: QueryDict, tables: Mapping[str, Table]) -> Chosen | None:
    """None when nothing is asked. Http404 for two values, a hidden one, an unknown one, or any other parameter."""
    asked = [(name, value) for name, values in query.lists() for value in values]
    if not asked:
        return None
    if len(asked) > 1:
        raise Http404
    return _visible(*asked[0], tables)


def address_of(query: QueryDict, tables: Mapping[str, Table]) -> str | None:
    """Where the form leads: « ?region=53 », or nothing for the whole; None when the form was not sent."""
    if set(query) != {FIELD} or len(query.getlist(FIELD)) > 1:
        return None
    if not query[FIELD]:
        return ""
    dimension, _, value = str(query[FIELD]).partition(":")
    _visible(dimension, value, tables)
    return f"?{dimension}={value}"


def _visible(dimension: str, value: str, tables: Mapping[str, Table]) -> Chosen:
    table = tables.get(FILTERS.get(dimension, ""))
    row = table.row(value) if table else None
    if table is None or row is None or not row.is_visible:
        raise Http404
    return Chosen(dimension, table, row)


def choices(tables: Mapping[str, Table], now: Chosen | None) -> list[tuple[str, list[Choice]]]:
    """By dimension, the values that may be asked, in the order of the list."""
    found = []
    for dimension, key in FILTERS.items():
        rows = [row for row in tables[key].rows if row.is_visible] if key in tables else []
        if rows:
            values = [f"{dimension}:{row.key}" for row in rows]
            found.append(
                (
                    NAMES[dimension],
                    [
                        Choice(value, row.label, now is not None and now.value == value)
                        for value, row in zip(values, rows, strict=True)
                    ],
                )
            )
    return found
