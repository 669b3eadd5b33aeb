"""« Trésorerie »: month by month, what comes in and what goes out (docs/simulateur.md §§ 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Ref, Span, call, cents, when
from apps.simulator.workbook.grid import Content, Sheet
from apps.simulator.workbook.sheets.effects import Effect, EffectsRefs
from apps.simulator.workbook.sheets.hypotheses import HypothesisRefs
from apps.simulator.workbook.sheets.months import (
    DELAY,
    FIRST_MONTH,
    MONTH_ROW,
    NUMBER,
    TITLE,
    MonthsRefs,
    at,
    monthly_sheet,
    part,
)
from apps.simulator.workbook.sheets.start import GRANTS, BaseRefs, SettingsRefs

# A flow is a month → its formula.
Flow = Callable[[int, Ref], Formula]


@dataclass(frozen=True, slots=True)
class CashRefs:
    """One cell a month. ``capital``: the rows of what moves money without being counted in the result, by name."""

    sheet: Sheet
    treasury: Span
    receipts: Span
    payments: Span
    settled: dict[str, Span]
    capital: dict[str, list[Span]]


class Writer:
    def __init__(
        self, sheet: Sheet, base: BaseRefs, settings: SettingsRefs, effects: EffectsRefs, months: MonthsRefs
    ) -> None:
        self.sheet, self.base, self.settings, self.effects, self.months = (
            sheet,
            base,
            settings,
            effects,
            months,
        )
        self.count = settings.settings.months
        self.row = MONTH_ROW
        self.settled: dict[str, Span] = {}
        self.capital: dict[str, list[Span]] = {"bought": [], "borrowed": [], "repaid": [], "granted": []}

    def section(self, title: str) -> None:
        self.row += 1
        self.sheet.put(self.row, TITLE, title, "section")

    def flow(self, title: str, flow: Flow, number: int | None = None, delay: Content = None) -> Span:
        self.row += 1
        if number is not None:
            self.sheet.put(self.row, NUMBER, number, "rank")
        self.sheet.put(self.row, TITLE, title, "line")
        if delay is not None:
            self.sheet.put(self.row, DELAY, delay, "whole")
        cells = [flow(m, self.sheet.ref(MONTH_ROW, FIRST_MONTH + m - 1)) for m in range(1, self.count + 1)]
        return self.sheet.line(self.row, FIRST_MONTH, cells, "euros")

    def total(self, title: str, first_row: int) -> Span:
        last = self.row
        self.row += 1
        self.sheet.put(self.row, TITLE, title, "label_total")
        sums = [
            cents(call("SUM", Span(self.sheet.ref(first_row, column), self.sheet.ref(last, column))))
            for column in range(FIRST_MONTH, FIRST_MONTH + self.count)
        ]
        return self.sheet.line(self.row, FIRST_MONTH, sums, "euros_total")

    # --- the kinds of flows --------------------------------------------------------------------------------------
    def settle(self, title: str, field: str) -> None:
        whole, parts = self.base.cells[field], self.settings.cells["settle_months"]
        self.settled[field] = self.flow(
            title, lambda m, month: when(month.is_("<=", parts), part(whole, m, parts))
        )

    def late(self, title: str, source: Span, delay: Formula | int, number: int | None = None) -> Span:
        """What ``source`` counts, ``delay`` months later."""
        waits = self.sheet.ref(self.row + 1, DELAY)
        return self.flow(title, lambda m, month: later(source, month, waits), number, delay)

    def base_line(self, code: str) -> None:
        source = self.months.base[code]
        if code not in GRANTS:
            self.late(words.nature(code), source, self.settings.delay(code))
            return
        self.grant(words.nature(code), source, lambda m: self.base.cells[code], self.settings.delay(code))

    def grant(
        self,
        title: str,
        source: Span,
        whole: Callable[[int], Ref],
        delay: Formula | int,
        number: int | None = None,
    ) -> None:
        """A subsidy comes whole in its month when one is given, otherwise with its delay."""
        chosen, waits = self.settings.cells["public_month"], self.sheet.ref(self.row + 1, DELAY)
        self.flow(
            title,
            lambda m, month: when(
                chosen.is_("=", ""),
                later(source, month, waits),
                when(chosen.is_("=", (m - 1) % 12 + 1), whole(m)),
            ),
            number,
            when(chosen.is_("=", ""), delay, ""),
        )

    def effect_line(self, place: int, effect: Effect) -> None:
        one, source = effect.of, self.months.effects[place]
        title = f"{one.hypothesis.title} : {effect.title}"
        if effect.paying == "delay":
            self.late(title, source, one.amount("delay"), one.number)
        elif effect.paying == "agreement":
            waits, advances = self.sheet.ref(self.row + 1, DELAY), self.months.advances[place]
            balances = self.months.balances[place]
            self.flow(
                title,
                lambda m, month: at(advances, m) + later(balances, month, waits),
                one.number,
                one.amount("delay"),
            )
        elif effect.paying == "base" and effect.code in GRANTS:
            delay = self.settings.delay(effect.code)
            self.grant(title, source, lambda m: effect.years[(m - 1) // 12], delay, one.number)
        elif effect.paying == "base":
            self.late(title, source, self.settings.delay(effect.code), one.number)
        elif effect.paying == "now":
            self.flow(title, lambda m, month: at(source, m), one.number)

    def financing(self, one: HypothesisRefs) -> None:
        """The loan and the grant of an investment, when they come."""
        title, waits = one.hypothesis.title, one.amount("delay")
        borrowed, granted = cents(one.amount("borrowed")), cents(one.amount("granted"))
        self.capital["borrowed"].append(
            self.flow(
                f"{title} : emprunt reçu",
                lambda m, month: when(month.is_("=", one.first), borrowed),
                one.number,
            )
        )
        self.capital["granted"].append(
            self.flow(
                f"{title} : subvention d’équipement reçue",
                lambda m, month: when(month.is_("=", one.first + waits), granted),
                one.number,
                waits,
            )
        )

    def spending(self, one: HypothesisRefs) -> None:
        title, parts = one.hypothesis.title, one.amount("loan_years") * 12
        price, borrowed = cents(one.value), cents(one.amount("borrowed"))
        self.capital["bought"].append(
            self.flow(f"{title} : achat", lambda m, month: when(month.is_("=", one.first), price), one.number)
        )
        self.capital["repaid"].append(
            self.flow(
                f"{title} : emprunt remboursé",
                lambda m, month: repaid(borrowed, month - one.first, parts),
                one.number,
            )
        )


def later(source: Span, month: Ref, waits: Ref) -> Formula:
    return when(month.is_(">", waits), call("INDEX", source, month - waits))


def repaid(borrowed: Formula, i: Formula, parts: Formula) -> Formula:
    return when(call("AND", i.is_(">=", 1), i.is_("<=", parts)), part(borrowed, i, parts))


def cash_sheet(
    name: str,
    base: BaseRefs,
    settings: SettingsRefs,
    hypotheses: list[HypothesisRefs],
    effects: EffectsRefs,
    months: MonthsRefs,
) -> CashRefs:
    about = (
        "Ce qui entre et ce qui sort vraiment, délais compris.",
        "« Délai » : en mois, repris des réglages et des hypothèses.",
    )
    sheet = monthly_sheet(name, "La trésorerie, mois par mois", about, base, settings)
    w = Writer(sheet, base, settings, effects, months)
    opening = w.row = w.row + 1
    investments = [one for one in hypotheses if one.hypothesis.sort == "investment"]

    w.section("Encaissements")
    start = w.row + 1
    w.settle("Ce qu’on nous devait au départ", "receivables")
    for code in RESOURCES:
        w.base_line(code)
    for place, effect in enumerate(effects.effects):
        if effect.side == "resource" and effect.paying != "never":
            w.effect_line(place, effect)
    for one in investments:
        w.financing(one)
    receipts = w.total("Total des encaissements", start)

    w.section("Décaissements")
    start = w.row + 1
    w.settle("Ce que nous devions au départ", "payables")
    for code in COSTS:
        if code != "depreciation":
            w.base_line(code)
    for place, effect in enumerate(effects.effects):
        if effect.side == "cost" and effect.paying != "never":
            w.effect_line(place, effect)
    for one in investments:
        w.spending(one)
    payments = w.total("Total des décaissements", start)

    treasury = closing(w, opening, receipts, payments)
    return CashRefs(sheet, treasury, receipts, payments, w.settled, w.capital)


def closing(w: Writer, opening: int, receipts: Span, payments: Span) -> Span:
    """The first row opens each month with what the one before left; the last one closes it."""
    w.row += 1
    w.sheet.put(opening, TITLE, "Trésorerie au début du mois", "label_total")
    w.sheet.put(w.row, TITLE, "Trésorerie à la fin du mois", "label_total")
    ends: list[Ref] = []
    for m in range(1, w.count + 1):
        column = FIRST_MONTH + m - 1
        before = w.sheet.put(opening, column, ends[-1] if ends else w.base.cells["treasury"], "euros_total")
        ends.append(
            w.sheet.put(w.row, column, cents(before + at(receipts, m) - at(payments, m)), "euros_total")
        )
    return Span(ends[0], ends[-1])
