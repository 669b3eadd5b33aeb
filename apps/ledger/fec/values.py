"""Values of the columns: amounts in cents, days, sides, account numbers, labels. Each distinct writing is read once.

Lines come decoded as latin-1 (one character a byte, whatever the file's encoding); ``true_text`` gives the real
characters of the few texts that are kept or shown.
"""

from __future__ import annotations

import re
from datetime import date

from apps.ledger.fec.shape import FecFault
from apps.ledger.fec.words import excerpt, fault

KEPT = 60_000  # distinct writings remembered: beyond, the memory starts again, so that a hostile file stays small
WRITTEN = 60  # characters of a value that is remembered, spaces included
MOST_CENTS = 10**12
ACCOUNT_LENGTH, LABEL_LENGTH = 40, 200
LABEL = 600  # bytes of a label that are kept until it is cleaned
FIRST_YEAR, LAST_YEAR = 1950, 2100

PLAIN = re.compile(r"(-?)([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+|[0-9]+")
SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
SLASHED = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
SERIAL = re.compile(r"[2-6][0-9]{4}(?:[.,][0-9]+)?")
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))
ACCOUNT = re.compile(r"[1-9][0-9]\S*")

FINANCIAL, RESULT, MANAGED, OPENING_OR_CLOSING, ANALYTIC, OTHER_8 = 1, 2, 4, 8, 16, 32  # flags of an account


