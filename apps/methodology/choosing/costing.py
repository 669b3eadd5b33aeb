"""What a hypothesis costs to put in place and who pays for it, in the words of an action (pure)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from apps.core.typography import euros, join_list, nbsp, number
from apps.methodology.simulation.reading import LABELS
from apps.simulator.plan import Hypothesis
from apps.simulator.sorts import SORTS

CENT = Decimal("0.01")


def of(one: Hypothesis, code: str) -> Decimal:
    return one.amounts.get(code, Decimal(0))


def a_post(one: Hypothesis) -> Decimal:
    """A whole year of its salary and of the employer’s share."""
    return one.mid * of(one, "fte") * (1 + of(one, "employer_rate") / 100)


# What its first whole year asks to be spent; sorts that ask nothing are left out.
COSTS: dict[str, Callable[[Hypothesis], Decimal]] = {
    "hiring": lambda one: max(Decimal(0), a_post(one)) + of(one, "once"),
    "investment": lambda one: one.mid,
    "giving": lambda one: of(one, "once") + of(one, "upkeep"),
    "pooling": lambda one: of(one, "once") + of(one, "upkeep"),
    "volunteering": lambda one: of(one, "upkeep"),
    "alliance": lambda one: of(one, "engineering") + of(one, "once"),
}


def cost(one: Hypothesis) -> str:
    """As the field « coût » keeps it; "" for none."""
    found = COSTS[one.sort](one).quantize(CENT) if one.sort in COSTS else Decimal(0)
    return f"{found.normalize():f}" if found else ""


def funding(one: Hypothesis) -> str:
    if one.sort == "hiring" and of(one, "aid"):
        nature = LABELS[one.choices.get("nature") or "subv_etat"]
        return nbsp(f"Aide au poste de {euros(of(one, 'aid'))} par an ({nature}), le reste par l’association")
    if one.sort == "investment":
        parts = [("emprunt", of(one, "borrowed")), ("subvention d’équipement", of(one, "granted"))]
        rest = one.mid - sum(amount for _, amount in parts)
        said = [f"{name} {euros(amount)}" for name, amount in (*parts, ("trésorerie", rest)) if amount > 0]
        text = join_list(said)
        return nbsp(text[:1].upper() + text[1:])
    return ""


def details(one: Hypothesis, *, with_cost: bool = True) -> list[str]:
    """Every other quantity that is written with its unit, what was chosen, and what « coût » holds."""
    sort = SORTS[one.sort]
    said = [
        f"{small(quantity.label)}\u00a0: {amount(value, quantity.unit)}"
        for quantity in sort.quantities
        if (value := one.amounts.get(quantity.code)) is not None
    ]
    said += [
        f"{small(choice.label)}\u00a0: {named(code)}"
        for choice in sort.choices
        if (code := one.choices.get(choice.code) or choice.default) and matters(one, choice.code)
    ]
    lines = [f"Avec {join_list(said)}."] if said else []
    if with_cost and one.sort in COSTS and cost(one) and one.sort != "investment":
        start = ", dépense de départ comprise" if of(one, "once") else ""
        lines.append(f"Le coût est celui de la première année entière{start}.")
    return lines


# A choice that has no effect while this quantity is empty.
ONLY_WITH = {
    ("hiring", "nature"): "aid",
    ("activity", "saved_on"): "cost_rate",
    ("alliance", "saved_on"): "avoided",
    ("alliance", "nature"): "levered",
}


def matters(one: Hypothesis, choice: str) -> bool:
    needed = ONLY_WITH.get((one.sort, choice))
    return needed is None or bool(of(one, needed))


def small(label: str) -> str:
    """Inside a sentence; « État » keeps its capital."""
    return label[:1].lower() + label[1:]


def named(code: str) -> str:
    return "toutes les charges, sauf les amortissements" if code == "all_costs" else small(LABELS[code])


def amount(value: Decimal, unit: str) -> str:
    word = "an" if unit == "ans" and abs(value) < 2 else unit
    return f"{number(value)}\u00a0{word}"
