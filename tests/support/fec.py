"""Valid FEC files of an imaginary association of about 1.2 M€: same seed, same file. For tests, demo and benchmarks.

``lines`` gives the entries, ``encode`` writes them in any dialect, ``expected`` is the independent count of what a
reading must find. Amounts are whole cents.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

TITLES = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip
CASH = ("DateRglt", "ModeRglt", "NatOp", "IdClient")
ACCOUNTS = {
    "102000": "Fonds propres sans droit de reprise", "110000": "Report à nouveau", "120000": "Résultat de l'exercice",
    "164000": "Emprunts auprès des établissements de crédit", "194000": "Fonds dédiés sur subventions d'exploitation",
    "151000": "Provisions pour risques", "218300": "Matériel de bureau et informatique",
    "281830": "Amortissements du matériel de bureau", "401000": "Fournisseurs", "411000": "Usagers et clients",
    "421000": "Personnel, rémunérations dues", "431000": "Sécurité sociale", "441000": "Subventions à recevoir",
    "512000": "Banque", "530000": "Caisse",
    "602000": "Achats stockés de fournitures", "606100": "Énergie et eau", "606400": "Fournitures administratives",
    "613200": "Locations immobilières", "615500": "Entretien du matériel", "616000": "Assurances",
    "622600": "Honoraires", "625100": "Déplacements", "626000": "Téléphone et internet", "627000": "Frais de banque",
    "631100": "Taxe sur les salaires", "641100": "Salaires", "645100": "Cotisations URSSAF", "645300": "Cotisations retraite",
    "658000": "Charges diverses de gestion", "661100": "Intérêts des emprunts", "671000": "Charges exceptionnelles",
    "681120": "Dotations aux amortissements", "689400": "Reports en fonds dédiés",
    "706100": "Participations des familles", "706200": "Prestations de formation", "707000": "Ventes d'œuvres et d'objets à 1 €",
    "731000": "Concours publics : prestation de service CAF", "741100": "Subvention État, politique de la ville",
    "741200": "Subvention Région", "741300": "Subvention Département", "741400": "Subvention Commune et agglomération",
    "741600": "Subvention FSE+", "741800": "Aide à l'emploi ASP", "754100": "Dons manuels", "754200": "Mécénat",
    "755000": "Contributions d'une fondation", "756000": "Cotisations des membres", "758000": "Produits divers de gestion",
    "761000": "Produits financiers", "771000": "Produits exceptionnels", "781500": "Reprises sur provisions",
    "789400": "Utilisation des fonds dédiés",
    "861000": "Mise à disposition gratuite de locaux", "864000": "Personnel bénévole",
    "870000": "Bénévolat", "871000": "Prestations en nature",
}  # fmt: skip
JOURNALS = {
    "AN": "À nouveaux", "AC": "Achats", "VE": "Ventes et subventions", "BQ": "Banque", "PA": "Paie",
    "OD": "Opérations diverses", "CL": "Clôture",
}  # fmt: skip
OPENING = {
    "102000": -6_000_000, "110000": -9_451_223, "164000": -4_200_000, "194000": -1_800_000, "151000": -650_000,
    "218300": 7_400_000, "281830": -3_150_000, "401000": -2_310_418, "431000": -1_932_077, "441000": 6_500_000,
    "411000": 1_204_550, "512000": 14_364_168, "530000": 25_000,
}  # fmt: skip
# Account → euros of the year; the rest of purchases comes from ``small`` entries.
SUBSIDIES = {
    "741100": 148_000, "741200": 92_000, "741300": 118_500, "741400": 236_000, "741600": 61_200, "741800": 33_640,
    "731000": 121_300, "755000": 40_000, "754200": 22_500,
}  # fmt: skip
MONTHLY = {"706100": 13_150, "706200": 7_240, "756000": 1_180, "754100": 890, "707000": 610}
PAYROLL = {"641100": 46_200, "645100": 15_870, "645300": 3_640}
RENT = {"613200": 3_900, "616000": 410, "626000": 322}
PURCHASES = ("602000", "606100", "606400", "615500", "622600", "625100", "627000", "658000")
SMALL_TOTAL = 18_000_000  # cents spent by small purchases, whatever their number


@dataclass(frozen=True, slots=True)
class Line:
    journal: str
    number: str
    day: date
    account: str
    label: str
    debit: int = 0
    credit: int = 0
    piece: str = ""
    aux: str = ""
    aux_label: str = ""
    section: str = ""
    currency: str = ""
    account_label: str | None = None
    journal_label: str | None = None

    @property
    def named(self) -> str:
        return ACCOUNTS.get(self.account, "") if self.account_label is None else self.account_label


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes its FEC. ``order``: titles in another order; ``extra``: title → value of each line."""

    separator: str = "\t"
    encoding: str = "utf-8"
    bom: bool = False
    newline: str = "\r\n"
    final_newline: bool = True
    variant: Literal["debit_credit", "montant_sens"] = "debit_credit"
    sides: tuple[str, str] = ("D", "C")
    decimal: str = ","
    thousands: str = ""
    zero: str | None = None  # what an empty side shows; None: 0 with two decimals
    trailing_minus: bool = False
    day: str = "%Y%m%d"
    title: Callable[[str], str] = str
    order: tuple[str, ...] | None = None
    cash: bool = False
    section: str = ""  # title of an analytic column
    extra: dict[str, Callable[[Line], str]] = field(default_factory=dict)
    quotes: bool = False
    trailing_separator: bool = False