def true_text(raw: str, single: str = "cp1252") -> str:
    """The characters of bytes read as latin-1: UTF-8 when they are, else the single-byte encoding."""
    if raw.isascii():
        return raw
    data = raw.encode("latin-1", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(single, "replace")


def is_utf8(raw: str) -> bool:
    try:
        raw.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def bare(raw: str) -> str:
    """Without the spaces and the pair of quotes that some exports put around every value."""
    text = raw.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    return text


def clean_label(raw: str, single: str, limit: int = LABEL_LENGTH) -> str:
    """A label to keep: no control character, one space at a time, nothing that a spreadsheet would compute."""
    if len(raw) == LABEL:  # cut there, maybe within a character
        raw = next((raw[:end] for end in range(LABEL, LABEL - 4, -1) if is_utf8(raw[:end])), raw)
    text = "".join(c if c.isprintable() else " " for c in bare(true_text(raw, single)))
    return " ".join(text.split()).lstrip("=@+- ")[:limit].rstrip()


def is_formula(text: str) -> bool:
    return text.startswith(("=", "@")) or (text[:1] in "+-" and any(c in text for c in "(!"))


def bad(code: str, raw: str) -> FecFault:
    return fault(code, excerpt=excerpt(true_text(raw)))


def cents(raw: str) -> int:
    """``1 234,50`` → 123450; empty → 0. Never through a float."""
    found = PLAIN.fullmatch(raw)
    if len(raw) > WRITTEN:
        raise bad("amount", raw)
    if found is None:
        return spelled_cents(raw)
    sign, whole, rest = found.groups()
    value = int(whole) * 100 + int((rest or "").ljust(2, "0"))
    if value > MOST_CENTS:
        raise bad("amount_large", raw)
    return -value if sign else value


def spelled_cents(raw: str) -> int:
    """The writings that ``PLAIN`` does not cover: spaces, thousands, signs apart, zeros beyond the cent."""
    text = bare(true_text(raw).translate(SPACES))
    if not text:
        return 0
    if is_formula(text):
        raise bad("formula", raw)
    if SCIENTIFIC.fullmatch(text):
        raise bad("amount_excel", raw)
    sign, text = split_sign(text)
    whole, rest = split_decimals(text)
    if not SPACED.fullmatch(whole or "0") or not (rest or "0").isascii() or not (rest or "0").isdecimal():
        raise bad("amount", raw)
    if len(rest.rstrip("0")) > 2:
        raise bad("amount_decimals", raw)
    value = int((whole or "0").replace(" ", "")) * 100 + int(rest[:2].ljust(2, "0"))
    if value > MOST_CENTS:
        raise bad("amount_large", raw)
    return sign * value


def split_sign(text: str) -> tuple[int, str]:
    """A sign before the number or after it, as some programs write."""
    for mark, sign in (("-", -1), ("\u2212", -1), ("+", 1)):
        if text.startswith(mark):
            return sign, text[1:].strip()
        if text.endswith(mark):
            return sign, text[:-1].strip()
    return 1, text


def split_decimals(text: str) -> tuple[str, str]:
    """The last of comma and point separates decimals; the other one, if there, separates thousands."""
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, mark = (".", ",") if comma > point else (",", ".")
        whole, _, rest = text.rpartition(mark)
        return whole.replace(thousands, " "), rest
    if comma < 0 and point < 0:
        return text, ""
    whole, _, rest = text.rpartition("," if comma >= 0 else ".")
    if not whole and not rest:
        return "?", ""
    return whole, rest


class Amounts(dict[str, int]):
    """What is written → cents."""

    def __missing__(self, raw: str) -> int:
        if len(self) >= KEPT:
            self.clear()
        digits = raw[:-3] + raw[-2:]
        # By far the most frequent writing, first; latin-1 has no other decimal digits than 0 to 9.
        if 3 < len(raw) < 12 and raw[-3] in ",." and digits.isdecimal() and digits.isascii():
            value = self[raw] = int(digits)
        else:
            value = self[raw] = cents(raw)
        return value


SIDES = {
    "D": 1, "DEBIT": 1, "DB": 1, "+1": 1, "1": 1, "+": 1, "C": -1, "CREDIT": -1, "CR": -1, "-1": -1, "-": -1,
}  # fmt: skip


class Sides(dict[tuple[str, str], tuple[int, int]]):
    """(amount, side) as written → (debit, credit)."""

    def __missing__(self, raw: tuple[str, str]) -> tuple[int, int]:
        if len(self) >= KEPT:
            self.clear()
        value = cents(raw[0])
        if len(raw[1]) > WRITTEN:
            raise bad("sens", raw[1])
        side = SIDES.get(bare(true_text(raw[1])).upper().replace("É", "E").replace("\u2212", "-"))
        if side is None and value:
            raise bad("formula" if is_formula(bare(raw[1])) and len(raw[1]) > 2 else "sens", raw[1])
        pair = self[raw] = (value, 0) if (side or 1) > 0 else (0, value)
        return pair


class Days(dict[str, date]):
    """What is written → day. One way of writing for the whole file; ``settle`` tells whether it was unambiguous."""

    def __init__(self) -> None:
        super().__init__()
        self.form: re.Pattern[str] | None = None
        self.sure = False
        self.sample = ""

    def __missing__(self, raw: str) -> date:
        if len(self) >= KEPT:
            self.clear()
        day = self[raw] = self.parsed(raw)
        return day

    def parsed(self, raw: str) -> date:
        text = bare(raw)
        if is_formula(text):
            raise bad("formula", raw)
        if len(raw) > WRITTEN:
            raise bad("date", raw)
        for form in (COMPACT, ISO, SLASHED):
            if found := form.fullmatch(text):
                break
        else:
            raise bad("date_excel" if SERIAL.fullmatch(text) else "date", raw)
        if self.form not in (None, form):
            raise bad("date_mixed", raw)
        self.form, self.sample = form, text
        return self.day([int(one) for one in found.groups()], raw)

    def day(self, parts: list[int], raw: str) -> date:
        if self.form is SLASHED:
            self.sure = self.sure or parts[0] > 12
            parts.reverse()
        try:
            day = date(*parts)
        except ValueError:
            raise bad("date", raw) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise bad("date", raw)
        return day

    def settle(self) -> str | None:
        """The unusual way of writing to tell people about, None for AAAAMMJJ. FecFault when it stays ambiguous."""
        if self.form is SLASHED:
            if not self.sure:
                raise bad("date_ambiguous", self.sample)
            return "JJ/MM/AAAA"
        return "AAAA-MM-JJ" if self.form is ISO else None


def account_number(raw: str, single: str = "cp1252") -> str:
    """The account as the plan writes it, spaces removed. FecFault."""
    text = "".join(bare(true_text(raw, single)).split())
    if not text:
        raise fault("account_missing")
    if is_formula(text):
        raise bad("formula", raw)
    if text[0] == "0" and text.isdecimal():
        raise bad("account_class", raw)
    if (
        not ACCOUNT.fullmatch(text)
        or not text.isprintable()
        or len(text) > ACCOUNT_LENGTH
        or len(raw) > 2 * WRITTEN
    ):
        raise bad("account", raw)
    return text


def account_flags(number: str) -> int:
    if number[0] in "67":
        return MANAGED
    if number[0] == "9":
        return ANALYTIC
    if number[0] == "8":
        return OPENING_OR_CLOSING if number[1] == "9" else 0 if number[1] in "67" else OTHER_8
    return RESULT | FINANCIAL if number[:2] == "12" else FINANCIAL
