"""« Alliances »: the four terms of each alliance's value, year by year (docs/simulateur.md § 3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from apps.simulator.workbook.formula import Formula, Span, added, call, cents, when
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.effects import EffectsRefs, years_of
from apps.simulator.workbook.sheets.hypotheses import HypothesisRefs
from apps.simulator.workbook.sheets.months import at
from apps.simulator.workbook.sheets.start import BaseRefs
from apps.simulator.workbook.sheets.years import YearsRefs

LABEL, FIRST_YEAR = 1, 2
HEAD_ROW = 4
TERMS = (
    ("avoided", "Coûts évités"),
    ("given", "Apports non monétaires"),
    ("levered", "Ressources mobilisées"),
    ("engineering", "Ingénierie de l’alliance, à déduire"),
)


@dataclass(slots=True)
class AllianceRefs:
    """``rows``: a term, ``values``, ``shares`` or ``per_euro`` → its years."""

    key: str
    title: str
    rows: dict[str, Span] = field(default_factory=dict)


def alliances_sheet(
    name: str,
    hypotheses: list[HypothesisRefs],
    base: BaseRefs,
    effects: EffectsRefs,
    years: YearsRefs,
    count: int,
) -> tuple[Sheet, list[AllianceRefs]]:
    widths = {LABEL: 58.0} | {FIRST_YEAR + i: 16.5 for i in range(count + 1)}
    sheet = Sheet(name, widths=widths, frozen=(HEAD_ROW + 1, FIRST_YEAR), heads=(HEAD_ROW, HEAD_ROW))
    sheet.put(1, LABEL, "La valeur des alliances", "title")
    sheet.put(
        2, LABEL, "Coûts évités + apports non monétaires + ressources mobilisées − ingénierie.", "subtitle"
    )
    sheet.put(HEAD_ROW, LABEL, "Année", "head")
    sheet.line(HEAD_ROW, FIRST_YEAR, years_of(base, count), "head_year")
    sheet.put(HEAD_ROW, FIRST_YEAR + count, "Total", "head")
    found = [one for one in hypotheses if one.hypothesis.sort == "alliance"]
    refs: list[AllianceRefs] = []
    row = HEAD_ROW + 1
    for one in found:
        refs.append(AllianceRefs(one.hypothesis.key, one.hypothesis.title))
        row = block(sheet, row, one, refs[-1], effects, years, count)
    if not found:
        sheet.put(row, LABEL, "Ce scénario n’a pas d’alliance nouvelle.", "note")
    return sheet, refs


def block(
    sheet: Sheet,
    row: int,
    one: HypothesisRefs,
    refs: AllianceRefs,
    effects: EffectsRefs,
    years: YearsRefs,
    count: int,
) -> int:
    """The row after the block."""
    sheet.line(row, LABEL, [one.hypothesis.title, *[""] * (count + 1)], "section")
    mine = effects.by(one)
    sources = {
        "avoided": [e for e in mine if e.code == "avoided"],
        "given": [e for e in mine if e.code == "given"],
        "levered": [e for e in mine if e.side == "resource"],
        # The lighter cost of an alliance is its first line: outside services may be both lightened and engineering.
        "engineering": [e for e in mine if e.side == "cost"][1:],
    }
    for code, title in TERMS:
        row += 1
        cells: list[Formula] = [added(*(e.years[t] for e in sources[code])) for t in range(count)]
        line(sheet, row, title, refs, code, cells, "euros")
        sheet.put(row, FIRST_YEAR + count, call("SUM", refs.rows[code]), "euros")
    row += 1
    values: list[Formula] = [
        cents(added(*(at(refs.rows[code], t) for code, _ in TERMS[:3])) - at(refs.rows["engineering"], t))
        for t in range(1, count + 1)
    ]
    line(sheet, row, "Valeur de l’alliance", refs, "values", values, "euros_total")
    sheet.put(row, FIRST_YEAR + count, cents(call("SUM", refs.rows["values"])), "euros_total")
    ratios(sheet, row, refs, years, count)
    return row + 4


def ratios(sheet: Sheet, row: int, refs: AllianceRefs, years: YearsRefs, count: int) -> None:
    shares: list[Formula] = []
    per_euro: list[Formula] = []
    for t in range(1, count + 1):
        costs, engineering = years.year("total_costs", t), at(refs.rows["engineering"], t)
        shares.append(when(costs.is_("<=", 0), "", at(refs.rows["values"], t) / costs))
        per_euro.append(when(engineering.is_("=", 0), "", at(refs.rows["levered"], t) / engineering))
    line(sheet, row + 1, "Valeur rapportée aux charges de l’année", refs, "shares", shares, "percent")
    line(sheet, row + 2, "Euros mobilisés par euro d’ingénierie", refs, "per_euro", per_euro, "ratio")


def line(
    sheet: Sheet, row: int, title: str, refs: AllianceRefs, code: str, cells: list[Formula], style: str
) -> None:
    sheet.put(row, LABEL, title, "label_total" if style == "euros_total" else "line")
    refs.rows[code] = sheet.line(row, FIRST_YEAR, cells, style)
