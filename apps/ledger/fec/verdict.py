"""What the whole file says once read: balanced or not, one exercise or two, openings and closings told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from apps.ledger.fec.columns import plain
from apps.ledger.fec.shape import FecFault, Remark
from apps.ledger.fec.tally import Tally
from apps.ledger.fec.totals import Apart, Cell, Cells, Journal
from apps.ledger.fec.values import FINANCIAL, MANAGED, OPENING_OR_CLOSING, RESULT, clean_label, true_text
from apps.ledger.fec.words import euros, excerpt, fault, french, remark

OPENING_CODE = re.compile(r"r?ano?[0-9]{0,4}|anouv.*|anv|rep(ort)?|ouv(erture)?")
CLOSING_WINDOW = 31  # days before the last one


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the totals and what they are."""

    cells: Cells
    role: str  # "opening" | "movement" | "closing"


def check_balance(tally: Tally) -> None:
    """FecFault at the entry left open whose last line comes first, or for the file when entries have no number."""
    if tally.open:
        raise unbalanced(tally)
    if tally.gap:
        debit = sum(cell.debit for cells in every(tally) for cell in cells.values())
        credit = sum(cell.credit for cells in every(tally) for cell in cells.values())
        raise fault(
            "unbalanced_file", debit=euros(debit), credit=euros(credit), gap=euros(abs(debit - credit))
        )


def every(tally: Tally) -> Iterator[Cells]:
    yield from (journal.cells for journal in tally.journals.values())
    yield from (apart.cells for apart in tally.apart.values())


def unbalanced(tally: Tally) -> FecFault:
    (journal, entry), (gap, line) = min(tally.open.items(), key=lambda one: one[1][1])
    count = len(tally.open)
    if count > 20 and count > tally.lines // 2:
        return fault("entry_by_line", line, count=count, gap=euros(abs(gap)))
    total = sum(one for one, _ in tally.open.values()) + tally.gap
    more = f" ({count} écritures sont dans ce cas)" if count > 1 else ""
    if total:
        more += f" ; le fichier entier a un écart de {euros(abs(total))}"
    last = count == 1 and line >= tally.end_line
    return fault(
        "unbalanced_end" if last else "unbalanced_entry",
        line,
        entry=excerpt(true_text(entry)),
        journal=excerpt(true_text(journal)),
        gap=euros(abs(gap)),
        more=more.replace(" ;", "\u202f;"),
    )


def check_currency(tally: Tally) -> list[Remark]:
    foreign = {code: count for code, count in tally.foreign.items() if code}
    if not foreign:
        return []
    names = ", ".join(excerpt(code) for code in list(foreign)[:5])
    if len(foreign) == 1 and sum(foreign.values()) >= tally.entries:
        raise fault("currency", excerpt=names)
    return [remark("foreign", count=sum(foreign.values()), names=names)]


def months(first: date, last: date) -> int:
    """Months touched, both ends included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def exercise(tally: Tally) -> tuple[date, date]:
    """First and last day. Some programs date the opening on the eve, the last day of the exercise before."""
    eve, openings = tally.first, {code for code, one in tally.journals.items() if named_opening(one)}
    others = [one.first for code, one in tally.journals.items() if code not in openings]
    if (eve + timedelta(days=1)).day == 1 and others and min(others) > eve:
        return eve + timedelta(days=1), tally.last
    return eve, tally.last


def check_year(tally: Tally) -> list[Remark]:
    """One exercise: twelve months, twenty-four at most and then with no sign of a second one. FecFault."""
    length = months(*exercise(tally))
    why = second_year(tally, length) if length > 12 else None
    if why:
        raise fault(
            "two_years",
            first=french(tally.first),
            first_line=tally.first_line,
            last=french(tally.last),
            last_line=tally.last_line,
            why=why,
        )
    if length > 12:
        return [remark("long_year", count=length)]
    return [remark("short_year", count=length)] if length < 12 else []


def second_year(tally: Tally, length: int) -> str | None:
    """What shows that more than one exercise is in the file; twenty-four months are a first exercise's most."""
    if length > 24:
        return f"{length} mois, donc plus d’un exercice"
    openings = [
        day
        for journal in tally.journals.values()
        if named_opening(journal)
        for day in (journal.first, journal.last)
    ]
    openings += [
        apart.day for apart in tally.apart.values() if apart.labelled and not apart.cells.flags & MANAGED
    ]
    if openings and (max(openings) - min(openings)).days > 300:
        return "deux reprises de soldes, donc deux exercices"
    if openings and length == 24:
        return "des soldes repris et vingt-quatre mois, donc deux exercices"
    for journal in tally.journals.values():
        if len(journal.restarts) == 2 and max(journal.restarts) - min(journal.restarts) >= 11:
            return "des numéros d’écriture qui recommencent, donc deux exercices"
    if any(
        is_year_end(apart) and (tally.last - apart.day).days > CLOSING_WINDOW
        for apart in tally.apart.values()
    ):
        return "une clôture avant la fin, donc deux exercices"
    return None


