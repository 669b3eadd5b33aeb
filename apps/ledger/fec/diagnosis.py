"""A line that cannot be read: its number, and what most probably happened to it."""

from __future__ import annotations

import re

from apps.ledger.fec.columns import MARKS, Layout, plain
from apps.ledger.fec.shape import FecFault
from apps.ledger.fec.values import bare, true_text
from apps.ledger.fec.words import excerpt, fault

DAY = re.compile(r"(19|20)[0-9]{6}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}/[0-9]{2}/[0-9]{4}")
AMOUNT = re.compile(r"-?[0-9][0-9 ]*[.,][0-9]{2}")
ACCOUNT = re.compile(r"[1-9][0-9]{2,}\w*")
SUSPECT = (
    "date",
    "amount",
    "account",
    "account_missing",
    "account_class",
    "date_excel",
    "amount_large",
    "sens",
    "both_sides",
)


def wrong_width(fields: list[str], layout: Layout, width: int) -> FecFault:
    found = len(fields)
    other = next(mark for mark in MARKS if mark != layout.separator)
    if found < width and sum(one.count(other) for one in fields) >= layout.width - 1:
        return fault("mixed_separators", other=MARKS[other], mark=MARKS[layout.separator])
    mark = MARKS[layout.separator].replace("des ", "", 1).rstrip("s")
    return fault("columns", found=found, expected=width, mark=mark)


def located(met: FecFault, layout: Layout, fields: list[str], number: int, *, cut: bool) -> FecFault:
    """The fault at its line, or a truer one: end of file, titles again, values beside their columns."""
    if met.line is not None:
        return met
    if cut and met.code == "columns" and len(fields) < layout.width:
        return fault("truncated", number)
    if is_header(fields, layout):
        return fault("two_files", number)
    if met.code in SUSPECT and (place := shifted_to(fields, layout)) is not None:
        return fault(
            "shifted", number, column=layout.titles[place], excerpt=excerpt(true_text(fields[place]))
        )
    return FecFault(met.code, met.reason, met.remedy, number)


def is_header(fields: list[str], layout: Layout) -> bool:
    titles = {plain(title) for title in layout.titles}
    return sum(plain(bare(one)) in titles for one in fields if one) > len(titles) // 2


def shifted_to(fields: list[str], layout: Layout) -> int | None:
    """The column that holds what belongs to another: a day, an account, or a label in place of an amount."""
    if len(fields) < layout.width:
        return None
    if not bare(fields[layout.account]):
        after = layout.account + 1
        return after if after < len(fields) and ACCOUNT.fullmatch(bare(fields[after])) else None
    if not beside(fields, layout, 0):
        return next((layout.day + gap for gap in (1, -1, 2, -2) if beside(fields, layout, gap)), None)
    places = (layout.debit + 1, layout.credit + 1)
    if max(places) < layout.width and not AMOUNT.fullmatch(bare(fields[layout.debit])):
        if all(AMOUNT.fullmatch(bare(fields[place])) for place in places):
            return layout.debit
    return None


def beside(fields: list[str], layout: Layout, gap: int) -> bool:
    """Whether a day and an account are that many columns after their own."""
    day, account = layout.day + gap, layout.account + gap
    if not (0 <= day < len(fields) and 0 <= account < len(fields)):
        return False
    return bool(DAY.fullmatch(bare(fields[day])) and ACCOUNT.fullmatch(bare(fields[account])))
