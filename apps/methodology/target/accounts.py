"""Step 3, three years of accounts side by side: the columns, the lines to type, the totals, the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.core.figures import mix
from apps.core.figures.bars import share_text
from apps.core.figures.svg import Svg
from apps.core.typography import count, euros, join_list, nbsp
from apps.methodology.bench.boxes import Box
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.target.sheets import REMOVED, scope_of, scopes
from apps.methodology.target.sums import COST_CODES, RESOURCE_CODES, Year, checks, doubles
from apps.methodology.tools.photograph import COSTS, IN_KIND, RESOURCES

SHOWN = 3  # the latest years of a scope
NOTHING = "–"
BLOCKS = (
    ("resources", "Ressources", RESOURCES),
    ("costs", "Charges", COSTS),
    ("in_kind", "Ce qui n’est pas en argent", tuple((code, label) for code, label, _ in IN_KIND)),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A year of the table; ``rank``: 0 to 2, for the phone that shows one."""

    row: Row
    label: str
    url: str
    rank: int


@dataclass(frozen=True, slots=True)
class Cell:
    box: Box
    column: Column


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    unit: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Block:
    """``totals``: one text a column, empty for what is not summed."""

    code: str
    title: str
    lines: list[Line]
    total: str
    totals: list[tuple[int, str]]  # (rank of the column, amount)


def year_of(row: Row) -> int | None:
    typed = str(row.get("year"))
    return int(Decimal(typed)) if typed else None


def as_year(row: Row) -> Year:
    """0 for a year that nobody named."""
    codes = (*RESOURCE_CODES, *COST_CODES)
    amounts = {code: Decimal(row.get(code)) for code in codes if row.get(code) not in ("", None)}
    return Year(year_of(row) or 0, scope_of(row), amounts)


def rows_of(sheet: Sheet, scope: str) -> list[Row]:
    """The years of this scope, oldest first; a year without its number first of all."""
    rows = [row for row in sheet.rows("year") if scope_of(row) == scope]
    return sorted(rows, key=lambda row: year_of(row) or 0)


def columns(sheet: Sheet, scope: str) -> tuple[list[Column], list[Column]]:
    """The three latest, and the earlier ones."""
    rows = rows_of(sheet, scope)
    made = [
        Column(row, row.title, reverse("method:item", args=[sheet.engagement.pk, row.id]), rank)
        for rank, row in enumerate(rows[-SHOWN:])
    ]
    earlier = [
        Column(row, row.title, reverse("method:item", args=[sheet.engagement.pk, row.id]), 0)
        for row in rows[:-SHOWN]
    ]
    return made, earlier


def blocks(sheet: Sheet, shown: Sequence[Column], kept: Mapping[tuple[UUID, str], Box]) -> list[Block]:
    """``kept``: the boxes of what was just refused, in the place of those read."""
    years = [(column.rank, as_year(column.row)) for column in shown]
    return [
        Block(
            code,
            title,
            [_line(sheet, shown, kept, field) for field, _ in fields],
            f"Total : {title.lower()}" if code != "in_kind" else "",
            [(rank, amount(year.total(code))) for rank, year in years] if code != "in_kind" else [],
        )
        for code, title, fields in BLOCKS
    ]


def _line(sheet: Sheet, shown: Sequence[Column], kept: Mapping[tuple[UUID, str], Box], code: str) -> Line:
    cells = [Cell(kept.get((c.row.id, code)) or sheet.box(c.row, code), c) for c in shown]
    spec = shown[0].row.kind.field(code)
    return Line(spec.label, spec.unit, cells)


def results(shown: Sequence[Column]) -> list[tuple[int, str]]:
    return [(column.rank, amount(as_year(column.row).result)) for column in shown]


def amount(value: Decimal | None) -> str:
    return NOTHING if value is None else euros(value)


