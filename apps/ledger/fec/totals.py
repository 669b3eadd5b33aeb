"""Where the lines are added up: totals by account, within a journal or within one entry set apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from apps.ledger.fec.values import account_flags, account_number
from apps.ledger.fec.words import fault

CELLS = 100_000  # of one file, whatever the journals
SECTION = 200  # characters of an analytic code, as bytes of the file
PAIRS = 20_000  # (account, section): beyond, the column is no analytic code


class Cell:
    """Totals of one account, in cents; ``sections``: analytic code as written → [debit, credit]."""

    __slots__ = ("credit", "debit", "flags", "label", "number", "sections")

    def __init__(self, raw: str) -> None:
        self.number = account_number(raw)
        self.flags = account_flags(self.number)
        self.debit = self.credit = 0
        self.label = ""
        self.sections: dict[str, list[int]] = {}

    @property
    def net(self) -> int:
        return self.debit - self.credit


@dataclass(slots=True)
class Room:
    """What the whole file takes, against the caps."""

    cells: int = 0
    pairs: int = 0


class Cells(dict[str, Cell]):
    """Account as written → totals."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room

    def __missing__(self, raw: str) -> Cell:
        cell = Cell(raw)
        self.room.cells += 1
        if self.room.cells > CELLS:
            raise fault("too_many_accounts", limit=CELLS)
        self[raw] = cell
        return cell

    def divide(self, cell: Cell, section: str, debit: int, credit: int) -> None:
        """Add to an analytic section, unless the column has turned out to hold anything."""
        section = section[:SECTION].strip()
        if not section or self.room.pairs > PAIRS:
            return
        totals = cell.sections.get(section)
        if totals is None:
            totals = cell.sections[section] = [0, 0]
            self.room.pairs += 1
        totals[0] += debit
        totals[1] += credit

    @property
    def flags(self) -> int:
        """Of every account that has an amount here."""
        found = 0
        for cell in self.values():
            if cell.debit or cell.credit:
                found |= cell.flags
        return found


@dataclass(slots=True)
class Journal:
    code: str
    label: str
    cells: Cells
    first: date
    last: date
    first_entry: str
    opening: bool  # by its label
    restarts: set[int] = field(default_factory=set)  # months in which the first number begins an entry again


@dataclass(slots=True)
class Apart:
    """One entry that may be an opening or a closing: decided when the whole file is known."""

    line: int
    day: date
    cells: Cells
    labelled: bool
