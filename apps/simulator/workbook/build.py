"""From a book to its sheets (pure). Scenarios stand in one file, so that « Comparaison » follows what is changed in each."""

from __future__ import annotations

import math

from apps.simulator.workbook.book import Book
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.comparison import comparison_sheet
from apps.simulator.workbook.sheets.groups import Group, group, named
from apps.simulator.workbook.sheets.readme import readme_sheet
from apps.simulator.workbook.sheets.start import BaseRefs, SettingsRefs, base_sheet, settings_sheet
from apps.simulator.workbook.styles import STYLES

MOST_SCENARIOS = 26
LINE, TITLE_HEIGHT = 13.5, 24.0
# A bold letter, or a word that does not fit at the end of a line, takes more than its share of the width.
LOOSE = 1.1


def sheets_of(book: Book) -> list[Sheet]:
    """Scenarios with the same base, or the same settings, share that sheet: it is changed once for all of them."""
    if not 1 <= len(book.scenarios) <= MOST_SCENARIOS:
        raise ValueError(f"from 1 to {MOST_SCENARIOS} scenarios, not {len(book.scenarios)}")
    bases: list[BaseRefs] = []
    settings: list[SettingsRefs] = []
    groups: list[Group] = []
    plans = [scenario.plan for scenario in book.scenarios]
    one_base = all(plan.base == plans[0].base for plan in plans)
    one_settings = all(plan.settings == plans[0].settings for plan in plans)
    for place, scenario in enumerate(book.scenarios):
        mark = chr(ord("A") + place) if len(book.scenarios) > 1 else ""
        if not bases or not one_base:
            bases.append(base_sheet(named("Base", "" if one_base else mark), scenario.plan.base))
        if not settings or not one_settings:
            settings.append(
                settings_sheet(named("Réglages", "" if one_settings else mark), scenario.plan.settings)
            )
        groups.append(group(scenario, mark, bases[-1], settings[-1]))
    for one in groups:
        count_by_month(one.cash.sheet)
    compared = [comparison_sheet(groups)] if len(groups) > 1 else []
    starts = [*(one.sheet for one in bases), *(one.sheet for one in settings)]
    sheets = [
        readme_sheet(book, groups),
        *compared,
        *starts,
        *(sheet for one in groups for sheet in one.sheets),
    ]
    for sheet in sheets:
        set_heights(sheet)
    return sheets


def count_by_month(sheet: Sheet) -> None:
    """Each month starts from the one before: counted in their order, no formula goes further back than one month."""
    for row, column in sorted(sheet.cells, key=lambda place: (place[1], place[0])):
        sheet.result(row, column)


def set_heights(sheet: Sheet) -> None:
    """Said, as not every program finds it: a row is as high as its longest text once wrapped."""
    sheet.heights[1] = TITLE_HEIGHT
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.content, str) and STYLES[cell.style].is_wrapped:
            lines = math.ceil(len(cell.content) * LOOSE / sheet.widths.get(column, 10))
            if lines > 1:
                sheet.heights[row] = max(sheet.heights.get(row, 0), lines * LINE)
