"""A table cell by cell: the exact one, the published one, and why they differ. For operators only: never kept, never sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.core.microtypography import nbsp
from apps.core.typography import euros, number
from apps.dashboards.building.queries import sql_of
from apps.dashboards.disclosure.cells import Exact
from apps.dashboards.enums import Suppressed
from apps.dashboards.models import Release
from apps.dashboards.operation import selectors
from apps.dashboards.releases import numbers
from apps.dashboards.tables import BY_KEY

# In which order, and how, an exact value is told.
SAID = (
    ("mean", "moyenne"), ("q1", "q1"), ("q2", "q2"), ("q3", "q3"),
    ("total", "somme"), ("largest", "la plus grosse"), ("second", "la deuxième"),
)  # fmt: skip
EUROS = ("total", "largest", "second")
GONE = "une publication effacée"


@dataclass(frozen=True, slots=True)
class Pair:
    column: str
    exact: str
    moved: str
    published: str
    note: str
    reason: str
    differs: bool


@dataclass(frozen=True, slots=True)
class RowPairs:
    label: str
    pairs: tuple[Pair, ...]


def compare_page(release: Release, key: str) -> dict[str, Any]:
    """Four queries. Http404 for a table that the release does not have."""
    both = selectors.both_or_404(release, key)
    exact = {place: Exact.from_json(cell) for place, cell in both.exact["cells"].items()}
    names = selectors.names({pk for cell in exact.values() for pk in cell.moved})
    pairs = list(rows_of(both, exact, names))
    return {
        "release": release,
        "title": nbsp(both.title),
        "says": nbsp(both.protected["says"]),
        "rows": pairs,
        "hidden": both.protected["hidden"],
        "unseen": unseen(both, exact),
        "sql": sql_of(BY_KEY[key]) if key in BY_KEY else "",
    }


def rows_of(both: selectors.Both, exact: Mapping[str, Exact], names: Mapping[str, str]) -> Iterator[RowPairs]:
    """In the order of the published table."""
    kind = both.protected["kind"]
    lines = list(numbers.lines(both.protected))
    width = max(len(both.protected["columns"]), 1)
    for start in range(0, len(lines), width):
        cells = lines[start : start + width]
        yield RowPairs(nbsp(cells[0].row), tuple(_pair(kind, line, both, exact, names) for line in cells))


def unseen(both: selectors.Both, exact: Mapping[str, Exact]) -> list[tuple[str, str]]:
    """Exact cells that the published table has no place for: there should be none."""
    placed = {f"{line.row_key}/{line.column_key}" for line in numbers.lines(both.protected)}
    return [(place, exact_words(cell)) for place, cell in exact.items() if place not in placed]


def _pair(
    kind: str,
    line: numbers.Line,
    both: selectors.Both,
    exact: Mapping[str, Exact],
    names: Mapping[str, str],
) -> Pair:
    place = f"{line.row_key}/{line.column_key}"
    cell, shown = exact.get(place), numbers.grid_cell(kind, line, named=False)
    reason = both.reasons.get(place) or both.reasons.get(f"{line.row_key}/", "")
    return Pair(
        column=nbsp(line.column),
        exact=exact_words(cell) if cell else "–",
        moved=moved_words(cell, names) if cell else "",
        published=nbsp(shown.text),
        note=nbsp(shown.note),
        reason=nbsp(Suppressed(reason).label) if reason else "",
        differs=bool(reason),
    )


def exact_words(cell: Exact) -> str:
    """« n 14, dont 2 au rapport donné ; moyenne 47,25 »."""
    held = f", dont {number(cell.held)} au rapport donné" if cell.held else ""
    values = [f"{name} {_value(key, cell.values[key])}" for key, name in SAID if key in cell.values]
    return nbsp(" ; ".join([f"n {number(cell.n)}{held}", *values]))


def _value(key: str, value: Fraction) -> str:
    return euros(value) if key in EUROS else number(value, 2)


def moved_words(cell: Exact, names: Mapping[str, str]) -> str:
    """« Ont bougé : 3 depuis T2 2026 (France) », for each earlier release where some did."""
    told = [f"{number(moved)} depuis {names.get(pk, GONE)}" for pk, moved in cell.moved.items() if moved]
    return nbsp(f"Ont bougé : {' ; '.join(told)}") if told else ""
