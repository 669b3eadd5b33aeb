"""Accounts pasted from a spreadsheet (pure but for the reading of numbers): number, label, and an amount or debit/credit."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from apps.diagnostic.forms.numbers import read_number
from apps.ledger.grouping import Kept

MOST_LINES = 5_000
SHOWN = 30
# Analytic accounts, and those outside the balance: the plan has them, the figures do not.
AWAY = re.compile(r"[09][0-9A-Za-z]{1,39}")
ACCOUNT = re.compile(r"[1-8][0-9A-Za-z]{1,39}")
# What a title says → the column. Longest words first: « solde débiteur » is no « solde ».
TITLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("debit", ("solde debiteur", "solde debit", "debit", "debiteur")),
    ("credit", ("solde crediteur", "solde credit", "credit", "crediteur")),
    (
        "label",
        (
            "libelle du compte",
            "libelle",
            "intitule du compte",
            "intitule",
            "comptelib",
            "nom du compte",
            "nom",
        ),
    ),
    ("number", ("numero de compte", "n de compte", "no de compte", "numero", "compte", "comptenum", "n")),
    ("amount", ("montant", "solde", "total", "exercice n", "montant en euros")),
)
SHAPES: dict[int, tuple[str, ...]] = {
    2: ("number", "amount"),
    3: ("number", "label", "amount"),
    4: ("number", "label", "debit", "credit"),
}
CREDITED = ("1", "7", "87")  # an amount alone is positive on this side; elsewhere on the other
BALANCED = (
    "Les produits sont écrits avec le signe moins et les charges sans\u00a0: les montants sont lus comme des soldes, "
    "débit moins crédit."
)
HOW = "Collez trois colonnes (numéro, libellé, montant) ou quatre (numéro, libellé, débit, crédit)."


@dataclass(frozen=True, slots=True)
class Fault:
    """``line`` counts from 1, in what was pasted; 0 for the whole."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Ligne\u00a0{self.line}\u00a0: {self.reason}" if self.line else self.reason


@dataclass(frozen=True, slots=True)
class Pasted:
    """``faults`` empty: ``accounts`` is everything; otherwise nothing is to be kept. ``remarks``: what was left out."""

    accounts: list[Kept]
    lines: int
    faults: list[Fault]
    remarks: list[str]


class NotRead(Exception):  # noqa: N818 - a line, not a fault of ours
    pass


def read(text: str) -> Pasted:
    rows = split(text)
    if not rows:
        return Pasted([], 0, [Fault(0, f"Il n’y a rien à lire. {HOW}")], [])
    if len(rows) > MOST_LINES:
        many = "Plus de 5\u202f000 lignes\u00a0: collez la balance, compte par compte, et non les écritures."
        return Pasted([], len(rows), [Fault(0, many)], [])
    columns, rest = columns_of(rows)
    if columns is None:
        unclear = f"Les colonnes ne se reconnaissent pas. {HOW} Une première ligne de titres aide."
        return Pasted([], len(rows), [Fault(rows[0][0], unclear)], [])
    return gather(rest, columns)