def lines(
    count: int = 3_000,
    *,
    seed: int = 1,
    year: int = 2024,
    starts_on: date | None = None,
    opening: bool = True,
    closing: bool = False,
    in_kind: bool = True,
    sections: tuple[str, ...] = (),
) -> Iterator[Line]:
    """Exactly ``count`` lines (2 or more), in the order of days, plus the ``closing`` entry when it is asked."""
    drawn = random.Random(seed)
    start = starts_on or date(year, 1, 1)
    entries = skeleton(drawn, start, opening=opening, in_kind=in_kind)
    room, kept = count, []
    for entry in entries:
        if len(entry) <= room and room - len(entry) != 1:
            kept.append(entry)
            room -= len(entry)
    kept += small(drawn, start, room)
    kept.sort(key=lambda entry: entry[0].day)
    made: list[Line] = []
    net: dict[str, int] = {}
    for place, entry in enumerate(kept, 1):
        section = drawn.choice(sections) if sections else ""
        for line in entry:
            one = replace(line, number=f"{place:06d}", piece=line.piece or f"P{place}", section=section)
            if closing:
                net[one.account] = net.get(one.account, 0) + one.debit - one.credit
                made.append(one)
            else:
                yield one
    yield from made
    if closing:
        yield from closing_entry(net, f"{len(kept) + 1:06d}", end_of(start))


def end_of(start: date) -> date:
    return start.replace(year=start.year + 1) - timedelta(days=1)


