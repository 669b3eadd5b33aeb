"""What a workbook shows, read by its labels, beside what the platform finds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.simulator.outcome import Projection
from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.workbook import words

ERRORS = ("#", "Err:")


def cents(value: Any) -> int | None:
    """An amount shown in euros; None for an empty text. Never off by a thousandth of a cent."""
    if value is None or value == "":
        return None
    exact = Decimal(repr(float(value))) * 100
    whole = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert abs(exact - whole) < Decimal("0.001"), value
    return int(whole)


def rows(sheet: Worksheet, label: int) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(label, what follows it on the row)."""
    for row in sheet.iter_rows(values_only=True):
        if row[label - 1] not in (None, ""):
            yield plain(row[label - 1]), row[label:]


def plain(value: Any) -> str:
    """French spaces apart: what the label is, not how it is set."""
    return str(value).replace("\u00a0", " ").replace("\u202f", " ")


def yearly(book: Workbook, mark: str, count: int) -> dict[str, list[Any]]:
    """Lines of « Années », by label: their years, without the base."""
    sheet = book[f"Années {mark}".strip()]
    return {label: list(cells[1 : count + 1]) for label, cells in rows(sheet, 1)}


def monthly(book: Workbook, mark: str, months: int) -> dict[str, list[Any]]:
    sheet = book[f"Trésorerie {mark}".strip()]
    return {label: list(cells[1 : months + 1]) for label, cells in rows(sheet, 2)}


def terms(book: Workbook, mark: str, count: int) -> list[dict[str, list[Any]]]:
    """One for each alliance, in their order."""
    found: list[dict[str, list[Any]]] = []
    for label, cells in rows(book[f"Alliances {mark}".strip()], 1):
        if label == "Coûts évités":
            found.append({})
        if found:
            found[-1][label] = list(cells[:count])
    return found


def differences(book: Workbook, mark: str, found: Projection) -> list[str]:
    """Every figure of the platform that the workbook shows otherwise."""
    return [
        f"{what} : {shown} au lieu de {figure}"
        for what, shown, figure in compared(book, mark, found)
        if shown != figure
    ]


def compared(book: Workbook, mark: str, found: Projection) -> Iterator[tuple[str, Any, Any]]:
    count = len(found.years)
    years, months = yearly(book, mark, count), monthly(book, mark, 12 * count)
    for what, figures in amounts(found).items():
        yield what, [cents(value) for value in years[what]], list(figures)
    for what, ratios in fractions(found).items():
        yield (
            what,
            [near(value, ratio) for value, ratio in zip(years[what], ratios, strict=True)],
            list(ratios),
        )
    for what, figures in single(found).items():
        yield what, cents(years[what][0]), figures
    assert isinstance(found.lowest[0], int)
    yield "mois le plus bas", years["Numéro du mois où elle est la plus basse"][0], found.lowest[0]
    yield "équilibre", years["Première année d’équilibre durable"][0], found.break_even_year or "aucune"
    for what, figures in (
        ("Trésorerie à la fin du mois", found.treasury),
        ("Total des encaissements", found.receipts),
        ("Total des décaissements", found.payments),
    ):
        yield what, [cents(value) for value in months[what]], list(figures)
    yield from of_alliances(book, mark, found)


def amounts(found: Projection) -> dict[str, Any]:
    named = {words.nature(code): found.resources[code] for code in RESOURCES}
    named |= {words.nature(code): found.costs[code] for code in COSTS}
    return named | {
        "Total des ressources": found.total_resources,
        "Total des charges": found.total_costs,
        "Résultat": found.results,
        "Fonds propres en fin d’année": found.equity,
        "Trésorerie en fin d’année": found.treasury[11::12],
        "Ventes qui équilibrent l’année": found.break_even_sales,
        "Heures de bénévolat": tuple(int(hours * 100) for hours in found.volunteer_hours),
        "Valeur du bénévolat": found.volunteer_value,
        "Dons et prêts en nature": found.in_kind,
        "Apports non monétaires des alliances": found.given,
        "Coûts évités": found.avoided,
        "Ressources mobilisées par les alliances": found.levered,
        "Richesses humaines": tuple(one.human for one in found.pillars),
        "Ressources financières": tuple(one.financial for one in found.pillars),
        "Alliances stratégiques": tuple(one.alliances for one in found.pillars),
    }


def fractions(found: Projection) -> dict[str, tuple[Fraction | None, ...]]:
    names = (
        "Part des richesses humaines",
        "Part des ressources financières",
        "Part des alliances stratégiques",
    )
    shares = {name: tuple(one.shares[place] for one in found.pillars) for place, name in enumerate(names)}
    return {"Mois de trésorerie": found.months_of_cash, **shares}


def single(found: Projection) -> dict[str, int]:
    return {
        "Trésorerie la plus basse": found.lowest[1],
        "Ce qu’on nous doit encore": found.receivables_end,
        "Ce que nous devons encore, emprunts exclus": found.payables_end,
        "L’argent se conserve : écart, qui doit être nul": 0,
    }


def of_alliances(book: Workbook, mark: str, found: Projection) -> Iterator[tuple[str, Any, Any]]:
    shown = terms(book, mark, len(found.years))
    yield "alliances", len(shown), len(found.alliances)
    for mine, theirs in zip(shown, found.alliances, strict=False):
        for label, figures in {
            "Coûts évités": theirs.avoided,
            "Apports non monétaires": theirs.given,
            "Ressources mobilisées": theirs.levered,
            "Ingénierie de l’alliance, à déduire": theirs.engineering,
            "Valeur de l’alliance": theirs.values,
        }.items():
            yield f"{theirs.title} : {label}", [cents(value) for value in mine[label]], list(figures)
        for label, ratios in {
            "Valeur rapportée aux charges de l’année": theirs.shares,
            "Euros mobilisés par euro d’ingénierie": theirs.per_euro,
        }.items():
            read = [near(value, ratio) for value, ratio in zip(mine[label], ratios, strict=True)]
            yield f"{theirs.title} : {label}", read, list(ratios)


def near(value: Any, ratio: Fraction | None) -> Any:
    """The ratio itself when the workbook shows it to ten digits, what it shows otherwise."""
    if ratio is None:
        return None if value in (None, "") else value
    is_number = isinstance(value, int | float)
    return ratio if is_number and abs(value - float(ratio)) <= 1e-10 * max(1, abs(float(ratio))) else value


def errors(book: Workbook) -> list[str]:
    """Cells that show an error instead of a figure."""
    return [
        f"{sheet.title}!{cell.coordinate} : {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(ERRORS)
    ]


def gaps(book: Workbook, mark: str) -> list[float]:
    """The column « Écart » of « Contrôle »."""
    sheet = book[f"Contrôle {mark}".strip()]
    return [row[4] for row in sheet.iter_rows(min_row=7, values_only=True)]
