"""« Contrôle »: the figures of the platform beside those of the formulas, and their difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Ref, Span, call, when
from apps.simulator.workbook.grid import Content, Sheet
from apps.simulator.workbook.sheets.alliances import TERMS, AllianceRefs
from apps.simulator.workbook.sheets.cash import CashRefs
from apps.simulator.workbook.sheets.months import at
from apps.simulator.workbook.sheets.start import euros
from apps.simulator.workbook.sheets.years import NEVER, YearsRefs

if TYPE_CHECKING:
    from apps.simulator.outcome import Projection

WHAT, WHEN, OURS, THEIRS, GAP = range(1, 6)
HEAD_ROW, TOTAL_ROW = 6, 4
RATIOS = (
    ("shares", "valeur rapportée aux charges", "percent"),
    ("per_euro", "euros mobilisés par euro d’ingénierie", "ratio"),
)
WHOLE = "Tout l’horizon"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """``formula``: the cell of the workbook; ``figure``: what the platform found, None for « nothing »."""

    what: str
    when: str | int
    formula: Ref
    figure: Content
    style: str


def control_sheet(
    name: str, projection: Projection, years: YearsRefs, cash: CashRefs, alliances: list[AllianceRefs]
) -> tuple[Sheet, Ref]:
    """The second is the sum of all the differences: nought when everything agrees."""
    sheet = Sheet(
        name,
        widths={WHAT: 62.0, WHEN: 20.0, OURS: 20.0, THEIRS: 20.0, GAP: 16.0},
        frozen=(HEAD_ROW + 1, WHAT),
        heads=(HEAD_ROW, HEAD_ROW),
        is_landscape=False,
    )
    sheet.put(1, WHAT, "Le contrôle", "title")
    about = "À l’ouverture, les deux calculs se rejoignent au centime. Dès que vous changez une case jaune, l’écart montre ce qu’elle déplace."
    sheet.put(2, WHAT, about, "subtitle")
    sheet.line(HEAD_ROW, WHAT, ["Quoi", "Quand", "Ce classeur", "La plateforme", "Écart"], "head")
    row = HEAD_ROW
    for check in checks(projection, years, cash, alliances):
        row += 1
        sheet.put(row, WHAT, check.what, "line")
        sheet.put(row, WHEN, check.when, "whole" if isinstance(check.when, int) else "line")
        ours = sheet.put(row, OURS, check.formula, check.style)
        theirs = sheet.put(row, THEIRS, "" if check.figure is None else check.figure, check.style)
        sheet.put(row, GAP, gap(ours, theirs, check), "number")
    gaps = Span(sheet.ref(HEAD_ROW + 1, GAP), sheet.ref(row, GAP))
    sheet.put(TOTAL_ROW, WHAT, "Somme de tous les écarts : 0 veut dire que tout concorde", "strong")
    total = sheet.put(TOTAL_ROW, GAP, call("SUM", gaps), "number")
    verdict = when(
        total.is_("=", 0), "Tout concorde, au centime.", "Des cases ont changé depuis la plateforme."
    )
    sheet.put(TOTAL_ROW, OURS, verdict, "good")
    return sheet, total


def gap(ours: Ref, theirs: Ref, check: Check) -> Formula:
    """To the cent; to the sixth decimal for a share or a ratio. A figure on one side only counts for one."""
    places = 6 if check.style in ("percent", "ratio") else 2
    if check.figure is None or isinstance(check.figure, str):
        return when(ours.is_("=", theirs), 0, 1)
    difference = call("ABS", call("ROUND", ours - theirs, places))
    lost = call("OR", ours.is_("=", ""), ours.is_("=", NEVER))
    return when(lost, 1, difference)


def checks(
    found: Projection, years: YearsRefs, cash: CashRefs, alliances: list[AllianceRefs]
) -> Iterator[Check]:
    yield from of_natures(found, years)
    yield from of_years(found, years)
    yield from of_horizon(found, years)
    for one in alliances:
        yield from of_alliance(found, one)
    for m, amount in enumerate(found.treasury, 1):
        month = f"{MONTHS[(m - 1) % 12]} {found.years[(m - 1) // 12]}"
        yield Check("Trésorerie à la fin du mois", month, at(cash.treasury, m), euros(amount), "euros")


def of_natures(found: Projection, years: YearsRefs) -> Iterator[Check]:
    for codes, amounts in ((RESOURCES, found.resources), (COSTS, found.costs)):
        for code in codes:
            yield from yearly(words.nature(code), years.rows[code], found, amounts[code])


def of_years(found: Projection, years: YearsRefs) -> Iterator[Check]:
    lines = {
        "total_resources": ("Total des ressources", found.total_resources),
        "total_costs": ("Total des charges", found.total_costs),
        "results": ("Résultat", found.results),
        "equity": ("Fonds propres", found.equity),
        "volunteer_value": ("Valeur du bénévolat", found.volunteer_value),
        "in_kind": ("Dons et prêts en nature", found.in_kind),
        "given": ("Apports non monétaires des alliances", found.given),
        "avoided": ("Coûts évités", found.avoided),
        "levered": ("Ressources mobilisées par les alliances", found.levered),
        "human": ("Richesses humaines", tuple(one.human for one in found.pillars)),
        "financial": ("Ressources financières", tuple(one.financial for one in found.pillars)),
        "alliances": ("Alliances stratégiques", tuple(one.alliances for one in found.pillars)),
        "break_even_sales": ("Ventes qui équilibrent l’année", found.break_even_sales),
    }
    for code, (what, amounts) in lines.items():
        yield from yearly(what, years.rows[code], found, amounts)
    for t, (year, ratio, hours) in enumerate(
        zip(found.years, found.months_of_cash, found.volunteer_hours, strict=True), 1
    ):
        yield Check("Mois de trésorerie", year, years.year("months_of_cash", t), decimal(ratio), "ratio")
        yield Check("Heures de bénévolat", year, years.year("volunteer_hours", t), hours, "number")
    names = (
        ("human", "Part des richesses humaines"),
        ("financial", "Part des ressources financières"),
        ("alliances", "Part des alliances stratégiques"),
    )
    for place, (code, what) in enumerate(names):
        for t, (year, pillars) in enumerate(zip(found.years, found.pillars, strict=True), 1):
            yield Check(what, year, years.year(f"share_{code}", t), decimal(pillars.shares[place]), "percent")


def of_horizon(found: Projection, years: YearsRefs) -> Iterator[Check]:
    month, lowest = found.lowest
    year = NEVER if found.break_even_year is None else found.break_even_year
    single = years.single
    yield Check("Trésorerie la plus basse", WHOLE, single["lowest"], euros(lowest), "euros")
    yield Check("Numéro du mois le plus bas", WHOLE, single["lowest_month"], month, "whole")
    yield Check("Première année d’équilibre durable", WHOLE, single["break_even_year"], year, "whole")
    yield Check(
        "Ce qu’on nous doit encore", WHOLE, single["receivables_end"], euros(found.receivables_end), "euros"
    )
    yield Check(
        "Ce que nous devons encore", WHOLE, single["payables_end"], euros(found.payables_end), "euros"
    )
    yield Check("L’argent se conserve : écart", WHOLE, single["law"], 0, "euros")


def of_alliance(found: Projection, refs: AllianceRefs) -> Iterator[Check]:
    mine = next(one for one in found.alliances if one.key == refs.key)
    for code, title in (*TERMS, ("values", "Valeur")):
        what = f"{refs.title} : {title.lower()}"
        yield from yearly(what, refs.rows[code], found, getattr(mine, code))
    for code, title, style in RATIOS:
        for t, (year, ratio) in enumerate(zip(found.years, getattr(mine, code), strict=True), 1):
            yield Check(f"{refs.title} : {title}", year, at(refs.rows[code], t), decimal(ratio), style)


def yearly(
    what: str, row: Span, found: Projection, amounts: tuple[int | None, ...] | tuple[int, ...]
) -> Iterator[Check]:
    for t, (year, amount) in enumerate(zip(found.years, amounts, strict=True), 1):
        yield Check(what, year, at(row, t), None if amount is None else euros(amount), "euros")


def decimal(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
