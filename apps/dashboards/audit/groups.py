"""How the groups of a release hold each other: same group told twice, parts of a whole, one inside another (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.dashboards.audit.seen import Place, Seen
from apps.dashboards.tables import AXES, BY_KEY, Kind

EVERYBODY = "tout"
AXIS_KEYS = tuple(axis.key for axis in AXES)
# The tables that count the same groups, row by row.
COUNTED_TWICE = {
    "participation-region": "axes-region",
    "participation-taille": "axes-taille",
    "participation-fragilite": "axes-fragilite",
    "profils": "axes-profil",
}
# An alert and a band of the same measure; thresholds of ``scoring.alerts`` and of ``tables.INDICATOR_BANDS``.
ALERT_BANDS = {
    "cash_critical": Place("finances", "months_of_cash", "b1"),
    "cash_tight": Place("finances", "months_of_cash", "b2"),
    "negative_equity": Place("finances", "months_of_equity", "b1"),
}
WITH_EMPLOYEES, WITHOUT = "salaries-oui", "salaries-non"


@dataclass(frozen=True, slots=True)
class Partition:
    """``parts`` share out the population of ``whole``, perhaps not all of it. ``is_mean``: both tell a mean."""

    name: str
    whole: Place
    parts: tuple[Place, ...]
    is_mean: bool


def partitions(seen: Seen) -> Iterator[Partition]:
    for key in seen.tables:
        about = BY_KEY.get(key)
        if about is None:
            continue
        rows = [row["key"] for row in seen.tables[key]["rows"]]
        if about.splits:
            yield from _of_columns(key, rows, [c.key for c in about.columns], about.kind)
        elif key == "distribution-axes":
            for axis in rows:
                bands = tuple(Place(key, axis, column.key) for column in about.columns)
                yield Partition(key, Place("axes", EVERYBODY, axis), bands, is_mean=False)
        elif key == "reperes":
            yield from _of_cohorts(rows)


def _of_columns(key: str, rows: list[str], columns: list[str], kind: Kind) -> Iterator[Partition]:
    for column in columns:
        parts = tuple(Place(key, row, column) for row in rows)
        if kind is Kind.MEANS:
            whole = Place("axes", EVERYBODY, column)
            yield Partition(key, whole, parts, is_mean=True)
            yield Partition(key, whole, parts, is_mean=False)
        else:
            yield Partition(key, Place("participation", EVERYBODY, "n"), parts, is_mean=False)


def _of_cohorts(rows: list[str]) -> Iterator[Partition]:
    sizes = [row for row in rows if row not in (EVERYBODY, WITH_EMPLOYEES, WITHOUT)]
    employers = {
        WITH_EMPLOYEES: [size for size in sizes if size.startswith("salaries")],
        WITHOUT: [size for size in sizes if size.startswith("sans")],
    }
    for axis in AXIS_KEYS:
        for row, classes in employers.items():
            parts = tuple(Place("participation-taille", size, "n") for size in classes)
            yield Partition("participation-taille", Place("reperes", row, axis), parts, is_mean=False)
        for family in ([WITH_EMPLOYEES, WITHOUT], sizes):
            parts = tuple(Place("reperes", row, axis) for row in family)
            yield Partition("reperes", Place("axes", EVERYBODY, axis), parts, is_mean=False)


def aliases(place: Place) -> list[Place]:
    """Other cells that count the same group, if everybody of it answered."""
    found: list[Place] = []
    for counted, averaged in COUNTED_TWICE.items():
        if place.table == counted:
            found += [Place(averaged, place.row, axis) for axis in AXIS_KEYS]
        elif place.table == averaged:
            found.append(Place(counted, place.row, "n"))
            found += [Place(averaged, place.row, axis) for axis in AXIS_KEYS if axis != place.column]
    if place.table in ("participation-taille", "axes-taille"):
        found += [Place("reperes", place.row, axis) for axis in AXIS_KEYS]
    if place.table == "reperes":
        found += [
            Place("participation-taille", place.row, "n"),
            Place("axes-taille", place.row, place.column),
        ]
    if place.table == "alertes" and place.row in ALERT_BANDS:
        found.append(ALERT_BANDS[place.row])
    found += [Place("alertes", alert, "n") for alert, band in ALERT_BANDS.items() if band == place]
    return found


def nested_means(seen: Seen) -> Iterator[tuple[Place, Place]]:
    """(the whole, a group inside it), both with a mean on the same axis."""
    for axis in AXIS_KEYS:
        whole = Place("axes", EVERYBODY, axis)
        for table in ("axes-region", "axes-taille", "axes-fragilite", "axes-profil"):
            for place in seen.places(table):
                if place.column == axis:
                    yield whole, place
        if Place("evolution", axis, "now") in seen.cells:
            yield whole, Place("evolution", axis, "now")


def nested_counts(seen: Seen) -> Iterator[tuple[Place, Place]]:
    """(the whole, a group inside it): all that is counted is among those who take part."""
    whole = Place("participation", EVERYBODY, "n")
    for place in seen.cells:
        about = BY_KEY.get(place.table)
        if about is None or place == whole or about.kind is Kind.AMOUNTS:
            continue
        yield whole, place
    for table in (
        "axes-region",
        "axes-taille",
        "axes-fragilite",
        "axes-profil",
        "distribution-axes",
        "regards",
    ):
        for place in seen.places(table):
            axis = place.row if table in ("distribution-axes", "regards") else place.column
            yield Place("axes", EVERYBODY, axis), place
