"""« Effets »: what each hypothesis changes, by nature and by year; formulas on its row of « Hypothèses ».

Each hypothesis is counted on the base alone, and the effects add up (docs/simulateur.md § 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from apps.simulator.plan import COSTS
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Operand, Ref, Span, call, cents, when
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.hypotheses import HypothesisRefs
from apps.simulator.workbook.sheets.start import BaseRefs, SettingsRefs

Side = Literal["resource", "cost", "memo"]
# How the months share it: equal parts of its months; all in the first one; twelve parts of a whole year; by the rules of § 5.
Sharing = Literal["annual", "once", "whole", "worn", "interest"]
# When money moves: after the delay of the hypothesis; in the month; as the base; by the rules of a convention; never.
Paying = Literal["delay", "now", "base", "agreement", "never"]
NUMBER, NATURE, SIDE, FULL, FIRST_YEAR = range(1, 6)
HEAD_ROW = 4


@dataclass(slots=True)
class Effect:
    """A line. ``code``: a nature, or what it is the memory of. ``years``: its cells; empty until the months fill them (§ 5)."""

    of: HypothesisRefs
    code: str
    title: str
    side: Side
    sharing: Sharing
    paying: Paying
    row: int
    full: Ref
    months_in: list[Ref]
    years: list[Ref] = field(default_factory=list)
    spread: Formula | None = None  # over how many months it is shared, for « worn » and « interest »

    @property
    def is_counted(self) -> bool:
        return self.side != "memo"


@dataclass(frozen=True, slots=True)
class EffectsRefs:
    """``writer``: fills the years that wait for their months."""

    sheet: Sheet
    effects: list[Effect]
    writer: Writer

    def of(self, code: str, side: Side) -> list[Effect]:
        return [one for one in self.effects if one.code == code and one.side == side]

    def by(self, hypothesis: HypothesisRefs) -> list[Effect]:
        return [one for one in self.effects if one.of is hypothesis]


class Writer:
    """Writes the block of one hypothesis after the other."""

    def __init__(self, sheet: Sheet, base: BaseRefs, settings: SettingsRefs) -> None:
        self.sheet, self.base, self.settings = sheet, base, settings
        self.years = range(1, settings.settings.years + 1)
        self.row = HEAD_ROW
        self.effects: list[Effect] = []
        self.months_in: list[Ref] = []

    def block(self, one: HypothesisRefs) -> None:
        self.row += 1
        last = FIRST_YEAR + len(self.years)
        self.sheet.line(self.row, NUMBER, [one.number, one.hypothesis.title, *[""] * (last - 2)], "section")
        self.row += 1
        self.sheet.put(self.row, NATURE, "Mois comptés", "note")
        self.months_in = [
            self.sheet.put(self.row, FIRST_YEAR + t - 1, months_counted(one, t), "small") for t in self.years
        ]

    def annual(
        self,
        one: HypothesisRefs,
        code: str,
        amount: Operand,
        *,
        paying: Paying = "now",
        grows: bool = False,
        side: Side | None = None,
        about: str = "",
    ) -> Effect:
        """Annuel(A) of § 2. ``about``: what this line is, when its nature does not say it."""
        effect = self.line(one, code, amount, "annual", paying, side, about)
        for t, months in zip(self.years, self.months_in, strict=True):
            grown: Formula = effect.full
            if grows:
                pace = 1 + one.rate("growth")
                # Zero to the power of zero is an error in Excel: the first year is said apart.
                grown = grown * when(one.year.is_("=", t), 1, pace ** (t - one.year))
            self.year(effect, t, when(months.is_("=", 0), 0, cents(grown * months / 12)))
        return self.summed(effect)

    def once(self, one: HypothesisRefs, code: str, amount: Operand) -> Effect:
        """Unique(A) of § 2."""
        effect = self.line(one, code, amount, "once", "now", None, "une fois")
        for t in self.years:
            self.year(effect, t, when(one.year.is_("=", t), cents(effect.full)))
        return self.summed(effect)

    def indexed(self, one: HypothesisRefs, code: str) -> Effect:
        effect = self.line(one, code, self.base.cells[code], "whole", "base", None)
        pace = 1 + one.value / 100
        for t in self.years:
            steps = when(one.lasts.is_("=", ""), t - one.year + 1, call("MIN", t - one.year + 1, one.lasts))
            self.year(effect, t, when(one.year.is_("<=", t), cents(effect.full * (pace**steps - 1))))
        return self.summed(effect)

    def shared(
        self,
        one: HypothesisRefs,
        code: str,
        amount: Operand,
        sharing: Sharing,
        spread: Formula,
        about: str = "",
    ) -> Effect:
        """Its months come first, its years are their sums (§ 5)."""
        paying: Paying = "now" if sharing == "interest" else "never"
        effect = self.line(one, code, cents(amount), sharing, paying, None, about)
        effect.spread = spread
        return effect

    def memory(self, effect: Effect, code: str) -> Effect:
        """What was avoided, from the cost that it lightens."""
        made = self.line(effect.of, code, 0 - effect.full, "annual", "never", "memo")
        for t, year in zip(self.years, effect.years, strict=True):
            self.year(made, t, 0 - year)
        return self.summed(made)

    def line(
        self,
        one: HypothesisRefs,
        code: str,
        amount: Operand,
        sharing: Sharing,
        paying: Paying,
        side: Side | None,
        about: str = "",
    ) -> Effect:
        self.row += 1
        found: Side = side or ("cost" if code in COSTS else "resource")
        title = MEMORIES.get(code) or words.nature(code)
        title = f"{title} ({about})" if about else title
        self.sheet.put(self.row, NATURE, title, "line")
        self.sheet.put(self.row, SIDE, words.SIDES[found], "note")
        full = self.sheet.put(self.row, FULL, amount, unit(code))
        if found == "cost" and code == "depreciation":
            paying = "never"
        made = Effect(one, code, title, found, sharing, paying, self.row, full, self.months_in)
        self.effects.append(made)
        return made

    def year(self, effect: Effect, t: int, amount: Formula) -> None:
        cell = self.sheet.put(effect.row, FIRST_YEAR + t - 1, amount, unit(effect.code))
        effect.years.append(cell)

    def summed(self, effect: Effect) -> Effect:
        column = FIRST_YEAR + len(self.years)
        self.sheet.put(
            effect.row, column, call("SUM", Span(effect.years[0], effect.years[-1])), unit(effect.code)
        )
        return effect


MEMORIES = {
    "volunteer_hours": "Heures de bénévolat",
    "volunteer_value": "Valeur du bénévolat",
    "avoided": "Coûts évités",
    "given": "Apports non monétaires",
}


def unit(code: str) -> str:
    return "number" if code == "volunteer_hours" else "euros"


def months_counted(one: HypothesisRefs, t: int) -> Formula:
    """k_t: the months of the year t between m₀ and m₁."""
    inside = call("MIN", one.last, 12 * t) - call("MAX", one.first, 12 * t - 11) + 1
    return call("MAX", 0, inside)


def effects_sheet(
    name: str,
    hypotheses: list[HypothesisRefs],
    base: BaseRefs,
    settings: SettingsRefs,
    writers: Mapping[str, Callable[[Writer, HypothesisRefs], None]],
) -> EffectsRefs:
    """``writers``: a sort → what writes its lines."""
    count = settings.settings.years
    widths = {NUMBER: 5.0, NATURE: 68.0, SIDE: 12.0, FULL: 16.0}
    widths |= {FIRST_YEAR + i: 16.0 for i in range(count + 1)}
    sheet = Sheet(name, widths=widths, frozen=(HEAD_ROW + 1, SIDE), heads=(HEAD_ROW, HEAD_ROW))
    sheet.put(1, NUMBER, "Les effets de chaque hypothèse", "title")
    sheet.put(
        2, NUMBER,
        "Chaque hypothèse se calcule sur la base seule et les effets s’additionnent : leur ordre ne compte pas.", "subtitle",
    )  # fmt: skip
    sheet.line(HEAD_ROW, NUMBER, ["N°", "Hypothèse et natures", "Sens", "Plein effet"], "head")
    sheet.line(HEAD_ROW, FIRST_YEAR, years_of(base, count), "head_year")
    sheet.put(HEAD_ROW, FIRST_YEAR + count, "Total", "head")
    writer = Writer(sheet, base, settings)
    for one in hypotheses:
        writer.block(one)
        writers[one.hypothesis.sort](writer, one)
    return EffectsRefs(sheet, writer.effects, writer)


def years_of(base: BaseRefs, count: int) -> Iterator[int]:
    yield from range(base.base.year + 1, base.base.year + count + 1)


__all__ = ["FIRST_YEAR", "Effect", "EffectsRefs", "effects_sheet", "years_of"]
