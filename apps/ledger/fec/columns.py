"""The line of titles: which column is where, whatever the order, the case, the accents and the spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from apps.ledger.fec.shape import Remark, Variant
from apps.ledger.fec.values import bare, true_text
from apps.ledger.fec.words import excerpt, fault, remark

OFFICIAL = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip
SIGNED = ("Montant", "Sens")
CASH = ("DateRglt", "ModeRglt", "NatOp", "IdClient")  # BNC and farms that keep cash books
NEEDED = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib")
ALIASES = {
    "journallibelle": "JournalLib", "comptelibelle": "CompteLib", "compteauxnum": "CompAuxNum",
    "compteauxlib": "CompAuxLib", "ecriturelibelle": "EcritureLib", "montantdebit": "Debit",
    "montantcredit": "Credit", "ecriturelettrage": "EcritureLet", "datelettrage": "DateLet",
    "datereglement": "DateRglt", "modereglement": "ModeRglt", "natureoperation": "NatOp",
}  # fmt: skip
ANALYTIC = re.compile(
    r"(code|num|no|cpt|compte)?(analytiques?|analytic|ana|sections?|axes?|centres?(de)?(couts?|profits?)?)"
    r"(analytiques?)?(code|num)?[0-9]{0,2}(code|num)?"
)
ANALYTIC_LABEL = re.compile(
    r"(lib|libelle|nom|intitule)?(analytiques?|sections?|axes?)[0-9]{0,2}(lib|libelle|nom|intitule)?"
)
MARKS = {"\t": "des tabulations", "|": "des barres verticales"}
STRANGERS = {";": "des points-virgules", ",": "des virgules"}


def plain(title: str) -> str:
    """Letters and digits only, lower case, without accents."""
    kept = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "".join(c for c in kept if c.isalnum())


KNOWN = {plain(name): name for name in OFFICIAL + SIGNED + CASH} | ALIASES


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column is; ``debit`` and ``credit`` are the amount and its side in the signed variant."""

    separator: str
    titles: tuple[str, ...]  # official names, or the title as written
    journal: int
    number: int
    day: int
    account: int
    account_label: int
    debit: int
    credit: int
    variant: Variant
    journal_label: int | None = None
    entry_label: int | None = None
    currency: int | None = None
    section: int | None = None
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def width(self) -> int:
        return len(self.titles)


def layout(line: str) -> Layout:
    """Read the first line (decoded as latin-1). FecFault."""
    separator = separator_of(line)
    titles = [bare(true_text(one)) for one in line.split(separator)]
    while len(titles) > 1 and not titles[-1]:
        titles.pop()
    names = [KNOWN.get(plain(title), "") for title in titles]
    if sum(name in OFFICIAL + SIGNED for name in names) < 3:
        raise fault("header", 1, excerpt=excerpt(true_text(line).translate({9: " ", 124: " "}), 60))
    known = {name: place for place, name in enumerate(names) if name}
    if twice := sorted(name for name, count in Counter(names).items() if name and count > 1):
        raise fault("column_twice", 1, names=", ".join(twice))
    signed = not {"Debit", "Credit"} <= known.keys()
    if signed and not set(SIGNED) & known.keys():
        sides = ("Debit", "Credit")
    else:
        sides = SIGNED if signed else ("Debit", "Credit")
    if missing := [name for name in NEEDED + sides if name not in known]:
        raise fault("columns_missing", 1, names=", ".join(missing))
    section, remarks = extras(titles, names)
    absent = [name for name in OFFICIAL if name not in known and name not in ("Debit", "Credit")]
    if absent:
        remarks.append(remark("columns_absent", 1, names=", ".join(absent)))
    return Layout(
        separator=separator,
        titles=tuple(name or title for name, title in zip(names, titles, strict=True)),
        journal=known["JournalCode"],
        number=known["EcritureNum"],
        day=known["EcritureDate"],
        account=known["CompteNum"],
        account_label=known["CompteLib"],
        debit=known[sides[0]],
        credit=known[sides[1]],
        variant="montant_sens" if signed else "debit_credit",
        journal_label=known.get("JournalLib"),
        entry_label=known.get("EcritureLib"),
        currency=known.get("Idevise"),
        section=section,
        remarks=tuple(remarks),
    )


def separator_of(line: str) -> str:
    found = max(MARKS, key=line.count)
    if line.count(found) >= 3:
        return found
    stranger = max(STRANGERS, key=line.count)
    if line.count(stranger) >= 3 and plain(line).startswith("journal"):
        raise fault("separator", 1, mark=STRANGERS[stranger])
    raise fault("header", 1, excerpt=excerpt(true_text(line).translate({9: " ", 124: " "}), 60))


def extras(titles: list[str], names: list[str]) -> tuple[int | None, list[Remark]]:
    """The analytic column, codes before labels, the first when there are several: adding axes would count twice."""
    unknown = [place for place, name in enumerate(names) if not name]
    analytic = [place for place in unknown if ANALYTIC.fullmatch(plain(titles[place]))]
    analytic = analytic or [place for place in unknown if ANALYTIC_LABEL.fullmatch(plain(titles[place]))]
    section = analytic[0] if analytic else None
    remarks = []
    if section is not None:
        remarks.append(remark("sections", 1, name=excerpt(titles[section])))
    if ignored := [excerpt(titles[place]) for place in unknown if place != section]:
        remarks.append(remark("columns_ignored", 1, names=", ".join(ignored[:10])))
    return section, remarks
