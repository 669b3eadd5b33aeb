"""What a release says, flat or as grids, for everything that leaves the server as a file: made of protected tables only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.core.microtypography import NARROW, NO_BREAK
from apps.core.typography import count, date_long, number
from apps.dashboards.models import Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import BY_KEY, Kind, Rows

Protected = Mapping[str, Any]
Value = int | str

STATES = {"shown": "publié", "hidden": "masqué", "zero": "0", "missing": "pas de donnée"}
# What each mark means, for every legend.
LEGEND = (
    ("masqué", "Trop peu d’associations, ou une soustraction les ferait trouver. Ce n’est pas zéro."),
    ("0", "Aucune association."),
    ("pas de donnée", "Rien n’a été demandé ou donné là."),
)
# Values beside ``n``: their name in a table and in a file. A key that is not here goes nowhere.
VALUES = {
    "share": "part_%",
    "mean": "moyenne_sur_100",
    "low": "montant_de_euros",
    "high": "montant_à_euros",
    "band": "tranche",
    "q1": "quart_1",
    "q2": "milieu",
    "q3": "quart_3",
}
OF_KIND: dict[str, tuple[str, ...]] = {
    Kind.COUNT: ("share",),
    Kind.DISTRIBUTION: ("share",),
    Kind.MEANS: ("mean",),
    Kind.CHANGE: ("mean",),
    Kind.AMOUNTS: ("band", "low", "high"),
    Kind.QUARTILES: ("q1", "q2", "q3"),
}
# What the rows of a table are.
ROWS: dict[str, str] = {
    Rows.REGIONS: "Région",
    Rows.SIZES: "Taille",
    Rows.FRAGILITIES: "Fragilité",
    Rows.PROFILES: "Profil",
    Rows.AXES: "Axe",
    Rows.STATEMENTS: "Énoncé",
    Rows.ALERTS: "Alerte",
    Rows.INDICATORS: "Repère",
    Rows.RESOURCES: "Ressource",
    Rows.PARTNERSHIPS: "Partenariat",
    Rows.BALANCES: "Case du triangle",
    Rows.COURSE_STEPS: "Étape",
    Rows.METHOD_STEPS: "Étape",
    Rows.COHORTS: "Groupe",
    Rows.EVERYBODY: "Population",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """Which release: on every page and in every file of it. ``on``: the day it was published. ``headline``: may be ""."""

    slug: str
    title: str
    scope: str
    quarter: str
    version: int
    on: date
    counted: tuple[date, date]
    url: str
    is_demo: bool
    headline: str = ""

    @property
    def name(self) -> str:
        """« Publication nationale, 3e trimestre 2026, version 1 »."""
        return f"{self.title}, version {self.version}"


@dataclass(frozen=True, slots=True)
class Line:
    """One cell. ``n`` is None where it is hidden or missing; ``since``: « T2 2026 » when it repeats that release."""

    table: str
    title: str
    row_key: str
    row: str
    column_key: str
    column: str
    state: str
    n: int | None
    values: Mapping[str, Value]
    since: str

    @property
    def word(self) -> str:
        return STATES[self.state]


MOST_WHOLE = 8  # rows


@dataclass(frozen=True, slots=True)
class GridCell:
    """``text`` says it all; ``note``: on how many associations, or since when."""

    state: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is printed. ``head``: what its rows are; ``total``: None where nothing adds up."""

    key: str
    title: str
    says: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]
    hidden: int
    cells: int
    total: int | None

    @property
    def css(self) -> str:
        """« whole »: short enough to wait for the next page rather than be cut by it."""
        width = "narrow" if len(self.columns) == 1 else "wide"
        return f"{width} whole" if len(self.rows) <= MOST_WHOLE else width

    @property
    def is_hidden(self) -> bool:
        """Nothing of it is shown."""
        return self.hidden == self.cells


