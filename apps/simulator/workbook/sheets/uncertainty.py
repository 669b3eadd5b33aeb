"""« Incertitude »: the band, the risks and the sensitivity, as the platform found them: values, no formula redraws 10,000 futures."""

from __future__ import annotations

from apps.simulator.workbook.book import Scenario
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.effects import years_of
from apps.simulator.workbook.sheets.start import BaseRefs, euros

LABEL, FIRST = 1, 2
HEAD_ROW = 4


def uncertainty_sheet(name: str, scenario: Scenario, base: BaseRefs) -> Sheet:
    count = scenario.plan.settings.years
    sheet = Sheet(
        name, widths={LABEL: 58.0} | {FIRST + i: 18.0 for i in range(max(count, 5))}, frozen=(HEAD_ROW, FIRST)
    )
    sheet.put(1, LABEL, "L’incertitude", "title")
    about = (
        "Calculé par la plateforme sur 10 000 futurs tirés au sort entre « bas » et « haut ». "
        "Ces valeurs ne bougent pas quand vous changez une hypothèse ici."
    )
    sheet.put(2, LABEL, about, "subtitle")
    row = HEAD_ROW
    if scenario.band is not None:
        row = band(sheet, row, scenario, base)
    if scenario.swings:
        swings(sheet, row, scenario)
    return sheet


def band(sheet: Sheet, row: int, scenario: Scenario, base: BaseRefs) -> int:
    """The row after."""
    found, count = scenario.band, scenario.plan.settings.years
    if found is None:
        raise ValueError("no band to write")
    sheet.put(row, LABEL, "Huit futurs sur dix sont entre « bas » et « haut »", "head")
    sheet.line(row, FIRST, years_of(base, count), "head_year")
    ends = range(11, 12 * count, 12)
    lines = {
        "Résultat, bas": found.result_low,
        "Résultat, milieu": found.result_mid,
        "Résultat, haut": found.result_high,
        "Fonds propres, bas": found.equity_low,
        "Fonds propres, milieu": found.equity_mid,
        "Fonds propres, haut": found.equity_high,
        "Trésorerie en fin d’année, bas": [found.treasury_low[m] for m in ends],
        "Trésorerie en fin d’année, milieu": [found.treasury_mid[m] for m in ends],
        "Trésorerie en fin d’année, haut": [found.treasury_high[m] for m in ends],
    }
    for title, amounts in lines.items():
        row += 1
        sheet.put(row, LABEL, title, "line")
        sheet.line(row, FIRST, [euros(round(amount)) for amount in amounts], "euros")
    for months, risk in (("un mois", found.under_one), ("trois mois", found.under_three)):
        row += 1
        sheet.put(row, LABEL, f"Risque de passer sous {months} de trésorerie", "line")
        sheet.line(row, FIRST, [float(share) for share in risk.by_year], "percent")
        row += 1
        sheet.put(row, LABEL, "Le même, au moins une fois d’ici la fin", "line")
        sheet.put(row, FIRST, float(risk.whole), "percent")
    return row + 2


def swings(sheet: Sheet, row: int, scenario: Scenario) -> None:
    titles = (
        "Ce qui fait bouger le plus le résultat cumulé", "Résultat cumulé, bas", "Résultat cumulé, haut", "Écart",
        "Trésorerie la plus basse, bas", "Trésorerie la plus basse, haut",
    )  # fmt: skip
    sheet.line(row, LABEL, titles, "head")
    for swing in scenario.swings:
        row += 1
        sheet.put(row, LABEL, swing.title, "text")
        amounts = (swing.low, swing.high, swing.width, swing.lowest_low, swing.lowest_high)
        sheet.line(row, FIRST, [euros(round(amount)) for amount in amounts], "euros")
