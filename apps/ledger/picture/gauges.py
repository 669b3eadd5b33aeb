"""The indicators and the alerts of the diagnostic, worked out from accounts (pure but for the published points)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apps.core.typography import euros, join_list, nbsp
from apps.diagnostic.presenters_alerts import Alerts, Facts, alerts
from apps.diagnostic.presenters_finances import Finances, Indicator, finances
from apps.diagnostic.presenters_measures import MEASURES
from apps.diagnostic.presenters_references import References
from apps.diagnostic.scoring import finances as scoring
from apps.diagnostic.scoring.finances import RESOURCE_KEYS, Year
from apps.ledger.years import LedgerYear

STOCKS = frozenset({"treasury", "equity", "employees_fte"})  # what a longer exercise does not make larger
BESIDE = frozenset({"volunteer_hours", "employees_fte", "top_funder", "multi_year", "treasury", "equity"})
PARTS = {
    "top_funder": "Ce que verse votre premier financeur",
    "multi_year": "Ce qui est promis sur plusieurs années",
}
SHARES = {"top_funder_share": "top_funder", "multi_year_share": "multi_year"}
FOLLOWS = timedelta(days=31)  # between the end of an exercise and the start of the next


@dataclass(frozen=True, slots=True)
class Gauge:
    """``before``: « 2,4 mois en 2024 », latest first. ``fix``: the exercise to complete when the value is missing."""

    indicator: Indicator
    before: tuple[str, ...]
    fix: LedgerYear | None


def scored(year: LedgerYear, in_kind: Decimal | None) -> Year:
    """What the diagnostic computes with; an exercise longer or shorter than a year is brought to twelve months."""
    known = dict(year.finances())
    if in_kind is not None:
        known["in_kind"] = in_kind
    scale = Fraction(12, year.months)
    values = {key: Fraction(value) * (1 if key in STOCKS else scale) for key, value in known.items()}
    resources = {key: values.pop(key, None) for key in RESOURCE_KEYS}
    made = Year(year.year, values, resources)
    for key in beyond(made):
        del values[key]  # a share over the whole says nothing, and would set off an alert
    return made


def beyond(year: Year) -> list[str]:
    """Parts of the resources that are typed larger than all of them."""
    return [
        key
        for key in PARTS
        if (part := year.get(key)) is not None and year.total is not None and part > year.total
    ]


def excesses(year: LedgerYear) -> dict[str, str]:
    """Figure typed beside the accounts → why it is not counted, in words."""
    values = {key: Fraction(value) for key, value in year.finances().items()}
    whole = Year(year.year, values, {key: values.get(key) for key in RESOURCE_KEYS})
    return {key: nbsp(_excess(key, whole)) for key in beyond(whole)}


def _excess(key: str, year: Year) -> str:
    return (
        f"{PARTS[key]} ({euros(year.figures[key] or 0)}) dépasse toutes vos ressources de {year.year}, hors autres "
        f"produits et reprises ({euros(year.total or 0)}) : l’un des deux est à revoir."
    )


def gauges(years: Sequence[LedgerYear], given: Mapping[int, Decimal], references: References) -> list[Gauge]:
    """``years``: one at least, oldest first. ``given``: civil year → what is given in kind, where it is valued."""
    found = [scored(year, given.get(year.year)) for year in years]
    now = _shown(found, references)
    before = [
        (year, {one.key: one for one in _shown([year], References((), None)).indicators})
        for year in found[:-1]
    ]
    odd = excesses(years[-1])
    return [
        Gauge(
            _told(one, odd),
            () if one.key == "resources_change" else _before(one.key, before),
            years[-1] if SHARES.get(one.key) in odd else _fix(one, years),
        )
        for one in now.indicators
    ]


def _told(one: Indicator, odd: Mapping[str, str]) -> Indicator:
    """With the true reason when a figure was given and cannot be counted."""
    why = odd.get(SHARES.get(one.key, ""), "")
    return replace(one, missing=why) if why else one


def _shown(years: Sequence[Year], references: References) -> Finances:
    return finances({"indicators": scoring.indicators(years)}, [_row(year) for year in years], references)


def _row(year: Year) -> dict[str, Any]:
    """As a diagnostic keeps a year: a resource below zero counts for nothing in its figure, which is not shown here."""
    resources = {key: None if (one := year.resources[key]) is None else max(one, 0) for key in RESOURCE_KEYS}
    return {"year": year.year, **year.figures, "resources": resources}


def _before(key: str, years: Iterable[tuple[Year, Mapping[str, Indicator]]]) -> tuple[str, ...]:
    said = [nbsp(f"{shown[key].value} en {year.year}") for year, shown in years if shown[key].value]
    return tuple(reversed(said))


def _fix(one: Indicator, years: Sequence[LedgerYear]) -> LedgerYear | None:
    if one.value or (one.key == "resources_change" and len(years) < 2):
        return None
    known = set(years[-1].finances())
    lacking = [need for need in MEASURES[one.key].needs if need not in known]
    return years[-1] if lacking else None


def annual(years: Sequence[LedgerYear]) -> str:
    """What was brought to twelve months, in words, or ""."""
    odd = [f"{year.year} ({year.months} mois)" for year in years if year.months != 12]
    return nbsp(f"Ramené à douze mois pour ces indicateurs : {join_list(odd)}.") if odd else ""


def warnings(years: Sequence[LedgerYear], references: References) -> Alerts:
    """Those of the diagnostic. Losses in a row are counted on exercises that follow one another."""
    found = [scored(year, None) for year in run(years)]
    values = scoring.indicators(found)
    rows = [{"code": code, "level": level} for code, level in scoring.alerts(found, None)]
    known = Facts(
        cash=_number(values["months_of_cash"]),
        equity=_number(found[-1].get("equity")),
        losses=scoring.losses_in_a_row(found),
        top_funder=_number(values["top_funder_share"]),
        board_years=None,
    )
    return alerts({"alerts": rows}, known, references, True)


def run(years: Sequence[LedgerYear]) -> list[LedgerYear]:
    """The last exercises that follow one another, oldest first."""
    kept = [years[-1]]
    for year in reversed(years[:-1]):
        if kept[0].starts_on - year.ends_on > FOLLOWS:
            break
        kept.insert(0, year)
    return kept


def _number(value: Fraction | None) -> float | None:
    """To be written, no longer to be compared."""
    return None if value is None else float(value)


def has_employees(year: LedgerYear) -> bool | None:
    """From the people counted, or else from the wages of complete accounts; None when neither is known."""
    if year.employees_fte is not None:
        return year.employees_fte > 0
    payroll = year.finances().get("payroll")
    return None if payroll is None else payroll > 0
