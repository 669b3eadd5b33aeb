"""The door of the parser: the line of titles, the batches, then the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from apps.ledger.fec import verdict
from apps.ledger.fec.columns import Layout, layout
from apps.ledger.fec.shape import Account, Reading, Remark
from apps.ledger.fec.stream import Batch, Charset, batches
from apps.ledger.fec.tally import Tally
from apps.ledger.fec.totals import PAIRS
from apps.ledger.fec.values import ANALYTIC, MANAGED, clean_label
from apps.ledger.fec.words import euros, excerpt, fault, remark


class Progress:
    """Whole percents of ``size``, each told once; 100 is for a file that has been read to its end."""

    def __init__(self, size: int, told: Callable[[int], None] | None) -> None:
        self.size, self.told, self.bytes, self.percent = size, told, 0, -1

    def seen(self, count: int) -> None:
        self.bytes += count
        if self.size > 0:
            self.tell(min(99, self.bytes * 100 // self.size))

    def tell(self, percent: int) -> None:
        if self.told is not None and percent > self.percent:
            self.percent = percent
            self.told(percent)


def read(source: BinaryIO, *, size: int = 0, progress: Callable[[int], None] | None = None) -> Reading:
    """Totals by account of a FEC. ``size`` in bytes lets ``progress`` (whole percents) move on the way. FecFault."""
    advance, charset = Progress(size, progress), Charset()
    advance.tell(0)
    tally: Tally | None = None
    for batch in batches(source, charset, advance.seen):
        if tally is None and not any(map(str.strip, batch.lines)):
            continue  # blank lines before the titles
        if tally is None:
            rest, titles = without_titles(batch)
            tally = Tally(titles)
            tally.take(rest)
        else:
            tally.take(batch)
    if tally is None:
        raise fault("empty")
    tally.finish()
    reading = conclude(tally, charset)
    advance.tell(100)
    return reading


def without_titles(batch: Batch) -> tuple[Batch, Layout]:
    """The first line that is not blank gives the titles."""
    place = next(place for place, line in enumerate(batch.lines) if line.strip())
    titles = layout(batch.lines[place].removesuffix("\r"))
    return replace(batch, lines=batch.lines[place + 1 :], before=place + 1), titles


def conclude(tally: Tally, charset: Charset) -> Reading:
    if not tally.lines:
        raise fault("header_only")
    form = tally.days.settle()
    first_day, last_day = verdict.exercise(tally)
    verdict.check_balance(tally)
    currency = verdict.check_currency(tally)
    year = verdict.check_year(tally)
    parts, told = verdict.parts(tally)
    verdict.check_result((part.role, cell) for part in parts for cell in part.cells.values())
    accounts, sections, analytic = added(parts, charset.single)
    if any(part.role == "closing" for part in parts) and closed_in_kind(accounts):
        accounts = {number: reopened(one) for number, one in accounts.items()}
        told.append(remark("closing_in_kind"))
    if tally.room.pairs > PAIRS:
        sections = {}
    remarks = [*tally.layout.remarks, *([remark("dates", form=form)] if form else [])]
    remarks += [*small(tally, charset), *currency, *year, *told, *classes(accounts, analytic)]
    return Reading(
        accounts=accounts,
        sections=sections,
        lines=tally.lines,
        entries=tally.entries,
        first_day=first_day,
        last_day=last_day,
        encoding=charset.name,
        separator=tally.layout.separator,
        variant=tally.layout.variant,
        warnings=remarks,
    )


def added(
    parts: list[verdict.Part], single: str
) -> tuple[dict[str, Account], dict[tuple[str, str], tuple[int, int]], dict[str, Account]]:
    """Accounts, sections, and the accounts of class 9 apart; closings are nowhere."""
    totals: dict[str, list[int]] = {}
    labels: dict[str, str] = {}
    sections: dict[tuple[str, str], tuple[int, int]] = {}
    flags: dict[str, int] = {}
    for part in parts:
        for cell in part.cells.values():
            number = cell.number
            flags[number] = cell.flags
            labels[number] = clean_label(cell.label, single) or labels.get(number, "")
            total = totals.setdefault(number, [0, 0, 0])
            if part.role == "closing":
                continue
            if part.role == "opening" and not cell.flags & MANAGED:
                total[0] += cell.net
                continue
            total[1] += cell.debit
            total[2] += cell.credit
            for raw, (debit, credit) in cell.sections.items():
                code = clean_label(raw, single, 80)
                if code and (debit or credit) and not cell.flags & ANALYTIC:
                    key = (number, code)
                    before = sections.get(key, (0, 0))
                    sections[key] = (before[0] + debit, before[1] + credit)
    made = {number: Account(number, labels[number], *totals[number]) for number in sorted(totals)}
    analytic = {number: one for number, one in made.items() if flags[number] & ANALYTIC}
    return {number: one for number, one in made.items() if number not in analytic}, sections, analytic


def closed_in_kind(accounts: dict[str, Account]) -> bool:
    """In-kind contributions are written once, 86 at the debit and 87 at the credit: both sides equal are a closing."""
    kind = [one for one in accounts.values() if one.number[:2] in ("86", "87") and one.debit]
    if not kind or any(one.debit != one.credit for one in kind):
        return False
    return sum(one.debit * (1 if one.number[:2] == "86" else -1) for one in kind) == 0


def reopened(one: Account) -> Account:
    if one.number[:2] == "86":
        return replace(one, credit=0)
    return replace(one, debit=0) if one.number[:2] == "87" else one


def small(tally: Tally, charset: Charset) -> list[Remark]:
    """What was mended or counted on the way."""
    found = []
    if charset.mixed:
        found.append(remark("encoding"))
    if tally.trailing:
        found.append(remark("trailing"))
    if tally.formula_line:
        found.append(remark("formula", tally.formula_line))
    if tally.negatives:
        found.append(remark("negative", tally.negative_line, count=tally.negatives))
    if tally.unnumbered:
        found.append(remark("unnumbered", tally.unnumbered_line, count=tally.unnumbered))
    if tally.duplicates:
        code = "duplicates" if tally.duplicates > 1 else "duplicate"
        found.append(remark(code, tally.duplicate_line, count=tally.duplicates))
    if tally.room.pairs > PAIRS and tally.layout.section is not None:
        found.append(remark("sections_dropped", 1, name=excerpt(tally.layout.titles[tally.layout.section])))
    return found


def classes(accounts: dict[str, Account], analytic: dict[str, Account]) -> list[Remark]:
    found = []
    if analytic:
        debit = sum(one.debit for one in analytic.values())
        found.append(remark("class_9", count=len(analytic), amount=euros(debit)))
    others = [one for one in accounts if one[0] == "8" and one[1] not in "67"]
    if others:
        found.append(remark("class_8", names=", ".join(others[:5]) + ("…" if len(others) > 5 else "")))
    return found
