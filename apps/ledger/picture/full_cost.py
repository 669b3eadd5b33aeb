"""Per activity, in the words and figures of the page (pure): full cost, who pays, what it brings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from apps.core.typography import euros, join_list, nbsp
from apps.ledger.picture import activities
from apps.ledger.picture.activities import Activity, Amounts, Key, Model
from apps.ledger.picture.families import RESOURCES as FAMILIES
from apps.ledger.picture.families import UNPLACED
from apps.ledger.years import COSTS, RESOURCES, LedgerYear

KEYS: dict[str, tuple[str, str]] = {
    "direct": (
        "Selon le coût direct",
        "Une activité qui dépense deux fois plus porte deux fois plus de charges communes.",
    ),
    "payroll": (
        "Selon les salaires",
        "Les charges communes suivent les salaires de chaque activité : utile quand le travail fait l’essentiel du coût.",
    ),
    "equal": ("À parts égales", "Chaque activité porte la même part, quelle que soit sa taille."),
}
COMMON_WORDS = ("SIEGE", "SIÈGE", "STRUCT", "COMMUN", "GENERA", "GÉNÉRA", "FONCT", "ADMIN", "SUPPORT")
UNPLACED_COST = "unplaced_cost"
ALL_COSTS = frozenset((*COSTS, UNPLACED_COST))


@dataclass(frozen=True, slots=True)
class Row:
    """Euros to the cent, written. ``payers``: each family with its amount."""

    name: str
    direct: str
    share: str
    full: str
    paid: str
    brings: str
    is_short: bool
    payers: str


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    text: str
    year: int
    rows: tuple[Row, ...]
    loose: Row | None  # resources attached to no activity
    total: Row
    common: str  # what was split
    gap: str  # "" when the whole is found again to the cent


def build(year: LedgerYear, key: Key, common: Collection[str]) -> Table | None:
    """``common``: sections that the reader counts as common. None without any activity left."""
    found = {code: _money(amounts) for code, amounts in year.sections.items()}
    kept = {code: amounts for code, amounts in found.items() if amounts and code not in common}
    if not kept:
        return None
    return table(year.year, kept, _whole(year), key, year.result)


def table(
    year: int, parts: Mapping[str, Amounts], whole: Amounts, key: Key | Amounts, result: Decimal
) -> Table:
    """``parts``: the name of an activity → nature → euros; what ``whole`` holds beside them is common.

    ``result``: of the accounts, found again or not. ValueError without any activity.
    """
    made = activities.model(parts, activities.rest(whole, parts.values()), costs=ALL_COSTS, key=key)
    return _table(year, made, result)


def looks_common(code: str) -> bool:
    return any(word in code.upper() for word in COMMON_WORDS)


def guessed(codes: Sequence[str]) -> str:
    """What the page counted as common by itself, in words, or ""."""
    if not codes:
        return ""
    names = join_list(f"« {code} »" for code in codes)
    several = len(codes) > 1
    counted = f"{names} {'sont comptées comme communes' if several else 'est comptée comme commune'}"
    return f"{counted} : {'leurs noms le laissent' if several else 'son nom le laisse'} penser. À corriger ci-dessous."


def sections_of(year: LedgerYear) -> list[str]:
    return sorted(code for code, amounts in year.sections.items() if _money(amounts))


def _money(amounts: Amounts) -> dict[str, Decimal]:
    """Resources and costs, without what is given in kind: the same on both sides, it brings nothing more."""
    return {
        nature: amount
        for nature, amount in amounts.items()
        if amount and (nature in COSTS or nature in RESOURCES)
    }


def _whole(year: LedgerYear) -> dict[str, Decimal]:
    extra = {UNPLACED: year.unmapped_resources, UNPLACED_COST: year.unmapped_costs}
    return _money(year.amounts) | {nature: amount for nature, amount in extra.items() if amount}


def _table(year: int, made: Model, result: Decimal) -> Table:
    gap = result - made.result
    loose = activities.total(made.loose)
    return Table(
        *_sentence(made),
        year,
        tuple(_row(one) for one in made.activities),
        _plain("Ressources sans activité", Decimal(0), Decimal(0), loose, made.loose) if made.loose else None,
        _plain("Ensemble", _sum(made, "direct_cost"), _sum(made, "share"), made.resources, {}),
        euros(activities.total(made.common), 2),
        "" if not gap else nbsp(f"Écart de {euros(gap, 2)} avec le résultat des comptes."),
    )


def _sum(made: Model, name: str) -> Decimal:
    return sum((cast(Decimal, getattr(one, name)) for one in made.activities), activities.ZERO)


def _row(one: Activity) -> Row:
    return _plain(one.code, one.direct_cost, one.share, one.paid, one.resources)


def _plain(name: str, direct: Decimal, share: Decimal, paid: Decimal, resources: Amounts) -> Row:
    brings = paid - direct - share
    return Row(
        name,
        euros(direct, 2),
        euros(share, 2),
        euros(direct + share, 2),
        euros(paid, 2),
        ("+" if brings > 0 else "") + euros(brings, 2),
        brings < 0,
        _payers(resources),
    )


def _payers(resources: Mapping[str, Decimal]) -> str:
    """By family, the largest first."""
    found = [
        (one.name, sum((resources[n] for n in one.natures if n in resources), Decimal(0)))
        for one in FAMILIES
        if any(n in resources for n in one.natures)
    ]
    said = [f"{name} {euros(amount)}" for name, amount in sorted(found, key=lambda pair: -pair[1]) if amount]
    return nbsp(" ; ".join(said))


def _sentence(made: Model) -> tuple[str, str]:
    names: Sequence[Activity] = sorted(made.activities, key=lambda one: (one.brings, one.code))
    low, high = names[0], names[-1]
    if low.brings >= 0:
        title = "Chaque activité paie son coût complet."
        return title, nbsp(f"« {high.code} » apporte le plus : {euros(high.brings)}.")
    title = f"« {low.code} » coûte {euros(-low.brings)} de plus que ce qui la paie."
    if high.brings > 0:
        more = f"« {high.code} » apporte {euros(high.brings)}, et en porte une partie."
    else:
        more = "Aucune activité n’apporte plus qu’elle ne coûte : les ressources sans activité portent l’ensemble."
    text = (
        f"{more} Ce n’est pas un défaut : une association choisit ce qu’elle porte. Encore faut-il le savoir."
    )
    return nbsp(title), nbsp(text)