# --- what there is to see ---------------------------------------------------------------------------------------------
def picture(years: Sequence[Year]) -> Svg | None:
    """The mix of resources of the last three that have any."""
    typed = [year for year in years if year.total("resources") is not None][-SHOWN:]
    if not typed:
        return None
    kept = [{code: a for code, a in year.amounts.items() if code in RESOURCE_CODES} for year in typed]
    return mix.draw(tuple(mix.Year(_name(year), amounts) for year, amounts in zip(typed, kept, strict=True)))


def _name(year: Year) -> str:
    return str(year.year) if year.year else "Sans année"


def sentences(years: Sequence[Year]) -> list[str]:
    """Of one scope, oldest first; the first one says what to see."""
    if not years:
        return ["Aucun exercice n’est encore ouvert."]
    latest = years[-1]
    said = [_result(latest), _origin(latest), *_blanks(years)]
    twice = doubles(year for year in years if year.year)
    if twice:
        said.append(f"{join_list(twice)} : deux exercices portent la même année, gardez-en un.")
    if any(not year.year for year in years):
        said.append("Un exercice n’a pas son année : ouvrez-le pour la donner.")
    return [nbsp(sentence) for sentence in said if sentence]


def _result(year: Year) -> str:
    if year.result is None:
        return f"{_name(year)} : le résultat se calcule quand ressources et charges ont leurs montants."
    if not year.result:
        return f"{_name(year)} est à l’équilibre."
    word = "excédent" if year.result > 0 else "déficit"
    return f"{_name(year)} montre un {word} de {euros(abs(year.result))}."


def _origin(year: Year) -> str:
    """Where most of the money comes from."""
    amounts = {code: value for code, value in year.amounts.items() if code in RESOURCE_CODES}
    shares = mix.Year("", amounts).shares()
    if not any(shares):
        return ""
    most = max(range(len(shares)), key=lambda rank: shares[rank])
    return (
        f"La première famille de ressources : {mix.FAMILIES[most].name.lower()}, {share_text(shares[most])}."
    )


def _blanks(years: Sequence[Year]) -> list[str]:
    """An empty line is not zero: it is not counted, and this is said."""
    lacking = [(year, year.blanks()) for year in years[-SHOWN:] if year.amounts]
    parts = [f"{count(blank, 'ligne', 'lignes')} en {_name(year)}" for year, blank in lacking if blank]
    return [f"Sans montant : {join_list(parts)} ; elles ne comptent pas dans les totaux."] if parts else []


# --- the whole and every activity, for the page of the tool -------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Scope:
    """``latest``: (year, resources, costs, result) of its last year, as texts."""

    key: str
    title: str
    url: str
    years: list[str]
    latest: tuple[str, str, str, str]


def overview(sheet: Sheet) -> dict[str, Any]:
    """Every scope with its last year, the checks, and the picture of the whole."""
    known = scopes(sheet)
    years = [as_year(row) for row in sheet.rows("year")]
    whole = [as_year(row) for row in rows_of(sheet, "")]
    removed = sum(scope_of(row) not in known for row in sheet.rows("year"))
    return {
        "scopes": [_scope(sheet, key, title) for key, title in known.items()],
        "title": sentences(whole)[0],
        "more": [*sentences(whole)[1:], *map(nbsp, checks([y for y in years if y.year], list(known)[1:]))],
        "svg": picture(whole),
        "removed": removed,
        "removed_title": REMOVED,
    }


def _scope(sheet: Sheet, key: str, title: str) -> Scope:
    rows = rows_of(sheet, key)
    return Scope(key, title, address(sheet, key), [row.title for row in rows], _latest(rows))


def _latest(rows: Sequence[Row]) -> tuple[str, str, str, str]:
    if not rows:
        return (NOTHING, NOTHING, NOTHING, NOTHING)
    year = as_year(rows[-1])
    return (_name(year), amount(year.total("resources")), amount(year.total("costs")), amount(year.result))


def address(sheet: Sheet, scope: str) -> str:
    if not scope:
        return reverse("method:accounts", args=[sheet.engagement.pk])
    return reverse("method:accounts_of", args=[sheet.engagement.pk, scope])
