"""The sentence before each figure: what to see, with the real figures (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from apps.core.typography import count, euros, nbsp, number, percent, rounded
from apps.diagnostic.presenters_words import capital, in_words
from apps.ledger.picture.families import Family
from apps.ledger.picture.stack import Column

Headline = tuple[str, str, str]  # before, under the highlighter, after


def first_family(column: Column) -> int | None:
    """Rank of the family with the largest share; None without any."""
    shares = column.shares()
    return max(range(len(shares)), key=lambda rank: shares[rank]) if any(shares) else None


def resources_headline(
    families: Sequence[Family], column: Column, *, in_kind: bool, partial: bool
) -> Headline:
    """``partial``: some origins were not given."""
    rank = first_family(column)
    if rank is None:
        return "Vos ressources de " + column.label + " ne sont ", "pas encore", nbsp(" connues.")
    one, share = families[rank], column.shares()[rank]
    verb = _verb(one, "portent", "porte")
    tail = " de vos ressources connues" if partial else " de vos ressources"
    tail += ", apports en nature compris." if in_kind else "."
    return nbsp(capital(one.subject) + " "), nbsp(f"{verb} {percent(share)}"), nbsp(tail)


def costs_title(families: Sequence[Family], column: Column) -> str:
    rank = first_family(column)
    if rank is None:
        return nbsp(f"Les charges de {column.label} ne sont pas encore connues.")
    one, share = families[rank], column.shares()[rank]
    verb = _verb(one, "font", "fait")
    return nbsp(f"{capital(one.subject)} {verb} {percent(share)} de vos charges en {column.label}.")


def alike(columns: Sequence[Column]) -> list[Column]:
    """Years that know all that the last one knows, so that nothing seems to grow because it was not counted before."""
    last = columns[-1]
    pairs = [(column, zip(column.amounts, last.amounts, strict=True)) for column in columns]
    return [column for column, both in pairs if all(one is not None or now is None for one, now in both)]


def share_change(families: Sequence[Family], columns: Sequence[Column]) -> str:
    """How the part of the first family of the last year moved since the first year where it is known."""
    rank = first_family(columns[-1])
    if rank is None:
        return ""
    since = next((column for column in alike(columns)[:-1] if column.share(rank) is not None), None)
    if since is None:
        return ""
    whose = "Leur" if families[rank].plural else "Sa"
    now, before = columns[-1].shares()[rank], since.shares()[rank]
    moved = rounded(rounded(now * 100, 0) - rounded(before * 100, 0), 0)  # as both are written
    if not moved:
        return nbsp(f"{whose} part est la même qu’en {since.label}.")
    verb = "a monté" if moved > 0 else "a baissé"
    return nbsp(f"{whose} part {verb} de {_points(moved)} en {span(since.label, columns[-1].label)}.")


def span(first: str, last: str) -> str:
    """« quatre ans » between two civil years."""
    years = int(last) - int(first)
    return f"{in_words(years)} {'an' if years == 1 else 'ans'}" if years > 0 else "un an"


def moves(families: Sequence[Family], columns: Sequence[Column]) -> str:
    """Which share grew most and which shrank most, from the first year with every share to the last; "" without two."""
    known = [column for column in alike(columns) if column.drawn]
    if len(known) < 2:
        return ""
    pairs = zip(known[0].shares(), known[-1].shares(), strict=True)
    changes = [rounded(now * 100, 0) - rounded(before * 100, 0) for before, now in pairs]
    up, down = (pick(range(len(changes)), key=lambda rank: changes[rank]) for pick in (max, min))
    gained = f"{families[up].subject} {_verb(families[up], 'gagnent', 'gagne')} {_points(changes[up])}"
    lost = f"{families[down].subject} en {_verb(families[down], 'perdent', 'perd')} {number(-changes[down])}"
    if changes[up] <= 0 or changes[down] >= 0:
        return nbsp(f"Les parts n’ont presque pas bougé depuis {known[0].label}.")
    return nbsp(capital(f"{gained}, {lost}."))


def heaviest(families: Sequence[Family], column: Column) -> str:
    """How few families make most of it: the sentence of a first year."""
    shares = sorted(column.shares(), reverse=True)
    several = [share for share in shares if share]
    if not several:
        return nbsp(f"Les ressources de {column.label} ne sont pas encore connues.")
    if len(several) <= 2:
        return nbsp(
            "Tout vient d’une seule famille." if len(several) == 1 else "Deux familles apportent tout."
        )
    first = shares[0] + shares[1]
    return nbsp(f"Deux familles sur {in_words(len(several))} font {percent(first)} du total.")


def _verb(one: Family, many: str, single: str) -> str:
    return many if one.plural else single


def _points(change: Fraction) -> str:
    return count(abs(change), "point", "points")


def total_change(what: str, columns: Sequence[Column]) -> str:
    """``what``: « vos ressources », plural and feminine."""
    known = [column for column in alike(columns) if column.total is not None]
    if len(known) < 2:
        return ""
    first, last = known[0].total or Decimal(0), known[-1].total or Decimal(0)
    if first <= 0 or last <= 0:
        return ""
    if euros(first) == euros(last):
        return nbsp(f"{capital(what)} sont restées à {euros(last)}.")
    change = Fraction(last) / Fraction(first) - 1
    sign = "+" if change > 0 else ""
    return nbsp(
        f"{capital(what)} sont passées de {euros(first)} en {known[0].label} à {euros(last)} en {known[-1].label} "
        f"({sign}{percent(change)})."
    )


def result(amount: Decimal | None, label: str, *, partial: bool = False) -> str:
    """``partial``: some figures were not given."""
    if amount is None:
        return nbsp(f"Le résultat de {label} n’est pas connu : il manque des ressources ou des charges.")
    tail = ", d’après ce qui a été donné" if partial else ""
    if not amount:
        return nbsp(f"L’année {label} est à l’équilibre{tail}.")
    if amount > 0:
        return nbsp(f"Il reste {euros(amount)} à la fin de {label} : c’est l’excédent{tail}.")
    return nbsp(f"Il manque {euros(-amount)} à la fin de {label} : c’est le déficit{tail}.")


def pillars(financial: Decimal | None, alliances: Decimal | None, volunteering: Decimal | None) -> str:
    """What the two other pillars bring beside the money, for a hundred euros of it."""
    if financial is None or financial <= 0:
        return nbsp("Ce que votre modèle doit aux personnes, à l’argent et aux alliances.")
    if alliances is None and volunteering is None:
        return nbsp(
            "L’argent se voit. Ce qu’apportent les alliances et les bénévoles n’est pas encore connu."
        )
    bring = "vos alliances ne sont pas encore connues"
    if alliances is not None:
        bring = f"vos alliances apportent {_per_hundred(alliances, financial)}"
    given = " ; le bénévolat n’est pas encore valorisé"
    if volunteering is not None:
        given = f", et les bénévoles l’équivalent de {_per_hundred(volunteering, financial)}"
    return nbsp(f"Pour 100 € de ressources financières, {bring}{given}.")


def _per_hundred(amount: Decimal, whole: Decimal) -> str:
    return euros(Fraction(amount) / Fraction(whole) * 100)
