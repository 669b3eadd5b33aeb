"""An exercise that is there and the import that would take its place, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.ledger.chart.natures import NATURES
from apps.ledger.check import natural
from apps.ledger.models import AccountLine, Exercise
from apps.ledger.placing import euros
from apps.ledger.years import RESOURCES, ZERO, LedgerYear

SIDES = (("resource", "Ressources"), ("cost", "Charges"), ("in_kind", "En nature"), ("balance", "Bilan"))


@dataclass(frozen=True, slots=True)
class Pair:
    """``before``, ``after``: euros; None where one of them does not have the line."""

    title: str
    before: Decimal | None
    after: Decimal | None
    detail: str = ""

    @property
    def difference(self) -> Decimal:
        return (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    pairs: list[Pair]


def totals(before: LedgerYear, lines: Sequence[AccountLine]) -> Part:
    """Resources, costs and result, what has no nature included; None where a year typed by hand does not say."""
    known = before.finances()
    earned, spent = (
        euros(sum(natural(one) for one in lines if one.number.startswith(side))) for side in "76"
    )
    has_resources = before.is_complete or any(one in before.amounts for one in RESOURCES)
    return Part(
        "L’essentiel",
        [
            Pair(
                "Ressources", before.resources + before.unmapped_resources if has_resources else None, earned
            ),
            Pair("Charges", known.get("charges"), spent),
            Pair("Résultat", known.get("result"), earned - spent),
        ],
    )


def by_nature(exercise: Exercise, lines: Iterable[AccountLine]) -> list[Part]:
    """Every nature that one of the two has, by side; what has no nature at the end."""
    before = {one.nature: one.amount for one in exercise.natures.all() if not one.section}
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.nature] = sums.get(line.nature, 0) + line.amount
    after = {nature: euros(cents) for nature, cents in sums.items() if nature}
    parts = [Part(title, pairs_of(side, before, after)) for side, title in SIDES]
    lost = Pair(
        "Sans nature", exercise.unmapped, euros(sum(abs(one.amount) for one in lines if not one.nature))
    )
    if lost.before or lost.after:
        parts.append(Part("Reste", [lost]))
    return [part for part in parts if part.pairs]


def pairs_of(side: str, before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> list[Pair]:
    found = [(code, one.label) for code, one in NATURES.items() if one.side == side]
    pairs = [Pair(label, before.get(code), after.get(code)) for code, label in found]
    return [pair for pair in pairs if pair.before or pair.after]


def by_account(before: Iterable[AccountLine], after: Iterable[AccountLine]) -> list[Pair]:
    """The accounts that differ, in amount or in nature."""
    old, new = ({line.number: line for line in lines} for lines in (before, after))
    pairs = []
    for number in sorted({*old, *new}):
        was, now = old.get(number), new.get(number)
        if was and now and (was.amount, was.nature) == (now.amount, now.nature):
            continue
        one = now or was
        assert one
        title = f"{number} {one.label}".strip()
        pairs.append(Pair(title, amount(was), amount(now), detail(was, now)))
    return pairs


def amount(line: AccountLine | None) -> Decimal | None:
    return None if line is None else euros(line.amount)


def detail(was: AccountLine | None, now: AccountLine | None) -> str:
    if was is None or now is None:
        return "Nouveau" if now else "Absent"
    if was.nature == now.nature:
        return ""
    names = (NATURES[one].label if one in NATURES else "sans nature" for one in (was.nature, now.nature))
    return " → ".join(names)
