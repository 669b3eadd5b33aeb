"""What each activity costs in full, who pays for it and what it brings (pure; amounts are euros to the cent).

Nothing is lost to the cent, and the order in which activities or natures are given changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Amounts = Mapping[str, Decimal]
Key = Literal["direct", "equal", "payroll"]
ZERO = Decimal("0.00")
PAYROLL = "payroll"


@dataclass(frozen=True, slots=True)
class Activity:
    """Nature → euros. ``shared``: its part of the common costs."""

    code: str
    direct: Amounts
    shared: Amounts
    resources: Amounts

    @property
    def direct_cost(self) -> Decimal:
        return total(self.direct)

    @property
    def share(self) -> Decimal:
        return total(self.shared)

    @property
    def full_cost(self) -> Decimal:
        return self.direct_cost + self.share

    @property
    def paid(self) -> Decimal:
        """All the resources attached to it."""
        return total(self.resources)

    @property
    def brings(self) -> Decimal:
        """Resources less full cost; negative when the others carry it."""
        return self.paid - self.full_cost


@dataclass(frozen=True, slots=True)
class Model:
    """Largest full cost first. ``common``: costs that were split. ``loose``: resources attached to no activity."""

    activities: tuple[Activity, ...]
    common: Amounts
    loose: Amounts

    @property
    def cost(self) -> Decimal:
        return sum((one.full_cost for one in self.activities), ZERO)

    @property
    def resources(self) -> Decimal:
        return sum((one.paid for one in self.activities), ZERO) + total(self.loose)

    @property
    def result(self) -> Decimal:
        return self.resources - self.cost


def total(amounts: Amounts) -> Decimal:
    return sum(amounts.values(), ZERO)


def split(amount: Decimal, weights: Amounts) -> dict[str, Decimal]:
    """``amount`` in proportion to ``weights``, to the cent: what rounding leaves goes to the largest remainders.

    Equal remainders: the heavier first, then by name. Equal parts when every weight is zero.
    ValueError without anybody, for a negative weight, or for an amount with a fraction of a cent.
    """
    cents = _cents(amount)
    if not weights or any(weight < 0 for weight in weights.values()):
        raise ValueError("weights are needed, none below zero")
    whole = sum((Fraction(weight) for weight in weights.values()), Fraction())
    parts = {name: Fraction(w) / whole if whole else Fraction(1, len(weights)) for name, w in weights.items()}
    exact = {name: abs(cents) * part for name, part in parts.items()}
    given = {name: int(value) for name, value in exact.items()}
    waiting = sorted(exact, key=lambda name: (given[name] - exact[name], -parts[name], name))
    for name in waiting[: abs(cents) - sum(given.values())]:
        given[name] += 1
    sign = -1 if cents < 0 else 1
    return {name: Decimal(sign * given[name]).scaleb(-2) for name in weights}


def _cents(amount: Decimal) -> int:
    cents = amount.scaleb(2)
    if cents != cents.to_integral_value():
        raise ValueError("an amount has two decimals")
    return int(cents)


def weights_of(activities: Mapping[str, Amounts], costs: Collection[str], key: Key) -> dict[str, Decimal]:
    """Of each activity, by its direct costs, by its payroll, or one for each; a cost below zero weighs nothing."""
    if key == "equal":
        return dict.fromkeys(activities, Decimal(1))
    counted = [PAYROLL] if key == "payroll" else costs
    return {code: max(total(_of(amounts, counted)), ZERO) for code, amounts in activities.items()}


def model(
    activities: Mapping[str, Amounts],
    common: Amounts,
    *,
    costs: Collection[str],
    key: Key | Amounts = "direct",
) -> Model:
    """``activities``: activity → nature → euros, costs (the natures of ``costs``) and resources (all others) together.

    ``common``: what belongs to no activity; its costs are split by ``key``, nature by nature, its resources stay apart.
    A mapping as ``key``: the weight of each activity. ValueError without any activity.
    """
    weights = dict(key) if isinstance(key, Mapping) else weights_of(activities, costs, key)
    shared: dict[str, dict[str, Decimal]] = {code: {} for code in activities}
    to_split = _of(common, costs)
    for nature, amount in to_split.items():
        for code, part in split(amount, {code: weights[code] for code in activities}).items():
            if part:
                shared[code][nature] = part
    made = [
        Activity(code, _of(amounts, costs), shared[code], _but(amounts, costs))
        for code, amounts in activities.items()
    ]
    return Model(
        tuple(sorted(made, key=lambda one: (-one.full_cost, one.code))), to_split, _but(common, costs)
    )


def rest(whole: Amounts, parts: Iterable[Amounts]) -> dict[str, Decimal]:
    """What ``whole`` holds that no part holds, nature by nature; natures without anything are left out."""
    left = dict(whole)
    for part in parts:
        for nature, amount in part.items():
            left[nature] = left.get(nature, ZERO) - amount
    return {nature: amount for nature, amount in left.items() if amount}


def _of(amounts: Amounts, natures: Collection[str]) -> dict[str, Decimal]:
    return {nature: amount for nature, amount in amounts.items() if nature in natures}


def _but(amounts: Amounts, natures: Collection[str]) -> dict[str, Decimal]:
    return {nature: amount for nature, amount in amounts.items() if nature not in natures}
