"""What a reading gives, and how a file is refused. Amounts are whole cents; texts are French, for people."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Variant = Literal["debit_credit", "montant_sens"]


class FecFault(Exception):  # noqa: N818 - the contract’s name: a fault of the file, not of the program
    """A file that cannot be read: nothing of it is kept. ``line`` counts from 1, the header included."""

    def __init__(self, code: str, reason: str, remedy: str, line: int | None = None) -> None:
        super().__init__(code, reason, remedy, line)
        self.code, self.reason, self.remedy, self.line = code, reason, remedy, line

    def __str__(self) -> str:
        place = "" if self.line is None else f"Ligne\u00a0{self.line}\u00a0: "
        return f"{place}{self.reason} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something accepted, that people must know."""

    code: str
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """One account. ``opening``: debit − credit of the opening entries, which ``debit`` and ``credit`` leave out."""

    number: str
    label: str
    opening: int
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Debit − credit at the end of the exercise, opening included."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Reading:
    """The totals of one file. ``lines`` counts the lines of entries, without the header nor blank lines.

    ``sections``: (account, analytic code) → (debit, credit), opening left out; empty without an analytic column.
    """

    accounts: dict[str, Account]
    sections: dict[tuple[str, str], tuple[int, int]]
    lines: int
    entries: int
    first_day: date
    last_day: date
    encoding: str
    separator: str
    variant: Variant
    warnings: list[Remark] = field(default_factory=list)

    @property
    def starts_on(self) -> date:
        """First day of the exercise: the first of the month of the first entry."""
        return self.first_day.replace(day=1)

    @property
    def ends_on(self) -> date:
        """Last day of the exercise: the end of the month of the last entry."""
        return self.last_day.replace(day=calendar.monthrange(self.last_day.year, self.last_day.month)[1])
