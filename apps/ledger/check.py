"""The page that checks an import: every account, its nature and why, what has none first, and the sums to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from apps.core.typography import euros as written
from apps.ledger import choices
from apps.ledger.chart.natures import NATURES
from apps.ledger.models import AccountLine, Import
from apps.ledger.placing import euros

PER_FORM = 150  # selects in one form, when there are too many for one
MOST = 900  # selects that the whole page sends at once: under DATA_UPLOAD_MAX_NUMBER_FIELDS
THIRD_PARTIES = "Comptes {number}, regroupés"
GROUPS = (
    ("ressources", "Produits", ("7",), ("87",)),
    ("charges", "Charges", ("6",), ("86",)),
    ("nature", "Contributions en nature", ("86", "87", "8"), ()),
    ("bilan", "Bilan", ("1", "2", "3", "4", "5"), ()),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One account on the page. ``chosen``: the nature that a person gave, or ""."""

    number: str
    label: str
    amount: Decimal
    nature: str
    reason: str
    chosen: str
    options: SafeString

    @property
    def field(self) -> str:
        return f"n-{self.number}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Accounts listed together; ``form``: the id of the form that their selects belong to."""

    form: str
    rows: list[Row]

    @property
    def is_open(self) -> bool:
        """Whether there is a nature to choose."""
        return any(row.options for row in self.rows)


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    total: Decimal
    forms: list[Sheet]
    count: int


@dataclass(frozen=True, slots=True)
class Proof:
    """One line of the reconciliation, in euros: ``gap`` is what neither natures nor what has none explain."""

    title: str
    in_file: Decimal
    placed: Decimal
    unmapped: Decimal

    @property
    def gap(self) -> Decimal:
        return self.in_file - self.placed - self.unmapped


def natural(line: AccountLine) -> int:
    """Cents, positive in the normal sense of the class: worked here apart from the rules, to check them."""
    closing = line.opening + line.debit - line.credit
    return -closing if line.number.startswith(("7", "87")) else closing


