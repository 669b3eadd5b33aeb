"""The lines added up, one pass, bounded memory: only totals by journal and account stay.

What could grow is capped: totals (``CELLS``), journals, entries still unbalanced (``OPEN``; a balanced entry is
forgotten at once, and may come back later: its next lines must balance too), entries set apart, lines remembered to
tell duplicates, distinct writings (``values.KEPT``).
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from operator import itemgetter

from apps.ledger.fec import diagnosis
from apps.ledger.fec.columns import Layout, plain
from apps.ledger.fec.shape import FecFault
from apps.ledger.fec.stream import Batch
from apps.ledger.fec.totals import Apart, Cells, Journal, Room
from apps.ledger.fec.values import (
    LABEL,
    MANAGED,
    OPENING_OR_CLOSING,
    RESULT,
    Amounts,
    Days,
    Sides,
    bare,
    true_text,
)
from apps.ledger.fec.words import euros, fault

JOURNALS, OPEN, APART, SEEN = 1_000, 250_000, 5_000, 1_000_000
TAIL = 8_000_000  # characters of one entry kept to take it back
CODE = 100  # characters of an entry’s number, of a journal’s code
SPECIAL = OPENING_OR_CLOSING | RESULT
EURO = frozenset(("", "EUR", "EURO", "EUROS", "€", "E", "\r", "EUR\r"))
CURRENCIES = 50
OPENING_JOURNAL = re.compile(r"anouveau|reports?(de|des)?soldes?|reprises?(de|des)soldes?|ouverture")
OPENING = re.compile(
    r"anouveau|reportdessoldes|reprisedessoldes|reprisesoldes?|soldes?douverture|bilandouverture|ouverturedelexercice"
)

Key = tuple[str, str]


def currency_code(raw: str) -> str:
    """Empty for the euro, however it is written."""
    code = bare(true_text(raw)).upper()[:20]
    return "" if code in EURO else code


class Tally:
    """``take`` every batch, then read the attributes. FecFault at the first line that cannot be read."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.currency = layout, layout.currency
        self.pick = itemgetter(
            layout.journal,
            layout.number,
            layout.day,
            layout.account,
            layout.account_label,
            layout.debit,
            layout.credit,
        )
        self.amounts, self.sides, self.days = Amounts(), Sides(), Days()
        self.room = Room()
        self.journals: dict[str, Journal] = {}
        self.apart: dict[Key, Apart] = {}
        self.open: dict[Key, tuple[int, int]] = {}  # entry → (debit − credit so far, line of its last one)
        self.lines = self.entries = self.gap = 0
        self.first, self.last = date.max, date.min
        self.first_line = self.last_line = self.end_line = 0
        self.unnumbered, self.unnumbered_line = 0, 0
        self.negatives, self.negative_line = 0, 0
        self.foreign: Counter[str] = Counter()  # entries in another currency
        self.seen: set[int] = set()
        self.duplicates, self.duplicate_line = 0, 0
        self.formula_line = 0
        self.width, self.trailing = layout.width, False
        # The entry being read, from one batch to the next; the impossible journal makes the first line open one.
        self.key: Key = ("\0", "\0")
        self.written = "\0"
        self.cells = Cells(self.room)
        self.balance = self.flags = 0
        self.started: date = date.min
        self.tail: list[str] | None = []  # its lines of earlier batches; None: too long to be a closing
        self.tail_size = 0

    def take(self, batch: Batch) -> None:
        """Add a batch. One long function on purpose: a call a line would cost as much as all the rest."""
        layout = self.layout
        separator, width, pick, section = layout.separator, self.width, self.pick, layout.section
        signed = layout.variant == "montant_sens"
        amounts, sides = self.amounts, self.sides
        (journal, entry), written = self.key, self.written
        cells, balance, flags = self.cells, self.balance, self.flags
        lines, number, start = batch.lines, batch.before, 0
        fields: list[str] | None = None
        blank = 0
        try:
            self.compare(lines, number)
            if batch.formulas and not self.formula_line:
                self.formula_line = self.find_formula(lines, number)
            for line in lines:
                number += 1
                fields = line.split(separator)
                if len(fields) != width:
                    if self.is_blank(fields):
                        blank += 1
                        continue
                    width = self.width
                line_journal, line_entry, day, account, label, debit, credit = pick(fields)
                if line_entry != entry or line_journal != journal or day != written:
                    if line_entry != entry or line_journal != journal:
                        end = number - batch.before - 1
                        if balance or flags & SPECIAL or self.open or self.tail_size:
                            self.close(balance, flags, number - 1, lines[start:end])
                        journal, entry, written, start, balance, flags = (
                            line_journal,
                            line_entry,
                            day,
                            end,
                            0,
                            0,
                        )
                        cells = self.begin(journal, entry, day, fields, number)
                    else:
                        written = day
                        self.extend(self.journals[journal], self.days[day], number)
                cell = cells[account]
                if signed:
                    d, c = sides[debit, credit]
                else:
                    d, c = amounts[debit], amounts[credit]
                if d > 0 and not c:
                    cell.debit += d
                    balance += d
                elif c > 0 and not d:
                    cell.credit += c
                    balance -= c
                else:
                    self.odd(d, c, number)
                    cell.debit += d
                    cell.credit += c
                    balance += d - c
                flags |= cell.flags
                if label > "\r":  # an empty last column ends with the line’s own return
                    cell.label = label[:LABEL]  # the same text, unless it is a monster
                if section is not None:
                    cells.divide(cell, fields[section], d, c)
        except FecFault as met:
            raise diagnosis.located(met, layout, fields or [], number, cut=batch.cut) from None
        self.lines += len(lines) - blank
        self.written, self.balance, self.flags, self.end_line = written, balance, flags, number
        if self.tail is not None:
            self.tail += lines[start:]
            self.tail_size += sum(map(len, lines[start:]))
            if self.tail_size > TAIL:
                self.tail = None

    def finish(self) -> None:
        """After the last batch."""
        self.close(self.balance, self.flags, self.end_line, [])

    def is_blank(self, fields: list[str]) -> bool:
        """For a line of another width. FecFault, unless it is blank, or the first and empty one column too far.

        The first line decides: an empty column at the end of some lines only would hide a separator in a label.
        """
        if len(fields) == 1 and not fields[0].strip("\r\x1a "):
            return True
        if self.journals or len(fields) != self.width + 1 or fields[-1].strip():
            raise diagnosis.wrong_width(fields, self.layout, self.width)
        self.width, self.trailing = self.width + 1, True
        return False

    def odd(self, debit: int, credit: int, number: int) -> None:
        if debit and credit:
            raise fault("both_sides", debit=euros(debit), credit=euros(credit))
        if debit or credit:
            self.negatives += 1
            self.negative_line = self.negative_line or number

    def begin(self, code: str, entry: str, written: str, fields: list[str], number: int) -> Cells:
        """The cells that the lines of an entry go to, at its first line or when it comes back."""
        day = self.started = self.days[written]
        journal = self.journals.get(code)
        if len(entry) > CODE:
            raise fault("long_value", column="EcritureNum", limit=CODE)
        if journal is None:
            journal = self.new_journal(code, entry, day, fields)
        if not journal.first <= day <= journal.last:
            self.extend(journal, day, number)
        if entry == journal.first_entry:
            journal.restarts.add(day.year * 12 + day.month)
        if self.currency is not None and (currency := fields[self.currency]) not in EURO:
            self.foreign[currency_code(currency) if len(self.foreign) < CURRENCIES else "…"] += 1
        key = self.key = (code, entry)
        if entry < "!" and not entry.strip():
            self.unnumbered += 1
            self.unnumbered_line = self.unnumbered_line or number
        if not self.open or key not in self.open:  # else one that was left unbalanced earlier
            self.entries += 1
        if self.apart and key in self.apart:
            self.cells = self.apart[key].cells
        elif day.day == 1 and not journal.opening and self.opening_label(entry, fields):
            self.apart[key] = Apart(number, day, Cells(self.room), labelled=True)
            self.cells = self.apart[key].cells
        else:
            self.cells = journal.cells
        return self.cells

    def opening_label(self, entry: str, fields: list[str]) -> bool:
        """Whether an entry of the first of a month says that it brings balances forward, outside a journal of its own."""
        place = self.layout.entry_label
        if place is None or not entry.strip() or len(self.apart) >= APART:
            return False
        return bool(OPENING.search(plain(true_text(fields[place]))))

    def new_journal(self, code: str, entry: str, day: date, fields: list[str]) -> Journal:
        if len(self.journals) >= JOURNALS:
            raise fault("too_many_journals", limit=JOURNALS)
        if len(code) > CODE:
            raise fault("long_value", column="JournalCode", limit=CODE)
        place = self.layout.journal_label
        label = "" if place is None else fields[place][:LABEL]
        opening = bool(OPENING_JOURNAL.search(plain(true_text(label))))
        # Its days are to be extended at once: the file's are, with them.
        self.journals[code] = Journal(code, label, Cells(self.room), date.max, date.min, entry, opening)
        return self.journals[code]

    def extend(self, journal: Journal, day: date, number: int) -> None:
        """A day outside those of its journal so far: only then can it be outside those of the file."""
        journal.first, journal.last = min(journal.first, day), max(journal.last, day)
        if day < self.first:
            self.first, self.first_line = day, number
        if day > self.last:
            self.last, self.last_line = day, number

    def close(self, balance: int, flags: int, line: int, lines: list[str]) -> None:
        """The lines of an entry that follow each other are over; ``lines``: those of this batch."""
        key = self.key
        if flags & OPENING_OR_CLOSING or (flags & RESULT and flags & MANAGED):
            self.set_apart(key, line, lines)
        if self.tail_size:
            self.tail, self.tail_size = [], 0
        if not balance and key not in self.open:
            return
        if not key[1].strip():
            self.gap += balance
            return
        balance += self.open.pop(key, (0, 0))[0]
        if balance:
            if len(self.open) >= OPEN:
                raise fault("too_many_open", line, limit=OPEN)
            self.open[key] = (balance, line)

    def set_apart(self, key: Key, line: int, lines: list[str]) -> None:
        """Take back an entry that looks like a closing. Beyond the caps it stays: ``verdict`` then sees a year at zero."""
        if key in self.apart or not key[1].strip() or self.tail is None or len(self.apart) >= APART:
            return
        apart = self.apart[key] = Apart(line, self.started, Cells(self.room), labelled=False)
        for one in (*self.tail, *lines):
            fields = one.split(self.layout.separator)
            if len(fields) >= self.layout.width:  # else a blank line: the others have been read already
                self.move(fields, self.cells, apart.cells)

    def move(self, fields: list[str], source: Cells, target: Cells) -> None:
        layout = self.layout
        debit, credit = fields[layout.debit], fields[layout.credit]
        if layout.variant == "montant_sens":
            d, c = self.sides[debit, credit]
        else:
            d, c = self.amounts[debit], self.amounts[credit]
        for cells, sign in ((source, -1), (target, 1)):
            cell = cells[fields[layout.account]]
            cell.debit += sign * d
            cell.credit += sign * c
            cell.label = fields[layout.account_label][:LABEL] or cell.label
            if layout.section is not None:
                cells.divide(cell, fields[layout.section], sign * d, sign * c)

    def find_formula(self, lines: list[str], before: int) -> int:
        """The first line with such a value; 0 when it was in the titles."""
        marks = tuple(self.layout.separator + one for one in "=@")
        return next((n for n, line in enumerate(lines, before + 1) if any(mark in line for mark in marks)), 0)

    def compare(self, lines: list[str], before: int) -> None:
        """Count the lines already met, by their hashes: all of them up to ``SEEN``, none beyond."""
        hashes = set(map(hash, lines))
        if len(hashes) < len(lines) or not self.seen.isdisjoint(hashes):
            met: set[int] = set()
            for number, line in enumerate(lines, before + 1):
                key = hash(line)
                if (key in met or key in self.seen) and line.strip():
                    self.duplicates += 1
                    self.duplicate_line = self.duplicate_line or number
                met.add(key)
        if len(self.seen) < SEEN:
            self.seen |= hashes