def heading(release: Release) -> Heading:
    """No query when ``programme`` is loaded."""
    quarter = release.quarter
    scope = f"Programme «{NARROW}{release.programme.name}{NARROW}»" if release.programme else "France entière"
    title = scope if release.programme else "Publication nationale"
    moment = release.published_at or release.built_at or release.requested_at
    return Heading(
        slug=release.slug,
        title=f"{title}, {quarter.name}",
        scope=scope,
        quarter=quarter.name,
        version=release.version,
        on=timezone.localdate(moment),
        counted=(quarter.counted_from, quarter.last_day),
        url=f"{settings.SITE_URL}{reverse('dashboards:release', args=[release.slug])}",
        is_demo=release.is_demo,
        headline=release.headline,
    )


def quote(said: Heading) -> str:
    """How to quote it, on one line; the caller sets its typography."""
    return f"{settings.SITE_NAME}, {said.name}, publiée le {date_long(said.on)}, {said.url}"


def protected(release: Release) -> list[Protected]:
    """Its tables in their order; no query when they are prefetched."""
    return [table.protected for table in release.tables.all()]


def digest(said: Heading, tables: Iterable[Protected], *more: object) -> str:
    """SHA-256 of what the release shows, and of nothing else: names and versions of files come from it."""
    state = [asdict(said), list(tables), *more]
    return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()


# --- flat -----------------------------------------------------------------------------------------------------------------
def lines(table: Protected) -> Iterator[Line]:
    """Row by row, in the order of the page."""
    for row in table["rows"]:
        for column in table["columns"]:
            yield line(table, row, column, row["cells"][column["key"]])


def line(table: Protected, row: Protected, column: Protected, cell: Protected) -> Line:
    shown = cell["state"] == "shown"
    names = OF_KIND[table["kind"]]
    return Line(
        table=table["key"],
        title=table["title"],
        row_key=row["key"],
        row=row["label"],
        column_key=column["key"],
        column=row.get("labels", {}).get(column["key"], column["label"]),
        state=cell["state"],
        n=cell["n"] if shown else 0 if cell["state"] == "zero" else None,
        values={name: cell[name] for name in names if name in cell} if shown else {},
        since=short(cell.get("since", "")),
    )


def short(slug: str) -> str:
    """« 2026-t2 » gives « T2 2026 »; what is no quarter gives nothing."""
    year, _, rank = slug.partition("-t")
    return Quarter(int(year), int(rank)).short if year.isdecimal() and rank.isdecimal() else ""


# --- as it is printed -----------------------------------------------------------------------------------------------------
def grid(table: Protected) -> Grid:
    """Where columns have a name of their own in each row, it is said in the cell."""
    found = list(lines(table))
    width = len(table["columns"])
    named = any("labels" in row for row in table["rows"])
    rows = tuple(
        (row["label"], tuple(grid_cell(table["kind"], one, named) for one in found[at : at + width]))
        for at, row in zip(range(0, len(found), width), table["rows"], strict=True)
    )
    return Grid(
        key=table["key"],
        title=table["title"],
        says=table["says"],
        head=ROWS[BY_KEY[table["key"]].rows] if table["key"] in BY_KEY else "Ligne",
        columns=tuple(column["label"] for column in table["columns"]),
        rows=rows,
        hidden=sum(one.state == "hidden" for one in found),
        cells=len(found),
        total=table["total"]["n"] if table.get("total") and width == 1 else None,
    )


def grid_cell(kind: str, one: Line, named: bool) -> GridCell:
    said = f"{one.column}{NO_BREAK}: " if named else ""
    if one.state != "shown":
        return GridCell(one.state, f"{said}{one.word}")
    since = f"valeur du {one.since}" if one.since else ""
    text, note = words(kind, one)
    return GridCell(one.state, f"{said}{text}", ", ".join(part for part in (note, since) if part))


def words(kind: str, one: Line) -> tuple[str, str]:
    """(the value, on how many associations or "") of a cell that is shown."""
    values, n = one.values, one.n or 0
    if kind in (Kind.MEANS, Kind.CHANGE):
        return number(int(values["mean"])), f"sur {number(n)}"
    if kind == Kind.QUARTILES:
        return " – ".join(number(int(values[name])) for name in ("q1", "q2", "q3")), f"sur {number(n)}"
    if kind == Kind.AMOUNTS:
        return str(values["band"]), f"sur {count(n, 'association', 'associations')}"
    share = f"{number(int(values['share']))}{NARROW}%" if "share" in values else ""
    return number(n), share