@dataclass(frozen=True)
class Check:
    """``chosen``: what a form sent says instead of what is saved (account → nature)."""

    accounts: Import
    lines: Sequence[AccountLine]
    chosen: Mapping[str, str]

    @cached_property
    def unmapped(self) -> Group | None:
        lines = [line for line in self.lines if not line.nature and natural(line)]
        lines.sort(key=lambda line: -abs(line.amount))
        if not lines:
            return None
        total = sum(abs(natural(line)) for line in lines)
        return Group(
            "sans-nature", "Comptes sans nature", euros(total), self.forms("sans-nature", lines), len(lines)
        )

    @cached_property
    def groups(self) -> list[Group]:
        made = []
        for code, title, starts, but in GROUPS:
            lines = [one for one in self.lines if self.belongs(one, starts, but)]
            if lines:
                total = sum(line.amount for line in lines)
                made.append(Group(code, title, euros(total), self.forms(code, lines), len(lines)))
        return made

    def belongs(self, line: AccountLine, starts: tuple[str, ...], but: tuple[str, ...]) -> bool:
        """What has no nature is above, once."""
        here = line.number.startswith(starts) and not (but and line.number.startswith(but))
        return here and bool(line.nature or not natural(line))

    @cached_property
    def is_one(self) -> bool:
        """One form for the whole page: what is picked in a list is not lost by saving another, nor by keeping the year."""
        return sum(bool(choices.natures_for(line.number)) for line in self.lines) <= MOST

    @cached_property
    def seen(self) -> list[Row]:
        """The accounts whose choice was saved: what the form says that it showed."""
        return [self.row(line) for line in self.lines if line.nature and line.how == "correction"]

    def forms(self, code: str, lines: Sequence[AccountLine]) -> list[Sheet]:
        rows = [self.row(line) for line in lines]
        if self.is_one:
            return [Sheet("natures", rows)]
        starts = range(0, len(rows), PER_FORM)
        return [Sheet(f"natures-{code}-{start}", rows[start : start + PER_FORM]) for start in starts]

    def row(self, line: AccountLine) -> Row:
        saved = line.nature if line.how == "correction" else ""
        chosen = self.chosen.get(line.number, saved)
        label = line.label or (THIRD_PARTIES.format(number=line.number) if line.number[:1] == "4" else "")
        return Row(
            number=line.number,
            label=label,
            amount=euros(line.amount if line.nature else natural(line)),
            nature=NATURES[line.nature].label if line.nature in NATURES else "",
            reason=why(line),
            chosen=saved,
            options=options(line, chosen),
        )

    @cached_property
    def proofs(self) -> list[Proof]:
        return [
            self.proof("Produits", [one for one in self.lines if one.number.startswith("7")]),
            self.proof("Charges", [one for one in self.lines if one.number.startswith("6")]),
        ]

    def proof(self, title: str, lines: Sequence[AccountLine]) -> Proof:
        return Proof(
            title,
            euros(sum(natural(line) for line in lines)),
            euros(sum(line.amount for line in lines if line.nature)),
            euros(sum(natural(line) for line in lines if not line.nature)),
        )

    @property
    def result(self) -> Decimal:
        products, costs = self.proofs
        return products.in_file - costs.in_file

    @property
    def is_exact(self) -> bool:
        return not self.accounts.gap and not any(proof.gap for proof in self.proofs)

    @cached_property
    def doubts(self) -> list[str]:
        """Where the sums do not meet, and by how much."""
        found = [
            f"{proof.title}\u00a0: les natures et les comptes sans nature diffèrent du fichier de {written(proof.gap, 2)}."
            for proof in self.proofs
            if proof.gap
        ]
        if self.accounts.gap and not found:
            found.append(f"Il reste {written(euros(self.accounts.gap), 2)} que les natures n’expliquent pas.")
        booked, held = self.accounts.booked_gap, [line for line in self.lines if line.number[:1] in "12345"]
        if booked:
            found.append(
                f"Le compte de résultat (12) et les charges et produits diffèrent de {written(euros(booked), 2)}."
            )
        # Once the result is booked in account 12, assets and liabilities are equal; before, they differ by it.
        away = euros(sum(natural(line) for line in held)) - (self.result if booked != 0 else 0)
        if away and held and not booked:
            found.append(
                f"Le bilan et le compte de résultat diffèrent de {written(away, 2)}\u00a0: il manque sans doute des comptes de "
                "bilan, ou les à-nouveaux. Ressources et charges ne sont pas touchées."
            )
        return found

    @cached_property
    def natures(self) -> list[tuple[str, str, Decimal]]:
        """(side, label, euros) of the resources and costs, in the order of the list of natures."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.nature] = sums.get(line.nature, 0) + line.amount
        shown = ("resource", "cost")
        return [
            (one.side, one.label, euros(sums[code]))
            for code, one in NATURES.items()
            if one.side in shown and sums.get(code)
        ]


def why(line: AccountLine) -> str:
    if line.corrected_for:
        return f"Corrigé par vous pour l’exercice {line.corrected_for}"
    return line.reason


def options(line: AccountLine, chosen: str) -> SafeString:
    """The first goes back to the chart: it says what is kept when nobody chooses. Empty: there is nothing to choose."""
    if not choices.natures_for(line.number):
        return SafeString("")
    if line.how == "correction":
        first = "Revenir au plan de comptes"
    elif line.nature in NATURES:
        first = NATURES[line.nature].label
    else:
        first = "Choisir une nature"
    return format_html(
        '<option value=""{}>{}</option>{}', selected(not chosen), first, choices_for(line, chosen)
    )


def choices_for(line: AccountLine, chosen: str) -> SafeString:
    """The nature that the chart gave is the first one already."""
    given = "" if line.how == "correction" else line.nature
    pairs = [(code, label) for code, label in choices.natures_for(line.number).items() if code != given]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, selected(code == chosen), label) for code, label in pairs),
    )


def selected(yes: bool) -> SafeString:
    return SafeString(" selected") if yes else SafeString("")