def split(text: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of the lines that are not blank."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    mark = next((m for m in "\t;|" if any(m in line for line in lines)), ",")
    found = []
    for place, line in enumerate(lines, 1):
        if line.strip():
            cells = next(csv.reader([line], delimiter=mark), [])
            found.append((place, [cell.strip().strip("\u00a0") for cell in cells]))
    return found


def simple(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def titled(cells: Sequence[str]) -> dict[str, int]:
    """Column → its place, by what a line of titles says."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        words = simple(cell)
        column = next((name for name, titles in TITLES if words in titles), "")
        if not column and words:
            column = next((name for name, titles in TITLES if words.startswith(titles[:2])), "")
        if column:
            found.setdefault(column, place)
    return found


Rows = list[tuple[int, list[str]]]


def columns_of(rows: Rows) -> tuple[dict[str, int] | None, Rows]:
    """The columns and the lines that follow their titles; None when nothing says them."""
    first = rows[0][1]
    if not any(ACCOUNT.fullmatch(cell.replace(" ", "")) for cell in first):
        found = titled(first)
        if "number" in found and ("amount" in found or "debit" in found or "credit" in found):
            return found, rows[1:]
        if len(rows) == 1 or found:
            return None, rows
        rows = rows[1:]
    width = max(len([*trimmed(cells)]) for _, cells in rows)
    shape = SHAPES.get(width)
    return ({name: place for place, name in enumerate(shape)} if shape else None), rows


def trimmed(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def gather(rows: Rows, columns: dict[str, int]) -> Pasted:
    found: dict[str, Kept] = {}
    faults: list[Fault] = []
    remarks: list[str] = []
    for line, cells in rows:
        try:
            if one := account(cells, columns, line, remarks):
                found[one.number] = merged(found.get(one.number), one)
        except NotRead as error:
            faults.append(Fault(line, str(error)))
        except ValidationError as error:
            faults.append(Fault(line, " ".join(error.messages)))
    if not found and not faults:
        faults.append(Fault(0, f"Aucun compte n’a été reconnu. {HOW}"))
    accounts = [found[number] for number in sorted(found)]
    if "amount" in columns and are_balances(accounts):
        accounts, remarks = [balance(one) for one in accounts], [BALANCED, *remarks]
    return Pasted(accounts, len(rows), faults, remarks)


def are_balances(accounts: Sequence[Kept]) -> bool:
    """A column of debit minus credit: what is earned is below zero, all of it, and what is spent is above."""
    earned = [one.credit for one in accounts if one.number.startswith("7") and one.credit]
    spent = [one.debit for one in accounts if one.number.startswith("6") and one.debit]
    return bool(earned) and all(cents < 0 for cents in earned) and sum(spent) > 0


def balance(one: Kept) -> Kept:
    """The amount that was read in its normal sense, as debit minus credit."""
    amount = one.debit + one.credit
    return Kept(one.number, one.label, 0, max(amount, 0), max(-amount, 0))


def merged(before: Kept | None, one: Kept) -> Kept:
    if before is None:
        return one
    return Kept(
        one.number, before.label or one.label, 0, before.debit + one.debit, before.credit + one.credit
    )


def account(cells: Sequence[str], columns: dict[str, int], line: int, remarks: list[str]) -> Kept | None:
    """None for a line of total. NotRead, ValidationError with a French reason."""

    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    number, label = cell("number").replace(" ", "").replace("\u00a0", ""), cell("label")
    if not ACCOUNT.fullmatch(number):
        said = simple(" ".join(cells[:2]))
        if (
            said.startswith(("total", "sous total", "resultat", "solde", "classe"))
            or not number
            or AWAY.fullmatch(number)
        ):
            remarks.append(
                f"Ligne\u00a0{line}, «\u00a0{said[:40]}\u00a0»\u00a0: elle n’a pas de numéro de compte du plan, elle n’est pas lue."
            )
            return None
        raise NotRead(
            f"«\u00a0{number[:40]}\u00a0» n’est pas un numéro de compte\u00a0: il commence par un chiffre de 1 à 8."
        )
    if "amount" in columns:
        return signed(number, label, cents(cell("amount")))
    return Kept(number, label, 0, cents(cell("debit")), cents(cell("credit")))


def signed(number: str, label: str, amount: int) -> Kept:
    on_credit = number.startswith(CREDITED)
    debit, credit = (0, amount) if on_credit else (amount, 0)
    return Kept(number, label, 0, debit, credit)


def cents(text: str) -> int:
    """Empty is nothing. « (1 200,00) » and « −1 200 » are negative."""
    bare = text.strip()
    if bare in ("", "-", "\u2013", "\u2212"):
        return 0
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    value: Decimal = read_number(bare)
    if value != round(value, 2):
        raise NotRead("deux chiffres après la virgule au plus dans un montant.")
    if abs(value) > 10**10:
        raise NotRead("ce montant dépasse dix milliards d’euros\u00a0: vérifiez la virgule.")
    return int(value * 100)
