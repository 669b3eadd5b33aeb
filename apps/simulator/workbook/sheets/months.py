"""« Mois »: what each month counts, before any delay; then « Trésorerie »: when money moves (docs/simulateur.md § 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Ref, Span, call, cents, when
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.effects import Effect, EffectsRefs
from apps.simulator.workbook.sheets.start import BaseRefs, SettingsRefs

NUMBER, TITLE, DELAY, FIRST_MONTH = 1, 2, 3, 4
DATE_ROW, MONTH_ROW = 4, 5


@dataclass(slots=True)
class MonthsRefs:
    """Rows of cells, one for each month. ``advances``, ``balances``: of the agreements, by line of the effects."""

    sheet: Sheet
    base: dict[str, Span] = field(default_factory=dict)
    effects: dict[int, Span] = field(default_factory=dict)
    advances: dict[int, Span] = field(default_factory=dict)
    balances: dict[int, Span] = field(default_factory=dict)


def at(span: Span, month: int) -> Ref:
    """The cell of a month, from 1."""
    return Ref(span.start.sheet, span.start.row, span.start.column + month - 1)


def monthly_sheet(
    name: str, title: str, about: tuple[str, str], base: BaseRefs, settings: SettingsRefs
) -> Sheet:
    """``about``: two short lines, no wider than the columns that each printed page repeats."""
    count = settings.settings.months
    widths = {NUMBER: 5.0, TITLE: 64.0, DELAY: 8.0} | {FIRST_MONTH + i: 14.5 for i in range(count)}
    sheet = Sheet(
        name,
        widths=widths,
        frozen=(MONTH_ROW + 1, FIRST_MONTH),
        heads=(DATE_ROW, MONTH_ROW),
        pages_wide=settings.settings.years,
    )
    sheet.put(1, NUMBER, title, "title")
    for row, line in enumerate(about, 2):
        sheet.put(row, NUMBER, line, "subtitle")
    sheet.line(DATE_ROW, NUMBER, ["N°", "Ligne", "Délai"], "head")
    months = [date(base.base.year + 1 + i // 12, i % 12 + 1, 1) for i in range(count)]
    sheet.line(DATE_ROW, FIRST_MONTH, months, "head_month")
    sheet.put(MONTH_ROW, TITLE, "Numéro du mois", "note")
    sheet.line(MONTH_ROW, FIRST_MONTH, range(1, count + 1), "small")
    return sheet


def months_sheet(name: str, base: BaseRefs, settings: SettingsRefs, effects: EffectsRefs) -> MonthsRefs:
    about = (
        "Chaque montant annuel, réparti sur ses mois par cumuls arrondis.",
        "La somme des mois fait l’année, au centime.",
    )
    sheet = monthly_sheet(name, "Mois par mois : ce qui est compté", about, base, settings)
    refs = MonthsRefs(sheet)
    row = MONTH_ROW + 1
    sheet.put(row, TITLE, "La base", "section")
    for code in (*RESOURCES, *COSTS):
        row += 1
        sheet.put(row, TITLE, words.nature(code), "line")
        cells = [part(base.cells[code], i % 12 + 1, 12) for i in range(settings.settings.months)]
        refs.base[code] = sheet.line(row, FIRST_MONTH, cells, "euros")
    row += 1
    sheet.put(row, TITLE, "Les hypothèses", "section")
    for place, effect in enumerate(effects.effects):
        if not effect.is_counted:
            continue
        row += 1
        label(sheet, row, effect)
        refs.effects[place] = sheet.line(row, FIRST_MONTH, counted(sheet, effect, settings), "euros")
        if effect.paying == "agreement":
            row = instalments(refs, row, place, effect, settings)
    return refs


def label(sheet: Sheet, row: int, effect: Effect, about: str = "") -> None:
    sheet.put(row, NUMBER, effect.of.number, "rank")
    sheet.put(row, TITLE, f"{effect.of.hypothesis.title} : {about or effect.title}", "line")


def part(whole: Formula, i: Formula | int, parts: Formula | int) -> Formula:
    """The i-th of equal parts, cut where the rounded sums fall."""
    return cents(whole * i / parts) - cents(whole * (i - 1) / parts)


def counted(sheet: Sheet, effect: Effect, settings: SettingsRefs) -> list[Formula]:
    one = effect.of
    made: list[Formula] = []
    for m in range(1, settings.settings.months + 1):
        month, t = sheet.ref(MONTH_ROW, FIRST_MONTH + m - 1), (m - 1) // 12
        if effect.sharing == "annual":
            started = call("MAX", one.first, 12 * t + 1)
            share = part(effect.years[t], month - started + 1, effect.months_in[t])
            made.append(when(call("AND", month.is_(">=", one.first), month.is_("<=", one.last)), share))
        elif effect.sharing == "once":
            made.append(when(month.is_("=", one.first), effect.years[t]))
        elif effect.sharing == "whole":
            made.append(part(effect.years[t], m - 12 * t, 12))
        else:
            made.append(by_use(effect, month))
    return made


def by_use(effect: Effect, month: Ref) -> Formula:
    """A share of what wears out from m₀; the interest of a loan from the month after."""
    spread, first = effect.spread, effect.of.first
    if spread is None:
        raise ValueError("nothing tells how many months share it")
    if effect.sharing == "worn":
        i = month - first + 1
        return when(call("AND", i.is_(">=", 1), i.is_("<=", spread)), part(effect.full, i, spread))
    i = month - first
    left = effect.full - cents(effect.full * (i - 1) / spread)
    due = cents(left * effect.of.rate("loan_rate") / 12)
    return when(call("AND", i.is_(">=", 1), i.is_("<=", spread)), due)


def instalments(refs: MonthsRefs, row: int, place: int, effect: Effect, settings: SettingsRefs) -> int:
    """Two rows under an agreement: its advance at the beginning of each of its years, its balance due at their end."""
    sheet, one, span = refs.sheet, effect.of, refs.effects[place]
    advances: list[Formula] = []
    balances: list[Formula] = []
    last = settings.settings.months
    for m in range(1, last + 1):
        month = sheet.ref(MONTH_ROW, FIRST_MONTH + m - 1)
        lasting = (month.is_(">=", one.first), month.is_("<=", one.last))
        ahead = call("SUM", Span(at(span, m), at(span, min(m + 11, last))))
        begins = call("MOD", month - one.first, 12).is_("=", 0)
        advances.append(when(call("AND", *lasting, begins), cents(ahead * one.rate("advance"))))
        behind = call("SUM", Span(at(span, max(m - 11, 1)), at(span, m)))
        ends = call("MOD", month - one.first + 1, 12).is_("=", 0)
        balances.append(
            when(call("AND", *lasting, ends), cents(behind) - cents(behind * one.rate("advance")))
        )
    label(sheet, row + 1, effect, "avance")
    refs.advances[place] = sheet.line(row + 1, FIRST_MONTH, advances, "euros")
    label(sheet, row + 2, effect, "solde dû")
    refs.balances[place] = sheet.line(row + 2, FIRST_MONTH, balances, "euros")
    return row + 2


def fill_years(effects: EffectsRefs, months: MonthsRefs) -> None:
    """The years of what is shared month by month are the sums of these months."""
    writer = effects.writer
    for place, effect in enumerate(effects.effects):
        if effect.sharing in ("worn", "interest"):
            span = months.effects[place]
            for t in writer.years:
                writer.year(effect, t, call("SUM", Span(at(span, 12 * t - 11), at(span, 12 * t))))
            writer.summed(effect)
