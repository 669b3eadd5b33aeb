"""Each part of the picture, ready for the template: figures, tables and sentences (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from apps.core.figures.bars import share_text
from apps.core.figures.palette import PILLARS
from apps.core.figures.svg import Markup, Svg
from apps.core.typography import euros, nbsp, number, plural
from apps.diagnostic.scoring.finances import ANNUAL_HOURS
from apps.ledger.picture import pillars, sayings, stack, steps
from apps.ledger.picture.families import COSTS, RESOURCES, Family, amounts_of
from apps.ledger.picture.in_kind import Valued
from apps.ledger.picture.pillars import ATTRIBUTIONS, Attribution
from apps.ledger.picture.stack import Column
from apps.ledger.years import LedgerYear


@dataclass(frozen=True, slots=True)
class Cell:
    amount: str
    share: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    swatch: Markup | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """``notes``: what the figure does not draw, and what is still to do."""

    title: str
    text: str
    figure: Svg
    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pillar:
    key: str
    name: str
    amount: str
    lines: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    figure: Svg


Given = Mapping[int, Mapping[str, Decimal]]  # civil year → what is given in kind, by nature
Side = tuple[str, tuple[Family, ...], Callable[[LedgerYear], Decimal]]
RESOURCE_SIDE: Side = ("Ressources", RESOURCES, lambda year: year.unmapped_resources)
COST_SIDE: Side = ("Charges", COSTS, lambda year: year.unmapped_costs)


def columns_of(years: Sequence[LedgerYear], side: Side, given: Given) -> tuple[list[Family], list[Column]]:
    """Families that hold something in a year, and their amounts."""
    _, families, unplaced = side
    amounts = [amounts_of(year, unplaced(year), given.get(year.year, {})) for year in years]
    kept = [
        one for one in families if any(any(n in found and found[n] for n in one.natures) for found in amounts)
    ]
    return kept, [
        Column(str(year.year), tuple(one.amount(year, found) for one in kept))
        for year, found in zip(years, amounts, strict=True)
    ]


def mix(side: Side, title: str, text: str, families: Sequence[Family], columns: Sequence[Column]) -> Mix:
    what = side[0]
    rows = tuple(
        Row(one.name, one.swatch.decorative(), tuple(_cell(column, rank) for column in columns))
        for rank, one in enumerate(families)
    )
    totals = tuple(Cell(_euros(column.total), is_missing=column.total is None) for column in columns)
    return Mix(
        title,
        text,
        stack.draw(what, families, columns),
        f"{what} par famille, arrondies à l’euro",
        (what, *(column.label for column in columns)),
        rows,
        Row("Total", None, totals),
        tuple(_notes(families, columns)),
    )


def _cell(column: Column, rank: int) -> Cell:
    amount, share = column.amounts[rank], column.share(rank)
    return Cell(_euros(amount), share_text(share) if share else "", amount is None)


def _euros(amount: Decimal | None) -> str:
    return stack.UNKNOWN if amount is None else euros(amount)


def _notes(families: Sequence[Family], columns: Sequence[Column]) -> list[str]:
    below = [
        f"{one.name.lower()} en {column.label} ({euros(amount)})"
        for rank, one in enumerate(families)
        for column in columns
        if (amount := column.amounts[rank]) is not None and amount < 0
    ]
    return [nbsp(f"Sous zéro, donc sans part et sans barre : {', '.join(below)}.")] if below else []


def pillars_of(years: Sequence[LedgerYear], given: Given) -> tuple[Pillar, ...]:
    """``given`` is always counted here: without the gifts, two pillars out of three would be blind."""
    known = [_both(year, given.get(year.year, {})) for year in years]
    totals = {axis.key: [pillars.total(axis.key, amounts) for amounts in known] for axis in PILLARS}
    highest = max((one for row in totals.values() for one in row if one is not None), default=Decimal(0))
    labels = [str(year.year) for year in years]
    return tuple(
        Pillar(
            axis.key,
            axis.name,
            _euros(totals[axis.key][-1]),
            tuple((one.name, euros(amount)) for one, amount in pillars.lines(axis.key, known[-1])),
            tuple(nbsp(said) for said in BESIDE[axis.key](years[-1])),
            steps.draw(axis, list(zip(labels, totals[axis.key], strict=True)), highest),
        )
        for axis in PILLARS
    )


def pillars_said(year: LedgerYear, valued: Valued) -> str:
    amounts = _both(year, valued.amounts)
    money, alliances = (pillars.total(key, amounts) for key in (pillars.FINANCIAL, pillars.ALLIANCES))
    return sayings.pillars(money, alliances, valued.volunteering)


def _both(year: LedgerYear, given: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Resources with costs: no nature is on both sides but what has none, that counts as a resource here."""
    return amounts_of(year, year.unmapped_resources, given)


def _people(year: LedgerYear) -> list[str]:
    said = []
    if (fte := year.employees_fte) is not None:
        said.append(f"{number(fte, 1)} {plural(fte, 'salarié', 'salariés')}, en temps plein")
    if (hours := year.volunteer_hours) is not None:
        work = Fraction(hours) * 12 / year.months / ANNUAL_HOURS
        said.append(
            f"{number(hours, 0)} heures de bénévolat, soit {number(work, 1)} temps plein (÷ {ANNUAL_HOURS})"
        )
    return said


def _reserves(year: LedgerYear) -> list[str]:
    pairs = (
        ("Trésorerie", year.treasury),
        ("Fonds propres", year.equity),
        ("Fonds dédiés", year.dedicated_funds),
    )
    return [f"{name} : {euros(amount)}" for name, amount in pairs if amount is not None]


def _promises(year: LedgerYear) -> list[str]:
    if year.multi_year is None:
        return []
    return [f"Promis sur plusieurs années, tous financeurs confondus : {euros(year.multi_year)}"]


BESIDE: dict[str, Callable[[LedgerYear], list[str]]] = {
    "human": _people,
    "financial": _reserves,
    "alliances": _promises,
}


@dataclass(frozen=True, slots=True)
class Reason:
    name: str
    pillar: str
    key: str
    why: str


def reasons() -> tuple[Reason, ...]:
    names = {axis.key: axis.name for axis in PILLARS}
    return tuple(_reason(one, names) for one in ATTRIBUTIONS)


def _reason(one: Attribution, names: Mapping[str, str]) -> Reason:
    return Reason(one.name, names.get(one.pillar, "Aucun"), one.pillar, nbsp(one.reason))


def given_rows(valued: Sequence[Valued]) -> tuple[tuple[str, str, str, str], ...]:
    """(year, hours, volunteering, partners) in words."""
    return tuple(
        (
            str(one.year.year),
            "non donné" if one.year.volunteer_hours is None else number(one.year.volunteer_hours, 0),
            "non valorisé" if one.volunteering is None else euros(one.volunteering),
            euros(sum(one.partners.values(), Decimal(0))) if one.partners else "non donné",
        )
        for one in valued
    )
