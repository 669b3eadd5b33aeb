"""The end of « Années »: what no bank account sees, the barycentre, and what is owed at the end (docs/simulateur.md § 6)."""

from __future__ import annotations

from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.workbook.formula import Formula, added, call, cents, when
from apps.simulator.workbook.sheets.months import at
from apps.simulator.workbook.sheets.years import Writer

PATRONS = ("mecenat", "fondations")


def kind(w: Writer) -> None:
    """What no bank account sees."""
    w.section("Ce qui ne passe pas par le compte en banque")
    worth = cents(w.base.cells["volunteer_hours"] * w.settings.cells["hour_value"])
    w.line(
        "volunteer_hours", "Heures de bénévolat", memory(w, "volunteer_hours", w.base.cells["volunteer_hours"]), "number",
        w.base.cells["volunteer_hours"],
    )  # fmt: skip
    w.line("volunteer_value", "Valeur du bénévolat", memory(w, "volunteer_value", worth), "euros", worth)
    w.line(
        "in_kind",
        "Dons et prêts en nature",
        memory(w, "in_kind", w.base.cells["in_kind"]),
        "euros",
        w.base.cells["in_kind"],
    )
    w.line("given", "Apports non monétaires des alliances", memory(w, "given"), "euros")
    w.line("avoided", "Coûts évités", memory(w, "avoided"), "euros")
    w.line("levered", "Ressources mobilisées par les alliances", [levered(w, t) for t in w.years], "euros")


def memory(w: Writer, code: str, base: Formula | None = None) -> list[Formula]:
    found = w.effects.of(code, "memo")
    start = () if base is None else (base,)
    return [cents(added(*start, *(one.years[t - 1] for one in found))) for t in w.years]


def levered(w: Writer, t: int, *, beside_patrons: bool = False) -> Formula:
    """``beside_patrons``: without what is already counted as patronage or foundations."""
    found = [
        one
        for one in w.effects.effects
        if one.of.hypothesis.sort == "alliance" and one.side == "resource"
        and not (beside_patrons and one.code in PATRONS)
    ]  # fmt: skip
    return cents(added(*(one.years[t - 1] for one in found)))


def barycentre(w: Writer) -> None:
    w.section("Barycentre des trois piliers")
    counts = w.settings.cells["counts"]
    human: list[Formula] = []
    allied: list[Formula] = []
    financial: list[Formula] = []
    for t in w.years:
        human.append(call("MAX", 0, cents(w.of("payroll", t) + counts * w.of("volunteer_value", t))))
        others = levered(w, t, beside_patrons=True)
        patrons = w.of("mecenat", t) + w.of("fondations", t) + others
        spared = w.of("avoided", t) + counts * (w.of("in_kind", t) + w.of("given", t))
        allied.append(call("MAX", 0, cents(patrons + spared)))
        financial.append(call("MAX", 0, cents(w.of("total_resources", t) - patrons - w.of("payroll", t))))
    w.line("human", "Richesses humaines", human, "euros")
    w.line("financial", "Ressources financières", financial, "euros")
    w.line("alliances", "Alliances stratégiques", allied, "euros")
    whole: list[Formula] = [
        added(*(w.of(code, t) for code in ("human", "financial", "alliances"))) for t in w.years
    ]
    w.line("pillars", "Ensemble", whole, "euros")
    for code, title in (
        ("human", "Part des richesses humaines"),
        ("financial", "Part des ressources financières"),
        ("alliances", "Part des alliances stratégiques"),
    ):
        shares = [
            when(w.of("pillars", t).is_("=", 0), thirds(), w.of(code, t) / w.of("pillars", t))
            for t in w.years
        ]
        w.line(f"share_{code}", title, shares, "percent")


def thirds() -> Formula:
    return call("SUM", 1) / 3


def ends(w: Writer) -> None:
    """What is counted and not yet paid; and the law that money follows."""
    w.section("À la fin")
    months, cash = w.months, w.cash
    last = w.settings.settings.months
    due = {side: due_of(w, side) for side in ("resource", "cost")}
    w.figure("receivables_end", "Ce qu’on nous doit encore", due["resource"], "euros")
    w.figure("payables_end", "Ce que nous devons encore, emprunts exclus", due["cost"], "euros")
    worn = [
        months.effects[i]
        for i, one in enumerate(w.effects.effects)
        if one.sharing == "worn" and one.side == "resource"
    ]
    recovered = added(*(call("SUM", span) for span in worn))
    moved = {name: added(*(call("SUM", span) for span in spans)) for name, spans in cash.capital.items()}
    earned = call("SUM", w.refs.rows["results"]) + call("SUM", w.refs.rows["depreciation"]) - recovered
    bought = moved["borrowed"] + moved["granted"] - moved["bought"] - moved["repaid"]
    start = w.base.cells["treasury"] + w.base.cells["receivables"] - w.base.cells["payables"]
    left = w.refs.single["payables_end"] - w.refs.single["receivables_end"]
    law = cents(start + earned + bought + left - at(cash.treasury, last))
    w.figure("law", "L’argent se conserve : écart, qui doit être nul", law, "euros")


def due_of(w: Writer, side: str) -> Formula:
    """Counted in the months, less what moved, settlements of the start apart."""
    field, total, codes = (
        ("receivables", w.cash.receipts, RESOURCES)
        if side == "resource"
        else ("payables", w.cash.payments, tuple(code for code in COSTS if code != "depreciation"))
    )
    counted: list[Formula] = [call("SUM", w.months.base[code]) for code in codes]
    counted += [
        call("SUM", w.months.effects[place])
        for place, one in enumerate(w.effects.effects)
        if one.side == side and one.paying != "never"
    ]
    apart = ("borrowed", "granted") if side == "resource" else ("bought", "repaid")
    beside = added(*(call("SUM", span) for name in apart for span in w.cash.capital[name]))
    return cents(w.base.cells[field] + added(*counted) - (call("SUM", total) - beside))
