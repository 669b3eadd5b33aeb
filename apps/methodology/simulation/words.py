"""What a future gives, in sentences (pure). Amounts in cents, shares of one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from apps.core.typography import MONTHS, count, join_list, months, nbsp
from apps.core.typography import number as figure
from apps.simulator.outcome import Band, Projection
from apps.simulator.plan import Hypothesis
from apps.simulator.sorts import SORTS
from apps.simulator.study import Study

MINUS = "\u2212"


def money(cents: int) -> str:
    """Whole euros: « 12 500 € ». As ``typography.euros``, without fractions: a page writes six hundred of them."""
    whole = (abs(cents) + 50) // 100
    return f"{MINUS if cents < 0 < whole else ''}{whole:,}\u202f€".replace(",", "\u202f")


def signed(cents: int) -> str:
    """« +12 500 € », « −300 € », « 0 € »."""
    return f"+{money(cents)}" if cents >= 50 else money(cents)


def ending(cents: int) -> str:
    """« un excédent de 12 500 € »."""
    if not cents:
        return "un résultat à zéro"
    return f"{'un excédent' if cents > 0 else 'un déficit'} de {money(abs(cents))}"


def month_name(first_year: int, month: int) -> str:
    """« mars 2028 »; ``month`` from 1, January of ``first_year``."""
    return f"{MONTHS[(month - 1) % 12]} {first_year + (month - 1) // 12}"


def cash(value: Fraction | None) -> str:
    """Months of cash; below zero it is said as a lack."""
    return "–" if value is None else months(value)


def futures(share: float) -> str:
    """« 3 futurs sur 10 »: a chance that one can picture."""
    if share <= 0:
        return "aucun des futurs tirés"
    if share >= 1:
        return "tous les futurs tirés"
    tenth = round(share * 10)
    if tenth < 1:
        return nbsp("moins d’1 futur sur 10")
    if tenth > 9:
        return nbsp("plus de 9 futurs sur 10")
    return nbsp(f"{count(tenth, 'futur', 'futurs')} sur 10")


def odds(share: float) -> str:
    """« 3 sur 10 », in a table."""
    if share <= 0 or share >= 1:
        return nbsp("10 sur 10") if share >= 1 else "aucun"
    tenth = round(share * 10)
    return nbsp("< 1 sur 10" if tenth < 1 else "> 9 sur 10" if tenth > 9 else f"{tenth} sur 10")


def risk(study: Study, share: float) -> str:
    """Where nothing is uncertain there is one future: it happens or not."""
    if is_certain(study):
        return "oui" if share >= 1 else "non"
    return futures(share)


def is_certain(study: Study) -> bool:
    """Whether nothing is uncertain: one future only."""
    return all(low == high for low, high in (one.bounds for one in study.plan.hypotheses))


# --- the headline --------------------------------------------------------------------------------------------------------
def headline(study: Study) -> str:
    """Result, months of cash, when."""
    told = study.projection
    last, left = told.years[-1], told.months_of_cash[-1]
    said = f"En {last}, ce futur donne {ending(told.results[-1])}"
    if told.treasury[-1] < 0:
        return nbsp(f"{said}, et il manque {money(-told.treasury[-1])} en caisse.")
    return nbsp(f"{said}, et {months(left)} de trésorerie." if left is not None else f"{said}.")


def more(study: Study) -> list[str]:
    """What else decides: when cash is lowest, since when it balances, and the chances."""
    told = study.projection
    month, lowest = told.lowest
    when = month_name(told.years[0], month)
    first = (
        f"La trésorerie passe sous zéro : au plus bas {money(lowest)}, fin {when}."
        if lowest < 0
        else f"Au plus bas, la trésorerie est de {money(lowest)}, fin {when}."
    )
    return [nbsp(first), nbsp(balance(told)), *chances(study)]


def balance(told: Projection) -> str:
    if told.break_even_year is None:
        return f"L’équilibre n’est pas atteint en {told.years[-1]}."
    if told.break_even_year == told.years[0]:
        return "Chaque année est à l’équilibre ou au-dessus."
    return f"Équilibre à partir de {told.break_even_year}."


def chances(study: Study) -> list[str]:
    if is_certain(study):
        return ["Aucune hypothèse n’a de bas ni de haut\u00a0: un seul futur est calculé."]
    band: Band = study.band
    return [
        nbsp(
            f"Passer à un moment sous 1 mois de trésorerie : {futures(band.under_one.whole)} ; "
            f"sous 3 mois : {futures(band.under_three.whole)}."
        )
    ]


# --- a hypothesis --------------------------------------------------------------------------------------------------------
def value(hypothesis: Hypothesis, v: Decimal) -> str:
    """With the unit of its sort: « 12 000 € par an », « +5 % »."""
    sort = SORTS.get(hypothesis.sort)
    unit = sort.main.unit if sort else ""
    plus = "+" if v > 0 and sort and sort.main.is_signed else ""
    return nbsp(f"{plus}{figure(v)} {unit}".strip())


def span(hypothesis: Hypothesis) -> str:
    """« Montant : 12 000 € par an, entre 8 000 et 15 000 »."""
    low, high = hypothesis.bounds
    sort = SORTS.get(hypothesis.sort)
    label = f"{sort.main.label} : " if sort else ""
    said = nbsp(f"{label}{value(hypothesis, hypothesis.mid)}")
    if low == high:
        return said
    return nbsp(f"{said}, entre {figure(low)} et {figure(high)}")


def when(hypothesis: Hypothesis) -> str:
    """« dès mars 2027, pendant 3 ans »."""
    said = []
    if hypothesis.starts:
        said.append(f"dès {MONTHS[hypothesis.starts.month - 1]} {hypothesis.starts.year}")
    if hypothesis.lasts:
        said.append(f"pendant {count(hypothesis.lasts, 'an', 'ans')}")
    return nbsp(", ".join(said))


def left_out(titles: list[str]) -> str:
    names = join_list(f"« {title} »" for title in titles)
    if len(titles) == 1:
        return nbsp(f"{names} n’est pas comptée : il y manque quelque chose.")
    return nbsp(f"{names} ne sont pas comptées : il y manque quelque chose.")
