"""« Années »: resources, costs, result, own funds, months of cash, break-even, barycentre (docs/simulateur.md § 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Ref, Span, added, call, cents, when
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.cash import CashRefs
from apps.simulator.workbook.sheets.effects import EffectsRefs, years_of
from apps.simulator.workbook.sheets.months import MonthsRefs, at
from apps.simulator.workbook.sheets.start import BaseRefs, SettingsRefs

LABEL, BASE, FIRST_YEAR = 1, 2, 3
HEAD_ROW = 4
NEVER = "aucune"  # instead of the first year of a lasting balance


@dataclass(slots=True)
class YearsRefs:
    """``rows``: what a line is called (a nature, ``results``…) → its years. ``single``: figures of the whole horizon."""

    sheet: Sheet
    rows: dict[str, Span] = field(default_factory=dict)
    single: dict[str, Ref] = field(default_factory=dict)

    def year(self, code: str, t: int) -> Ref:
        """t from 1."""
        return at(self.rows[code], t)


class Writer:
    def __init__(
        self,
        sheet: Sheet,
        base: BaseRefs,
        settings: SettingsRefs,
        effects: EffectsRefs,
        months: MonthsRefs,
        cash: CashRefs,
    ) -> None:
        self.sheet, self.base, self.settings, self.effects = sheet, base, settings, effects
        self.months, self.cash = months, cash
        self.count = settings.settings.years
        self.years = range(1, self.count + 1)
        self.refs = YearsRefs(sheet)
        self.row = HEAD_ROW

    def section(self, title: str) -> None:
        self.row += 1 if self.row == HEAD_ROW else 2
        self.sheet.line(self.row, LABEL, [title, *[""] * (self.count + 1)], "section")

    def line(
        self, code: str, title: str, cells: list[Formula], style: str, before: Formula | None = None
    ) -> Span:
        """``before``: the year of the base, where it has one."""
        self.row += 1
        is_total = style.endswith("_total")
        self.sheet.put(self.row, LABEL, title, "label_total" if is_total else "line")
        if before is not None or is_total:
            self.sheet.put(self.row, BASE, before, style)
        self.refs.rows[code] = self.sheet.line(self.row, FIRST_YEAR, cells, style)
        return self.refs.rows[code]

    def figure(self, code: str, title: str, content: Formula, style: str) -> Ref:
        self.row += 1
        self.sheet.put(self.row, LABEL, title, "line")
        self.refs.single[code] = self.sheet.put(self.row, FIRST_YEAR, content, style)
        return self.refs.single[code]

    def of(self, code: str, t: int) -> Ref:
        return self.refs.year(code, t)

    def natures(self, title: str, codes: tuple[str, ...], total: str) -> None:
        self.section(title)
        first = self.row + 1
        for code in codes:
            found = [one for one in self.effects.effects if one.code == code and one.is_counted]
            self.line(
                code,
                words.nature(code),
                [
                    cents(added(self.base.cells[code], *(one.years[t - 1] for one in found)))
                    for t in self.years
                ],
                "euros",
                self.base.cells[code],
            )
        sums = [self._sum(first, FIRST_YEAR + t - 1) for t in self.years]
        self.line(total, f"Total des {title.lower()}", sums, "euros_total", self._sum(first, BASE))

    def _sum(self, first: int, column: int) -> Formula:
        return cents(call("SUM", Span(self.sheet.ref(first, column), self.sheet.ref(self.row, column))))


def years_sheet(
    name: str,
    base: BaseRefs,
    settings: SettingsRefs,
    effects: EffectsRefs,
    months: MonthsRefs,
    cash: CashRefs,
    more: Iterable[Callable[[Writer], None]],
) -> YearsRefs:
    """``more``: what writes the sections that come after."""
    count = settings.settings.years
    widths = {LABEL: 58.0} | {BASE + i: 16.5 for i in range(count + 1)}
    sheet = Sheet(name, widths=widths, frozen=(HEAD_ROW + 1, BASE), heads=(HEAD_ROW, HEAD_ROW))
    sheet.put(1, LABEL, "Année par année", "title")
    sheet.put(2, LABEL, "Chaque année est la base, plus un effet par hypothèse.", "subtitle")
    sheet.put(HEAD_ROW, LABEL, "Année", "head")
    sheet.put(HEAD_ROW, BASE, base.base.year, "head_year")
    sheet.line(HEAD_ROW, FIRST_YEAR, years_of(base, count), "head_year")
    w = Writer(sheet, base, settings, effects, months, cash)
    w.natures("Ressources", RESOURCES, "total_resources")
    w.natures("Charges", COSTS, "total_costs")
    results(w)
    money(w)
    balance_point(w)
    for add in more:
        add(w)
    return w.refs


def results(w: Writer) -> None:
    w.section("Résultat et fonds propres")
    before = w.sheet.ref(w.refs.rows["total_resources"].start.row, BASE) - w.sheet.ref(
        w.refs.rows["total_costs"].start.row, BASE
    )
    cells: list[Formula] = [cents(w.of("total_resources", t) - w.of("total_costs", t)) for t in w.years]
    found = w.line("results", "Résultat", cells, "euros_total", cents(before))
    w.line(
        "cumulated",
        "Résultat cumulé",
        [cents(call("SUM", Span(found.start, at(found, t)))) for t in w.years],
        "euros",
    )
    start = w.base.cells["equity"]
    row: list[Formula] = []
    for t in w.years:
        previous: Formula = w.sheet.ref(w.row + 1, FIRST_YEAR + t - 2) if t > 1 else start
        row.append(cents(previous + at(found, t)))
    w.line("equity", "Fonds propres en fin d’année", row, "euros_total", start)


def money(w: Writer) -> None:
    w.section("Trésorerie")
    w.line(
        "treasury", "Trésorerie en fin d’année", [at(w.cash.treasury, 12 * t) for t in w.years], "euros_total",
        w.base.cells["treasury"],
    )  # fmt: skip
    paid: list[Formula] = [cents(w.of("total_costs", t) - w.of("depreciation", t)) for t in w.years]
    w.line("paid", "Charges hors amortissements", paid, "euros")
    w.line(
        "months_of_cash", "Mois de trésorerie",
        [when(w.of("paid", t).is_("<=", 0), "", w.of("treasury", t) / (w.of("paid", t) / 12)) for t in w.years], "ratio",
    )  # fmt: skip
    lowest = w.figure("lowest", "Trésorerie la plus basse", call("MIN", w.cash.treasury), "euros")
    w.figure(
        "lowest_month",
        "Numéro du mois où elle est la plus basse",
        call("MATCH", lowest, w.cash.treasury, 0),
        "whole",
    )


def balance_point(w: Writer) -> None:
    w.section("Équilibre")
    later: dict[int, Ref] = {}
    row = w.row + 1
    cells: list[Formula] = []
    for t in w.years:
        later[t] = w.sheet.ref(row, FIRST_YEAR + t - 1)
    for t in w.years:
        fine = w.of("results", t).is_(">=", 0)
        after = call("AND", fine, later[t + 1].is_("=", 1)) if t < w.count else fine
        cells.append(when(after, 1))
    span = w.line("lasting", "Ni cette année ni après, de résultat négatif (1 : oui)", cells, "whole")
    good = call("SUM", span)
    end = w.base.base.year + w.count + 1
    w.figure(
        "break_even_year",
        "Première année d’équilibre durable",
        when(good.is_("=", 0), NEVER, end - good),
        "whole",
    )
    w.line("break_even_sales", "Ventes qui équilibrent l’année", [sales(w, t) for t in w.years], "euros")


def sales(w: Writer, t: int) -> Formula:
    sold, bought = w.of("ventes", t), w.of("purchases", t)
    missing = w.of("total_costs", t) - bought - (w.of("total_resources", t) - sold)
    unknown = call("OR", sold.is_("<=", 0), bought.is_(">=", sold))
    return when(unknown, "", call("MAX", 0, cents(missing / (1 - bought / sold))))