def month(start: date, number: int, day: int = 1) -> date:
    whole = start.year * 12 + start.month - 1 + number
    return date(whole // 12, whole % 12 + 1, day)


def pair(journal: str, day: date, label: str, debit: str, credit: str, cents: int) -> list[Line]:
    return [
        Line(journal, "", day, debit, label, debit=cents),
        Line(journal, "", day, credit, label, credit=cents),
    ]


def skeleton(drawn: random.Random, start: date, *, opening: bool, in_kind: bool) -> list[list[Line]]:
    """The entries of any year: openings, subsidies, pay, rent, year end; whole, in no order."""
    found: list[list[Line]] = []
    if opening:
        found.append(opened(start))

    def around(euros: int) -> int:
        return euros * 100 + drawn.randrange(-euros, euros) if euros else 0

    for place, (account, euros) in enumerate(SUBSIDIES.items()):
        cents, day = around(euros), month(start, 1 + place % 10, 12)
        found.append(pair("VE", day, f"Notification {ACCOUNTS[account]}", "441000", account, cents))
        found.append(
            pair("BQ", day + timedelta(days=40 if place < 8 else 20), "Versement", "512000", "441000", cents)
        )
    for number in range(12):
        for account, euros in MONTHLY.items():
            found.append(
                pair(
                    "BQ",
                    month(start, number, 8),
                    f"Recettes du mois {number + 1}",
                    "512000",
                    account,
                    around(euros),
                )
            )
        for account, euros in RENT.items():
            found.append(
                pair("BQ", month(start, number, 3), "Échéance du mois", account, "512000", around(euros))
            )
        costs = {one: around(euros) for one, euros in PAYROLL.items()}
        found.append(pay(month(start, number, 27), costs))
        found.append(
            pair("BQ", month(start, number, 28), "Virement des salaires", "421000", "512000", costs["641100"])
        )
        social = sum(costs.values()) - costs["641100"]
        found.append(pair("BQ", month(start, number, 28), "Prélèvement URSSAF", "431000", "512000", social))
        suppliers = SMALL_TOTAL // 12
        found.append(
            pair("BQ", month(start, number, 25), "Règlement des fournisseurs", "401000", "512000", suppliers)
        )
        found.append(
            pair(
                "BQ", month(start, number, 15), "Échéance d'emprunt, intérêts", "661100", "512000", around(95)
            )
        )
    last = end_of(start)
    found += [
        pair("OD", last, "Dotation de l'exercice", "681120", "281830", around(18_400)),
        pair("OD", last, "Taxe sur les salaires", "631100", "431000", around(21_300)),
        pair("OD", last, "Report en fonds dédiés", "689400", "194000", around(12_000)),
        pair("OD", last, "Utilisation des fonds dédiés", "194000", "789400", around(9_500)),
        pair("BQ", last, "Intérêts du livret", "512000", "761000", around(640)),
        pair("OD", last, "Reprise de provision", "151000", "781500", around(2_100)),
    ]
    if in_kind:
        found.append(pair("OD", last, "Bénévolat de l'année", "864000", "870000", around(84_000)))
        found.append(pair("OD", last, "Locaux prêtés par la commune", "861000", "871000", around(31_500)))
    return found


def opened(start: date) -> list[Line]:
    made = [
        Line("AN", "", start, account, "À nouveau", debit=max(cents, 0), credit=max(-cents, 0))
        for account, cents in OPENING.items()
    ]
    gap = sum(OPENING.values())
    return (
        made if not gap else [*made, Line("AN", "", start, "110000", "À nouveau", max(-gap, 0), max(gap, 0))]
    )


def pay(day: date, costs: dict[str, int]) -> list[Line]:
    made = [Line("PA", "", day, account, "Paie du mois", debit=cents) for account, cents in costs.items()]
    made.append(Line("PA", "", day, "421000", "Paie du mois", credit=costs["641100"]))
    return [
        *made,
        Line("PA", "", day, "431000", "Paie du mois", credit=sum(costs.values()) - costs["641100"]),
    ]


def small(drawn: random.Random, start: date, room: int) -> list[list[Line]]:
    """Purchases and payments that fill exactly ``room`` lines, costing about ``SMALL_TOTAL`` together."""
    found: list[list[Line]] = []
    average = max(SMALL_TOTAL * 13 // max(room * 3, 1), 2)  # a purchase takes 4.3 lines, the others between
    days = (end_of(start) - start).days + 1
    while room > 1:
        if room > 5 and drawn.random() < 0.3:
            found += there_and_back(drawn, start + timedelta(days=drawn.randrange(days)))
            room -= 4
            continue
        size = 3 if room == 3 or (room > 4 and drawn.random() < 0.6) else 2
        cents = min(1 + int(drawn.expovariate(1 / average)), SMALL_TOTAL)
        day, aux = start + timedelta(days=drawn.randrange(days)), f"F{drawn.randrange(400):04d}"
        account = drawn.choice(PURCHASES)
        label = f"Facture {aux} n° {drawn.randrange(99_999)}"
        made = [Line("AC", "", day, account, label, debit=cents)]
        if size == 3:
            rest = cents // 3
            made = [replace(made[0], debit=cents - rest), Line("AC", "", day, "606400", label, debit=rest)]
        made.append(
            Line("AC", "", day, "401000", label, credit=cents, aux=aux, aux_label=f"Fournisseur {aux}")
        )
        found.append(made)
        room -= size
    return found


def there_and_back(drawn: random.Random, day: date) -> list[list[Line]]:
    """Money between the bank and the till, then back: amounts of every size, and the same totals in the end."""
    cents = drawn.randrange(1_000, 600_000)
    label = f"Mouvement de fonds {drawn.randrange(9_999)}"
    return [
        pair("BQ", day, label, "530000", "512000", cents),
        pair("BQ", day, label, "512000", "530000", cents),
    ]


def closing_entry(net: dict[str, int], number: str, day: date) -> Iterator[Line]:
    """What some programs write at the end: charges and products to zero, the result in 120."""
    result = 0
    for account, cents in sorted(net.items()):
        if account[0] in "67" and cents:
            result += cents
            yield Line(
                "CL",
                number,
                day,
                account,
                "Solde des comptes de gestion",
                max(-cents, 0),
                max(cents, 0),
                "CL",
            )
    yield Line(
        "CL", number, day, "120000", "Solde des comptes de gestion", max(result, 0), max(-result, 0), "CL"
    )


def money(cents: int, dialect: Dialect) -> str:
    if not cents and dialect.zero is not None:
        return dialect.zero
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", dialect.thousands) + f"{dialect.decimal}{rest:02d}"
    if cents >= 0:
        return text
    return text + "-" if dialect.trailing_minus else "-" + text


def titles(dialect: Dialect) -> list[str]:
    found = list(dialect.order or TITLES)
    if dialect.variant == "montant_sens":
        found = [{"Debit": "Montant", "Credit": "Sens"}.get(title, title) for title in found]
    found += CASH if dialect.cash else ()
    found += [dialect.section] if dialect.section else []
    return [*found, *dialect.extra]


def values(line: Line, dialect: Dialect) -> dict[str, str]:
    day = line.day.strftime(dialect.day)
    return {
        "JournalCode": line.journal,
        "JournalLib": JOURNALS.get(line.journal, "") if line.journal_label is None else line.journal_label,
        "EcritureNum": line.number,
        "EcritureDate": day,
        "CompteNum": line.account,
        "CompteLib": line.named,
        "CompAuxNum": line.aux,
        "CompAuxLib": line.aux_label,
        "PieceRef": line.piece,
        "PieceDate": day,
        "EcritureLib": line.label,
        "Debit": money(line.debit, dialect),
        "Credit": money(line.credit, dialect),
        "Montant": money(line.debit or line.credit, dialect),
        "Sens": dialect.sides[0 if line.debit or not line.credit else 1],
        "EcritureLet": "",
        "DateLet": "",
        "ValidDate": day,
        "Montantdevise": "",
        "Idevise": line.currency,
        "DateRglt": day,
        "ModeRglt": "VIR",
        "NatOp": "",
        "IdClient": "",
        dialect.section: line.section,
    }


def rows(made: Iterable[Line], dialect: Dialect) -> Iterator[str]:
    """The file line by line, titles first, without their ends."""
    names = titles(dialect)
    end = dialect.separator if dialect.trailing_separator else ""
    quoted = '"{}"'.format if dialect.quotes else str
    yield dialect.separator.join(quoted(dialect.title(name)) for name in names) + end
    for line in made:
        known = values(line, dialect) | {title: make(line) for title, make in dialect.extra.items()}
        yield dialect.separator.join(quoted(known[name]) for name in names) + end


def encode(made: Iterable[Line], dialect: Dialect | None = None) -> bytes:
    """The whole file. What an encoding has not is written ``?``."""
    dialect = dialect or Dialect()
    text = dialect.newline.join(rows(made, dialect)) + (dialect.newline if dialect.final_newline else "")
    mark = "\ufeff" if dialect.bom else ""
    return (mark + text).encode(dialect.encoding, "replace")


def build(count: int = 3_000, *, seed: int = 1, dialect: Dialect | None = None, **options: object) -> bytes:
    """``encode(lines(…))``; options are those of ``lines``."""
    return encode(lines(count, seed=seed, **options), dialect)  # type: ignore[arg-type]


def expected(made: Iterable[Line], opening_journal: str = "AN") -> dict[str, tuple[str, int, int, int]]:
    """Account → (label, opening, debit, credit), counted apart from the parser."""
    found: dict[str, tuple[str, int, int, int]] = {}
    for line in made:
        _, opening, debit, credit = found.get(line.account, ("", 0, 0, 0))
        if line.journal == opening_journal:
            opening += line.debit - line.credit
        elif line.journal != "CL":
            debit, credit = debit + line.debit, credit + line.credit
        found[line.account] = (line.named, opening, debit, credit)
    return found
