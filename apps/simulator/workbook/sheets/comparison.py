"""« Comparaison »: the scenarios side by side, on the cells of each one."""

from __future__ import annotations

from collections.abc import Iterator

from apps.simulator.workbook.formula import Formula, Span, added, call, cents
from apps.simulator.workbook.grid import Content, Sheet
from apps.simulator.workbook.sheets.groups import Group
from apps.simulator.workbook.sheets.months import DATE_ROW, FIRST_MONTH, at

LABEL, FIRST = 1, 2
HEAD_ROW = 4


def comparison_sheet(groups: list[Group]) -> Sheet:
    sheet = Sheet(
        "Comparaison",
        widths={LABEL: 52.0} | {FIRST + i: 24.0 for i in range(len(groups))},
        frozen=(HEAD_ROW + 1, FIRST),
    )
    sheet.put(1, LABEL, "Les scénarios côte à côte", "title")
    sheet.put(2, LABEL, "Repris des feuilles de chaque scénario : tout suit ce que vous changez.", "subtitle")
    sheet.line(
        HEAD_ROW, LABEL, ["Scénario", *(f"{one.mark} : {one.scenario.title}" for one in groups)], "head"
    )
    columns = [list(figures(one)) for one in groups]
    for place, (label, _, style) in enumerate(columns[0]):
        row = HEAD_ROW + 1 + place
        sheet.put(row, LABEL, label, "line")
        sheet.line(row, FIRST, [column[place][1] for column in columns], style)
    return sheet


def figures(one: Group) -> Iterator[tuple[str, Content, str]]:
    """The horizons may differ: the end is each one’s own."""
    rows, single, count = one.years.rows, one.years.single, one.scenario.plan.settings.years
    end = one.scenario.plan.base.year + count
    yield "Dernière année simulée", end, "whole"
    yield "Résultat cumulé", call("SUM", rows["results"]), "euros"
    yield "Résultat de la dernière année", at(rows["results"], count), "euros"
    yield "Ressources de la dernière année", at(rows["total_resources"], count), "euros"
    yield "Charges de la dernière année", at(rows["total_costs"], count), "euros"
    yield "Fonds propres à la fin", at(rows["equity"], count), "euros"
    yield "Trésorerie à la fin", at(rows["treasury"], count), "euros"
    yield "Mois de trésorerie à la fin", at(rows["months_of_cash"], count), "ratio"
    yield "Trésorerie la plus basse", single["lowest"], "euros"
    yield "Mois où elle est la plus basse", month_of(one), "month"
    yield "Première année d’équilibre durable", single["break_even_year"], "whole"
    values: list[Span] = [alliance.rows["values"] for alliance in one.alliances]
    yield "Valeur des alliances, en tout", cents(added(*(call("SUM", span) for span in values))), "euros"
    yield "Part des richesses humaines à la fin", at(rows["share_human"], count), "percent"
    yield "Part des ressources financières à la fin", at(rows["share_financial"], count), "percent"
    yield "Part des alliances stratégiques à la fin", at(rows["share_alliances"], count), "percent"
    yield "Écart avec la plateforme (feuille Contrôle)", one.gaps, "number"


def month_of(one: Group) -> Formula:
    """« juin 2027 » instead of the number of the month."""
    sheet, months = one.cash.sheet, one.scenario.plan.settings.months
    days = Span(sheet.ref(DATE_ROW, FIRST_MONTH), sheet.ref(DATE_ROW, FIRST_MONTH + months - 1))
    return call("INDEX", days, one.years.single["lowest_month"])
