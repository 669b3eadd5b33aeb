"""Accounts added up by nature, to the cent (pure). Nothing is dropped: what has no nature is listed with its amount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from apps.ledger.chart.natures import NATURES
from apps.ledger.chart.rules import Chart, Placing

GROUPS = ("6", "7", "86", "87")  # the other accounts are those of the balance, or outside


class AccountLike(Protocol):
    """``opening``, ``debit``, ``credit``: cents; ``opening`` is debit − credit, apart from the two others."""

    @property
    def number(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def opening(self) -> int: ...
    @property
    def debit(self) -> int: ...
    @property
    def credit(self) -> int: ...


# Charges and income moved to the year they belong to: nobody owes them, they are never paid.
SHIFTED = ("481", "486", "487")


@dataclass(frozen=True, slots=True)
class Line:
    """``amount``: cents in the normal sense of the nature; without nature, credits of 7 and 87, debits of the others.

    A discount granted (709) is negative among the resources, a refund (649) negative among the costs.
    """

    number: str
    label: str
    amount: int
    placing: Placing


@dataclass(frozen=True, slots=True)
class Statement:
    """``totals``: nature → cents, for the natures that some account has. ``lines``: every account, by number; ``unmapped``:
    those of them without nature.

    ``result``: of the file itself, resources less costs, without natures nor what is in kind. ``gap``: cents of the
    file's own classes that totals and unmapped do not explain; 0, unless something is wrong. ``booked_result``: what
    account 12 says of the same year, None when it says nothing. ``receivables``, ``payables``: by the sign of each
    account of class 4, ``SHIFTED`` aside; None without any. ``sections``: code → nature → cents; ``unmapped_sections``: code → cents.
    """

    totals: dict[str, int]
    lines: list[Line]
    unmapped: list[Line]
    result: int
    gap: int
    sections: dict[str, dict[str, int]] = field(default_factory=dict)
    unmapped_sections: dict[str, int] = field(default_factory=dict)
    booked_result: int | None = None
    receivables: int | None = None
    payables: int | None = None

    @property
    def resources(self) -> int:
        return self.of_side("resource")

    @property
    def costs(self) -> int:
        return self.of_side("cost")

    @property
    def treasury(self) -> int | None:
        """Closing balance of class 5, overdrafts taken off; None without such an account."""
        return self.totals.get("treasury")

    @property
    def booked_gap(self) -> int | None:
        """Account 12 less the result; None when account 12 says nothing."""
        return None if self.booked_result is None else self.booked_result - self.result

    def of_side(self, side: str) -> int:
        return sum(cents for nature, cents in self.totals.items() if NATURES[nature].side == side)


def state(
    accounts: Iterable[AccountLike],
    chart: Chart,
    corrections: Mapping[str, str] | None = None,
    sections: Mapping[tuple[str, str], tuple[int, int]] | None = None,
) -> Statement:
    """``sections``: (account, analytic code) → (debit, credit). An account given twice counts twice."""
    known = list(accounts)
    lines = [place(one, chart, corrections) for one in sorted(known, key=order)]
    totals: dict[str, int] = {}
    for line in lines:
        if line.placing.nature is not None:
            totals[line.placing.nature] = totals.get(line.placing.nature, 0) + line.amount
    unmapped = [line for line in lines if line.placing.nature is None]
    by_nature, lost = split(sections or {}, lines, chart, corrections)
    result = -sum(net(one) for one in known if one.number[:1] in ("6", "7"))
    third = [net(one) for one in known if one.number[:1] == "4" and not one.number.startswith(SHIFTED)]
    return Statement(
        totals=totals,
        lines=lines,
        unmapped=unmapped,
        result=result,
        gap=gap(known, totals, unmapped),
        sections=by_nature,
        unmapped_sections=lost,
        booked_result=booked([one for one in known if one.number.startswith("12")], result),
        receivables=sum(cents for cents in third if cents > 0) if third else None,
        payables=-sum(cents for cents in third if cents < 0) if third else None,
    )


def order(account: AccountLike) -> tuple[str, str]:
    return account.number, account.label


def net(account: AccountLike) -> int:
    """Debit − credit, the opening included: the closing balance of an account."""
    return account.opening + account.debit - account.credit


def place(account: AccountLike, chart: Chart, corrections: Mapping[str, str] | None) -> Line:
    placing = chart.classify(account.number, account.label, corrections)
    return Line(account.number, account.label, net(account) * sign(account.number, placing), placing)


def sign(number: str, placing: Placing) -> int:
    """1 when the amount is debit − credit, −1 when it is credit − debit."""
    if placing.nature is not None:
        return -NATURES[placing.nature].sign
    return -1 if number.startswith(("7", "87")) else 1


def group(number: str) -> str:
    return next((prefix for prefix in GROUPS if number.startswith(prefix)), "")


def gap(accounts: list[AccountLike], totals: Mapping[str, int], unmapped: list[Line]) -> int:
    """Both sides are added up apart, by resources, costs, uses and sources in kind, and all the rest."""
    left = dict.fromkeys((*GROUPS, ""), 0)
    for account in accounts:
        left[group(account.number)] += net(account)
    sides = {"cost": "6", "resource": "7", "in_kind_use": "86", "in_kind": "87"}
    for nature, cents in totals.items():
        left[sides.get(NATURES[nature].side, "")] += cents * NATURES[nature].sign
    for line in unmapped:
        left[group(line.number)] -= line.amount * sign(line.number, line.placing)
    return sum(abs(cents) for cents in left.values())


def booked(accounts: list[AccountLike], result: int) -> int | None:
    """The result of last year may still be there: without movement it is alone, with some it may be counted in."""
    if not any(one.debit or one.credit for one in accounts):
        return None
    closing = -sum(net(one) for one in accounts)
    added = closing + sum(one.opening for one in accounts)
    if not closing:
        return None
    return added if added == result else closing


def split(
    sections: Mapping[tuple[str, str], tuple[int, int]],
    lines: list[Line],
    chart: Chart,
    corrections: Mapping[str, str] | None,
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    placed = {line.number: line.placing for line in lines}
    found: dict[str, dict[str, int]] = {}
    lost: dict[str, int] = {}
    for (number, code), (debit, credit) in sorted(sections.items()):
        placing = placed.get(number) or chart.classify(number, "", corrections)
        cents = (debit - credit) * sign(number, placing)
        if placing.nature is None:
            lost[code] = lost.get(code, 0) + cents
        else:
            part = found.setdefault(code, {})
            part[placing.nature] = part.get(placing.nature, 0) + cents
    return found, lost
