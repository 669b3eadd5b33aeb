"""The sheets of one scenario, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from apps.simulator.workbook.book import Scenario
from apps.simulator.workbook.formula import Ref
from apps.simulator.workbook.grid import Sheet
from apps.simulator.workbook.sheets.alliances import AllianceRefs, alliances_sheet
from apps.simulator.workbook.sheets.cash import CashRefs, cash_sheet
from apps.simulator.workbook.sheets.control import control_sheet
from apps.simulator.workbook.sheets.effects import EffectsRefs, effects_sheet
from apps.simulator.workbook.sheets.hypotheses import HypothesisRefs, hypotheses_sheet
from apps.simulator.workbook.sheets.lines import WRITERS
from apps.simulator.workbook.sheets.months import fill_years, months_sheet
from apps.simulator.workbook.sheets.pillars import barycentre, ends, kind
from apps.simulator.workbook.sheets.start import BaseRefs, SettingsRefs
from apps.simulator.workbook.sheets.uncertainty import uncertainty_sheet
from apps.simulator.workbook.sheets.years import YearsRefs, years_sheet


@dataclass(frozen=True, slots=True)
class Group:
    """``mark``: the letter of its sheets, "" when the workbook has one scenario. ``gaps``: the sum of the differences."""

    mark: str
    scenario: Scenario
    sheets: list[Sheet]
    hypotheses: list[HypothesisRefs]
    effects: EffectsRefs
    cash: CashRefs
    years: YearsRefs
    alliances: list[AllianceRefs]
    gaps: Ref


def group(scenario: Scenario, mark: str, base: BaseRefs, settings: SettingsRefs) -> Group:
    plan = scenario.plan
    first, hypotheses = hypotheses_sheet(named("Hypothèses", mark), plan.hypotheses, base, settings)
    effects = effects_sheet(named("Effets", mark), hypotheses, base, settings, WRITERS)
    months = months_sheet(named("Mois", mark), base, settings, effects)
    fill_years(effects, months)
    cash = cash_sheet(named("Trésorerie", mark), base, settings, hypotheses, effects, months)
    years = years_sheet(
        named("Années", mark), base, settings, effects, months, cash, (kind, barycentre, ends)
    )
    sheet, alliances = alliances_sheet(
        named("Alliances", mark), hypotheses, base, effects, years, plan.settings.years
    )
    control, gaps = control_sheet(named("Contrôle", mark), scenario.projection, years, cash, alliances)
    sheets = [first, effects.sheet, years.sheet, months.sheet, cash.sheet, sheet]
    if scenario.band is not None or scenario.swings:
        sheets.append(uncertainty_sheet(named("Incertitude", mark), scenario, base))
    sheets.append(control)
    return Group(mark, scenario, sheets, hypotheses, effects, cash, years, alliances, gaps)


def named(title: str, mark: str) -> str:
    return f"{title} {mark}".strip()