def is_year_end(apart: Apart) -> bool:
    return not apart.labelled and bool(apart.cells.flags & RESULT and apart.cells.flags & MANAGED)


def named_opening(journal: Journal) -> bool:
    """By its label, or by its code when nothing in it contradicts it (AN may also be « Animation »)."""
    code = plain(true_text(journal.code))
    return journal.opening or (bool(OPENING_CODE.fullmatch(code)) and not journal.cells.flags & MANAGED)


def opens_by_shape(journal: Journal, tally: Tally) -> bool:
    """Only the first day, only balance-sheet accounts, own funds among them, beside other journals."""
    if journal.first != tally.first or journal.last != tally.first or len(tally.journals) < 2:
        return False
    if journal.cells.flags & ~(FINANCIAL | RESULT | OPENING_OR_CLOSING):
        return False
    return any(cell.number[0] == "1" and cell.net for cell in journal.cells.values())


def parts(tally: Tally) -> tuple[list[Part], list[Remark]]:
    """Every total with its role, and what people must know of it."""
    found, remarks, names, opened = [], [], [], set()
    for journal in tally.journals.values():
        opening = named_opening(journal) or opens_by_shape(journal, tally)
        found.append(Part(journal.cells, "opening" if opening else "movement"))
        name = clean_label(journal.label or journal.code, "cp1252", 60)
        if opening:
            opened.add(journal.code)
            names.append(excerpt(name))
        if opening and journal.cells.flags & MANAGED:
            remarks.append(remark("opening_movements", name=excerpt(name)))
    closings = closing_entries(tally)
    for key, apart in tally.apart.items():
        role = "closing" if key in closings else "movement"
        if role == "movement" and (key[0] in opened or opens(apart, tally)):
            role = "opening"
        if role == "opening" and key[0] not in opened:
            names.append(excerpt(f"écriture {true_text(key[1])}"))
        found.append(Part(apart.cells, role))
    if names:
        remarks.insert(0, remark("opening", names=", ".join(names[:5]) + ("…" if len(names) > 5 else "")))
    if closings:
        line = min(tally.apart[key].line for key in closings)
        remarks.append(remark("closing", line, count=len(closings)))
    return found, remarks


def opens(apart: Apart, tally: Tally) -> bool:
    flags = apart.cells.flags
    return apart.day == tally.first and not flags & ~(FINANCIAL | RESULT | OPENING_OR_CLOSING)


def closing_entries(tally: Tally) -> set[tuple[str, str]]:
    """Entries that bring charges and products to zero through account 12, or balances through account 89."""
    net: dict[str, int] = {}
    for cells in every(tally):
        for cell in cells.values():
            if cell.flags & MANAGED:
                net[cell.number] = net.get(cell.number, 0) + cell.net
    found = set()
    for key, apart in tally.apart.items():
        flags = apart.cells.flags
        late = (tally.last - apart.day).days <= CLOSING_WINDOW and apart.day != tally.first
        managed = [
            cell for cell in apart.cells.values() if cell.flags & MANAGED and (cell.debit or cell.credit)
        ]
        if managed:
            closes = is_year_end(apart) and all(net[cell.number] == 0 for cell in managed)
        else:
            closes = bool(flags & OPENING_OR_CLOSING) and late
        if closes:
            found.add(key)
    return found


def check_result(kept: Iterable[tuple[str, Cell]]) -> None:
    """FecFault when every charge and product ends at zero: closings that could not be told apart."""
    totals: dict[str, list[int]] = {}
    for role, cell in kept:
        if cell.flags & MANAGED and role != "closing":
            total = totals.setdefault(cell.number, [0, 0])
            total[0] += cell.net
            total[1] += abs(cell.debit) + abs(cell.credit)
    moved = [total for total in totals.values() if total[1]]
    if len(moved) > 1 and not any(total[0] for total in moved):
        raise fault("closed_year")
