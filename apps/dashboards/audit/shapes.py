"""A5, A6, A14, A16: what a release must not contain, whatever its numbers (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from apps.dashboards.audit.findings import Findings
from apps.dashboards.audit.seen import Case, Json, Place, Seen
from apps.dashboards.audit.words import cell_name, table_name, title
from apps.dashboards.tables import AXES, BY_KEY, FILTERS, Kind, Rows

TABLE_KEYS = {"key", "title", "says", "kind", "columns", "rows", "total", "hidden"}
ROW_KEYS, OPTIONAL_ROW_KEYS = {"key", "label", "cells"}, {"labels"}
VALUES: dict[Kind, frozenset[str]] = {
    Kind.COUNT: frozenset({"share"}),
    Kind.DISTRIBUTION: frozenset({"share"}),
    Kind.MEANS: frozenset({"mean"}),
    Kind.CHANGE: frozenset({"mean"}),
    Kind.AMOUNTS: frozenset({"low", "high", "band"}),
    Kind.QUARTILES: frozenset({"q1", "q2", "q3"}),
}
OPTIONAL = {"share", "band"}
BY_STATE: dict[str, set[str]] = {"hidden": {"state"}, "zero": {"state", "n"}, "missing": {"state"}}
# A row that gathers the rest of a dimension, or that leaves one out: the complement of a cell, ready made.
REST = re.compile(
    r"^(autres?|other|reste|rest|divers|non-renseigne)$|^(sauf|hors|not|non|exclu)[-_!:]|[!+,|]", re.I
)
REST_LABEL = re.compile(r"^(toutes sauf|tous sauf|hors|les autres|autres régions|autres tailles)\b", re.I)
FIXED_ROWS: dict[Rows, frozenset[str]] = {
    Rows.EVERYBODY: frozenset({"tout"}),
    Rows.AXES: frozenset(axis.key for axis in AXES),
}
DIMENSIONS = (Rows.REGIONS, Rows.SIZES, Rows.FRAGILITIES, Rows.PROFILES, Rows.COHORTS)


def exclusions(case: Case) -> Findings:
    """A5: a table, a column or a row that is not of the published list."""
    out = Findings("A5", title("A5"))
    for key, table in case.subject.tables.items():
        out.tried()
        about, name = BY_KEY.get(key), table_name(case.subject, key)
        if about is None:
            out.found(f"{name} : ce tableau n’est pas dans la liste publiée.")
            continue
        if [column["key"] for column in table["columns"]] != [column.key for column in about.columns]:
            out.found(f"{name} : ses colonnes ne sont pas celles de la liste publiée.")
        fixed = FIXED_ROWS.get(about.rows)
        for row in table["rows"]:
            out.tried()
            if (fixed and row["key"] not in fixed) or _gathers(about.rows, row):
                out.found(f"{name}, ligne {row['label']} : exclut une valeur ou en réunit plusieurs.")
    return out


def _gathers(rows: Rows, row: Json) -> bool:
    if rows not in DIMENSIONS:
        return False
    return bool(REST.search(row["key"]) or REST_LABEL.search(row["label"]))


def territories(case: Case) -> Findings:
    """A6: one family of territories, the same names everywhere, and only in the tables made for it."""
    out = Findings("A6", title("A6"))
    known: dict[str, str] = {}
    for seen in (case.subject, *case.others):
        for key, row in _territory_rows(seen):
            out.tried()
            if known.setdefault(row["key"], row["label"]) != row["label"]:
                out.found(
                    f"{table_name(seen, key)}, ligne {row['label']} : un même code y est un autre territoire."
                )
    for key, table in case.subject.tables.items():
        about = BY_KEY.get(key)
        names = {row["label"] for row in table["rows"]}
        if (about is None or about.rows is not Rows.REGIONS) and names & set(known.values()):
            out.found(f"{table_name(case.subject, key)} : un territoire y est croisé avec autre chose.")
    families = {frozenset(row["key"] for row in t["rows"]) for t in _territory_tables(case.subject)}
    out.tried(len(families))
    if len(families) > 1:
        out.found("Les tableaux par territoire n’ont pas tous les mêmes lignes.")
    return out


def _territory_tables(seen: Seen) -> list[Json]:
    return [t for key, t in seen.tables.items() if (about := BY_KEY.get(key)) and about.rows is Rows.REGIONS]


def _territory_rows(seen: Seen) -> Iterator[tuple[str, Json]]:
    for table in _territory_tables(seen):
        yield from ((table["key"], row) for row in table["rows"])


def side_channels(case: Case) -> Findings:
    """A14: keys outside the contract, numbers finer than published, an order or a total made from exact numbers."""
    out = Findings("A14", title("A14"))
    for key, table in case.subject.tables.items():
        name = table_name(case.subject, key)
        out.tried(3)
        if extra := table.keys() - TABLE_KEYS:
            out.found(f"{name} : champs en trop ({', '.join(sorted(extra))}).")
        if not _order_is_public(case, key, table):
            out.found(f"{name} : l’ordre des lignes vient de nombres que personne ne doit connaître.")
        if not _sums_are_public(table):
            out.found(f"{name} : le total ou le nombre de cases masquées ne vient pas des cases montrées.")
        for row in table["rows"]:
            if extra := row.keys() - ROW_KEYS - OPTIONAL_ROW_KEYS:
                out.found(f"{name}, ligne {row['label']} : champs en trop ({', '.join(sorted(extra))}).")
            for column, cell in row["cells"].items():
                out.tried()
                if wrong := _wrong(case, key, cell):
                    out.found(f"{cell_name(case.subject, Place(key, row['key'], column))} : {wrong}.")
        _shares(case, out, key, table)
    return out


def _wrong(case: Case, key: str, cell: Json) -> str:
    """What this cell has that it should not, "" when nothing."""
    about = BY_KEY.get(key)
    state = cell.get("state")
    if state != "shown":
        allowed = BY_STATE.get(str(state))
        return "" if allowed is not None and cell.keys() == allowed else "une case masquée y dit autre chose"
    values = VALUES[about.kind] if about else frozenset()
    keys = cell.keys() - {"state", "n", "since"}
    if keys - values or (values - OPTIONAL) - keys:
        return "ses champs ne sont pas ceux du contrat"
    if cell["n"] % case.subject.precision.rounding:
        return "son nombre n’est pas arrondi"
    numbers = [cell[k] for k in keys if k != "band"]
    if any(not isinstance(n, int) or n < 0 for n in numbers):
        return "ses valeurs ne sont pas des nombres entiers"
    if any(cell[k] % 5 for k in keys & {"q1", "q2", "q3"}):
        return "ses quarts ne sont pas arrondis à cinq points"
    return (
        ""
        if cell.get("since") in (None, *(seen.quarter for seen in case.own))
        else "sa date n’est pas celle d’une publication"
    )


def _order_is_public(case: Case, key: str, table: Json) -> bool:
    """The order of the list, or that of the printed numbers; ties in the order of the list."""
    truth = case.truths.get(case.subject.key)
    order = list(truth.rows.get(key, ())) if truth else []
    shown = [row["key"] for row in table["rows"]]
    listed = [row for row in order if row in shown]
    if not order or shown == listed:
        return True
    numbers = _first_numbers(table)
    return shown == sorted(listed, key=lambda row: -numbers[row])


def _first_numbers(table: Json) -> Mapping[str, int]:
    first = table["columns"][0]["key"]
    return {row["key"]: row["cells"].get(first, {}).get("n", 0) for row in table["rows"]}


def _sums_are_public(table: Json) -> bool:
    cells = [cell for row in table["rows"] for cell in row["cells"].values()]
    if table.get("hidden") != sum(cell["state"] == "hidden" for cell in cells):
        return False
    total = table.get("total")
    return total is None or total == {"n": sum(cell.get("n", 0) for cell in cells)}


def _shares(case: Case, out: Findings, key: str, table: Json) -> None:
    """Each share must be that of printed numbers: of its row, its column, or all who are counted."""
    whole = case.subject.shown(Place("participation", "tout", "n"))
    for row in table["rows"]:
        for column, cell in row["cells"].items():
            if "share" not in cell:
                continue
            out.tried()
            bases = [_sum(row["cells"].values()), _sum([r["cells"][column] for r in table["rows"]])]
            bases += [whole.n] if whole else []
            if not any(_is_share(cell, base) for base in bases):
                name = cell_name(case.subject, Place(key, row["key"], column))
                out.found(f"{name} : sa part ne vient pas des nombres montrés.")


def _sum(cells: Sequence[Json] | Iterator[Json]) -> int:
    return sum(cell.get("n", 0) for cell in cells)


def _is_share(cell: Json, base: int) -> bool:
    return bool(base) and abs(min(100 * base, 100 * cell["n"]) - cell["share"] * base) * 2 <= base


def deep_links(case: Case) -> Findings:
    """A16: a value that can be asked alone has a row of the published list, and nothing when it is hidden."""
    out = Findings("A16", title("A16"))
    for key in FILTERS.values():
        table = case.subject.tables.get(key)
        truth = case.truths.get(case.subject.key)
        listed = set(truth.rows.get(key, ())) if truth else set()
        for row in table["rows"] if table else []:
            out.tried()
            if listed and row["key"] not in listed:
                out.found(
                    f"{table_name(case.subject, key)}, ligne {row['label']} : hors de la liste publiée."
                )
    return out
