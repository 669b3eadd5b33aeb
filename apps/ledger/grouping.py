"""What is kept of the accounts of a file (pure): totals by account, and of third parties by kind only.

An account of class 4 often bears the name of a person (411DUPONT): it is added to its first three digits, without label.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apps.ledger.chart.statement import SHIFTED, AccountLike

LONGEST_NUMBER, LONGEST_LABEL, LONGEST_SECTION = 40, 200, 60
SECTIONED = ("6", "7", "8")


@dataclass(frozen=True, slots=True)
class Kept:
    number: str
    label: str
    opening: int
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class Totals:
    """``receivables``, ``payables``: cents owed to the association and by it, account by account, before grouping;
    None without any account of third parties. ``sections``: (account, code) → (debit, credit).
    """

    accounts: list[Kept]
    receivables: int | None
    payables: int | None
    sections: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def plain(text: str, most: int) -> str:
    """Without the hidden characters that a database or a page refuses."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return " ".join("".join(shown).split())[:most]


def is_third_party(number: str) -> bool:
    return number.startswith("4")


def kept_number(number: str) -> str:
    bare = plain(number, LONGEST_NUMBER)
    return bare[:3] if is_third_party(bare) else bare


def group(accounts: Iterable[AccountLike], sections: Mapping[tuple[str, str], tuple[int, int]]) -> Totals:
    found: dict[str, Kept] = {}
    owed: list[int] = []
    for one in accounts:
        number = kept_number(one.number)
        if is_third_party(number) and not number.startswith(SHIFTED):
            owed.append(one.opening + one.debit - one.credit)
        found[number] = added(found.get(number), number, one)
    return Totals(
        [found[number] for number in sorted(found)],
        sum(amount for amount in owed if amount > 0) if owed else None,
        -sum(amount for amount in owed if amount < 0) if owed else None,
        group_sections(sections),
    )


def added(before: Kept | None, number: str, one: AccountLike) -> Kept:
    label = "" if is_third_party(number) else plain(one.label, LONGEST_LABEL)
    if before is None:
        return Kept(number, label, one.opening, one.debit, one.credit)
    return Kept(
        number,
        before.label or label,
        before.opening + one.opening,
        before.debit + one.debit,
        before.credit + one.credit,
    )


def group_sections(
    sections: Mapping[tuple[str, str], tuple[int, int]],
) -> dict[tuple[str, str], tuple[int, int]]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for (number, code), (debit, credit) in sections.items():
        key = (kept_number(number), plain(code, LONGEST_SECTION))
        if key[0].startswith(SECTIONED) and key[1]:
            before = found.get(key, (0, 0))
            found[key] = (before[0] + debit, before[1] + credit)
    return found
