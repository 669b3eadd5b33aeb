"""Whether a hypothesis can be counted, and what deserves a look (pure). Sentences in French, ready to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from apps.core.typography import euros, nbsp
from apps.simulator.moves import timing
from apps.simulator.plan import Base, Hypothesis, Settings
from apps.simulator.sorts import MONTHS, SORTS, YEARS, Quantity, Sort

LOWEST_RATE = Decimal(-100)
LONGEST = {MONTHS: 84, YEARS: 50}


@dataclass(frozen=True, slots=True)
class Fault:
    """``code``: the field to mend."""

    code: str
    sentence: str


def faults(said: Hypothesis) -> list[Fault]:
    """With any of them the hypothesis is left out of the calculation. [] when it can be counted."""
    sort = SORTS.get(said.sort)
    if sort is None:
        return [Fault("sort", nbsp("Choisissez de quelle sorte d’hypothèse il s’agit."))]
    found = list(_numbers(said, sort)) or [
        *_bounds(said, sort), *_quantities(said, sort), *_choices(said, sort), *_time(said, sort),
    ]  # fmt: skip
    return [Fault(code, nbsp(sentence)) for code, sentence in found]


def _numbers(said: Hypothesis, sort: Sort) -> Iterator[tuple[str, str]]:
    """NaN and infinities, which compare with nothing."""
    low, high = said.bounds
    labels = {one.code: one.label for one in sort.quantities}
    for code, value in {**said.amounts, "mid": said.mid, "low": low, "high": high}.items():
        if not value.is_finite():
            yield code, f"« {labels.get(code, sort.main.label)} » doit être un nombre."


def _bounds(said: Hypothesis, sort: Sort) -> Iterator[tuple[str, str]]:
    low, high = said.bounds
    if low > said.mid:
        yield "low", f"« Au plus bas » dépasse la valeur la plus probable de « {sort.main.label} »."
    if high < said.mid:
        yield "high", f"« Au plus haut » est sous la valeur la plus probable de « {sort.main.label} »."
    lowest = min(low, said.mid)
    if lowest < 0 and not sort.main.is_signed:
        yield "low" if said.mid >= 0 else "mid", f"« {sort.main.label} » ne peut pas être négatif."
    if sort.main.unit.startswith("%") and lowest < LOWEST_RATE:
        yield (
            "low" if said.mid >= LOWEST_RATE else "mid",
            f"« {sort.main.label} » ne descend pas sous −100 %.",
        )


def _quantities(said: Hypothesis, sort: Sort) -> Iterator[tuple[str, str]]:
    for one in sort.quantities:
        value = said.amounts.get(one.code)
        if value is None:
            if one.is_needed:
                yield one.code, f"Il manque « {one.label} » ({one.unit})."
        else:
            yield from _quantity(one, value)
    if said.sort == "investment" and said.amounts.get("borrowed") and not said.amounts.get("loan_years"):
        yield "loan_years", "Dites sur combien d’années l’emprunt se rembourse."


def _quantity(one: Quantity, value: Decimal) -> Iterator[tuple[str, str]]:
    if value < 0 and not one.is_signed:
        yield one.code, f"« {one.label} » ne peut pas être négatif."
    if one.unit == "%" and value < LOWEST_RATE:
        yield one.code, f"« {one.label} » ne descend pas sous −100 %."
    longest = LONGEST.get(one.unit)
    if longest is None:
        return
    if value != int(value):
        yield one.code, f"« {one.label} » est un nombre entier de {one.unit}."
    elif value > longest:
        yield one.code, f"« {one.label} » : {longest} {one.unit} au plus."
    elif one.is_needed and value < 1:
        yield one.code, f"« {one.label} » : 1 au moins."


def _choices(said: Hypothesis, sort: Sort) -> Iterator[tuple[str, str]]:
    for one in sort.choices:
        value = said.choices.get(one.code, "")
        if not value and one.is_needed:
            yield one.code, f"Choisissez « {one.label} »."
        elif value and value not in one.codes:
            yield one.code, f"« {one.label} » : cette ligne ne convient pas à cette sorte d’hypothèse."


def _time(said: Hypothesis, sort: Sort) -> Iterator[tuple[str, str]]:
    if said.lasts is None:
        if sort.lasts == "needed":
            yield "lasts", "Dites combien d’années dure la convention."
    elif said.lasts < 1:
        yield "lasts", "La durée est d’une année au moins ; vide, elle va jusqu’à la fin."


def remarks(said: Hypothesis, base: Base, settings: Settings) -> list[str]:
    """Counted all the same. For a hypothesis without fault."""
    found = []
    if not timing(said, base, settings).happens:
        found.append(f"Elle commence après {base.year + settings.years} : sans effet ici.")
    nature = said.choices.get("nature", "")
    if said.sort == "funder_lost" and said.bounds[1] * 100 > base.of(nature):
        found.append(
            f"Elle retire plus que la ressource n’a en {base.year} ({euros(Decimal(base.of(nature)) / 100)})."
        )
    if said.sort in ("activity", "indexation") and not base.of(nature or "ventes") and nature != "all_costs":
        if "concerned" not in said.amounts:
            found.append(f"La ligne choisie est à zéro en {base.year} : sans effet ici.")
    return [nbsp(sentence) for sentence in found]
