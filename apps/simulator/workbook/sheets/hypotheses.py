"""« Hypothèses »: a row each, what may be changed, and the months when it lasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apps.simulator.plan import Hypothesis
from apps.simulator.sorts import SORTS
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import Formula, Ref, call, when
from apps.simulator.workbook.grid import Content, Sheet
from apps.simulator.workbook.sheets.start import BaseRefs, SettingsRefs

HEADS = (
    "N°", "Hypothèse", "Sorte", "Porte sur", "Charge concernée", "Ce qui est incertain",
    "Bas", "Central", "Haut", "Pour essayer", "Retenu", "Début", "Durée (ans)",
    "Premier mois", "Dernier mois", "Année du début",
)  # fmt: skip
WIDTHS = (5, 34, 24, 26, 22, 24, 14, 14, 14, 14, 14, 12, 9, 9, 9, 9)
NUMBER, TITLE, SORT, ON, SAVED, UNIT, LOW, MID, HIGH, TRY, KEPT, STARTS, LASTS, FIRST, LAST, YEAR = range(
    1, 17
)
QUANTITIES = 17
ABOUT = (
    "Une ligne chacune. En jaune : ce qui se change ; tout le classeur suit.",
    "Écrivez une valeur dans « Pour essayer » : elle remplace la valeur centrale tant qu’elle y est.",
    "« Bas » et « Haut » ne servent qu’à la bande d’incertitude, que la plateforme calcule.",
)
HEAD_ROW = 5


@dataclass(frozen=True, slots=True)
class HypothesisRefs:
    """``value``: v; ``first``, ``last``: m₀ and m₁; ``year``: s. ``amounts``: a quantity of its sort → where it is typed."""

    hypothesis: Hypothesis
    number: int
    value: Ref
    lasts: Ref
    first: Ref
    last: Ref
    year: Ref
    amounts: dict[str, Ref]

    def amount(self, code: str) -> Ref:
        return self.amounts[code]

    def rate(self, code: str) -> Formula:
        """2,5 typed in per cent is 0.025."""
        return self.amounts[code] / 100

    @property
    def nature(self) -> str:
        return words.choice(self.hypothesis, "nature")

    @property
    def saved_on(self) -> str:
        return words.choice(self.hypothesis, "saved_on")


def hypotheses_sheet(
    name: str, hypotheses: tuple[Hypothesis, ...], base: BaseRefs, settings: SettingsRefs
) -> tuple[Sheet, list[HypothesisRefs]]:
    columns = words.quantities(hypotheses)
    widths = dict(enumerate(WIDTHS, 1)) | {QUANTITIES + i: 16.0 for i in range(len(columns))}
    sheet = Sheet(
        name, widths=widths, frozen=(HEAD_ROW + 1, TITLE + 1), heads=(HEAD_ROW, HEAD_ROW), pages_wide=3
    )
    sheet.put(1, NUMBER, "Les hypothèses", "title")
    # Beside the title: under it, each printed page would repeat their beginning, cut.
    for row, about in enumerate(ABOUT, 1):
        sheet.put(row, SORT, about, "subtitle")
    titles = [*HEADS, *(words.column_title(asked) for asked in columns.values())]
    sheet.line(HEAD_ROW, NUMBER, titles, "head")
    refs = [
        row_of(sheet, HEAD_ROW + number, number, one, list(columns), base, settings)
        for number, one in enumerate(hypotheses, 1)
    ]
    if not refs:
        sheet.put(HEAD_ROW + 1, TITLE, "Aucune hypothèse : ce scénario reconduit la base.", "note")
    return sheet, refs


def row_of(
    sheet: Sheet,
    row: int,
    number: int,
    one: Hypothesis,
    columns: list[str],
    base: BaseRefs,
    settings: SettingsRefs,
) -> HypothesisRefs:
    for column, said in enumerate(said_of(number, one), NUMBER):
        sheet.put(row, column, said, "rank" if column == NUMBER else "text")
    unit = SORTS[one.sort].main.unit
    typed = words.shape(unit)
    for column, bound in ((LOW, one.low), (MID, one.mid), (HIGH, one.high), (TRY, None)):
        sheet.put(row, column, bound, typed)
    mid, tried = sheet.ref(row, MID), sheet.ref(row, TRY)
    kept = "kept_euros" if typed == "input_euros" else "kept"
    value = sheet.put(row, KEPT, when(tried.is_("=", ""), mid, tried), kept)
    starts = sheet.put(row, STARTS, one.starts, "input_date")
    lasts = sheet.put(row, LASTS, *_asked(one.lasts, SORTS[one.sort].lasts != "no", "input_whole"))
    month = (call("YEAR", starts) - base.base.year - 1) * 12 + call("MONTH", starts)
    first = sheet.put(row, FIRST, when(starts.is_("=", ""), 1, call("MAX", 1, month)), "whole")
    end = settings.cells["months"]
    last = sheet.put(
        row, LAST, when(lasts.is_("=", ""), end, call("MIN", end, first + lasts * 12 - 1)), "whole"
    )
    year = sheet.put(row, YEAR, call("INT", (first - 1) / 12) + 1, "whole")
    mine = {asked.code: asked for asked in SORTS[one.sort].quantities}
    amounts = {
        code: sheet.put(
            row,
            QUANTITIES + place,
            *_asked(
                one.amounts.get(code), code in mine, words.shape(mine[code].unit) if code in mine else ""
            ),
        )
        for place, code in enumerate(columns)
    }
    return HypothesisRefs(one, number, value, lasts, first, last, year, amounts)


def said_of(number: int, one: Hypothesis) -> Iterable[Content]:
    sort = SORTS[one.sort]
    nature, saved = words.choice(one, "nature"), words.choice(one, "saved_on")
    yield number
    yield one.title
    yield sort.label
    yield words.nature(nature) if nature else ""
    yield words.nature(saved) if saved else ""
    yield f"{sort.main.label} ({sort.main.unit})"


def _asked(value: Content, is_asked: bool, style: str) -> tuple[Content, str]:
    """A grey cell where the sort asks nothing."""
    return (value, style) if is_asked else (None, "none")
