"""The lines that each of the twelve sorts writes in « Effets » (docs/simulateur.md § 3)."""

from __future__ import annotations

from collections.abc import Callable

from apps.simulator.plan import COSTS
from apps.simulator.workbook import words
from apps.simulator.workbook.formula import when
from apps.simulator.workbook.sheets.effects import Writer
from apps.simulator.workbook.sheets.hypotheses import HypothesisRefs


def funder_won(w: Writer, one: HypothesisRefs) -> None:
    w.annual(one, one.nature, one.value, paying="delay", grows=True)


def funder_lost(w: Writer, one: HypothesisRefs) -> None:
    w.annual(one, one.nature, 0 - one.value, paying="delay", grows=True)


def agreement(w: Writer, one: HypothesisRefs) -> None:
    w.annual(one, one.nature, one.value, paying="agreement", grows=True)


def indexation(w: Writer, one: HypothesisRefs) -> None:
    codes: tuple[str, ...] = (one.nature,)
    if one.nature == words.ALL_COSTS:
        codes = tuple(code for code in COSTS if code != "depreciation")
    for code in codes:
        w.indexed(one, code)


def hiring(w: Writer, one: HypothesisRefs) -> None:
    cost = one.value * one.amount("fte") * (1 + one.rate("employer_rate"))
    w.annual(one, "payroll", cost, grows=True)
    w.once(one, "outside_services", one.amount("once"))
    w.annual(one, one.nature, one.amount("aid"), paying="delay", grows=True, about="aide au poste")


def activity(w: Writer, one: HypothesisRefs) -> None:
    typed, volume = one.amount("concerned"), one.value / 100
    concerned = when(typed.is_("=", ""), w.base.cells[one.nature], typed)
    w.annual(one, one.nature, concerned * ((1 + one.rate("price")) * (1 + volume) - 1), paying="delay")
    w.annual(one, one.saved_on, concerned * volume * one.rate("cost_rate"))


def membership(w: Writer, one: HypothesisRefs) -> None:
    w.annual(one, "cotisations", one.value * one.amount("each"))


def giving(w: Writer, one: HypothesisRefs) -> None:
    w.annual(one, one.nature, one.value, paying="delay", grows=True)
    w.once(one, "outside_services", one.amount("once"))
    w.annual(one, "outside_services", one.amount("upkeep"), grows=True, about="collecte")


def pooling(w: Writer, one: HypothesisRefs) -> None:
    spared = w.annual(one, one.saved_on, 0 - one.value, grows=True, about="évité")
    w.annual(one, "outside_services", one.amount("upkeep"), grows=True, about="votre part")
    w.once(one, "outside_services", one.amount("once"))
    w.memory(spared, "avoided")


def volunteering(w: Writer, one: HypothesisRefs) -> None:
    w.annual(one, "volunteer_hours", one.value, paying="never", side="memo")
    worth = one.value * w.settings.cells["hour_value"]
    w.annual(one, "volunteer_value", worth, paying="never", side="memo")
    w.annual(one, "outside_services", one.amount("upkeep"), about="accueil")


def investment(w: Writer, one: HypothesisRefs) -> None:
    worn, lent = one.amount("term") * 12, one.amount("loan_years") * 12
    w.shared(one, "depreciation", one.value, "worn", worn)
    w.shared(one, "autres_produits", one.amount("granted"), "worn", worn, "reprise de la subvention")
    w.shared(one, "other_costs", one.amount("borrowed"), "interest", lent, "intérêts")
    w.annual(one, "services", one.amount("upkeep"), about="entretien")


def alliance(w: Writer, one: HypothesisRefs) -> None:
    share = one.value / 100
    spared = w.annual(one, one.saved_on, 0 - share * one.amount("avoided"), about="évité")
    w.annual(one, one.nature, share * one.amount("levered"), paying="delay", about="mobilisé")
    w.annual(one, "outside_services", one.amount("engineering"), about="ingénierie")
    w.once(one, "outside_services", one.amount("once"))
    w.memory(spared, "avoided")
    w.annual(one, "given", share * one.amount("given"), paying="never", side="memo")


WRITERS: dict[str, Callable[[Writer, HypothesisRefs], None]] = {
    "funder_won": funder_won,
    "funder_lost": funder_lost,
    "agreement": agreement,
    "indexation": indexation,
    "hiring": hiring,
    "activity": activity,
    "membership": membership,
    "giving": giving,
    "pooling": pooling,
    "volunteering": volunteering,
    "investment": investment,
    "alliance": alliance,
}
