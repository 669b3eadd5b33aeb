"""The resource mix, the indicators beside published reference points, and what is missing to compute them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.core.figures import mix
from apps.core.figures.svg import Svg
from apps.core.typography import join_list, months, nbsp, number, percent
from apps.diagnostic.presenters_measures import ACCOUNTS, FIELDS, INVITATION, MEASURES, Measure
from apps.diagnostic.presenters_references import Reference, References
from apps.diagnostic.scoring.finances import RESOURCE_KEYS


@dataclass(frozen=True, slots=True)
class Indicator:
    """``value`` or ``missing``: one of them is empty."""

    key: str
    label: str
    how: str
    value: str
    missing: str
    references: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class Finances:
    has_years: bool
    title: str
    text: str
    mix: Svg | None
    why_no_mix: str
    accounts_header: tuple[str, ...]
    accounts: tuple[tuple[str, ...], ...]
    indicators: tuple[Indicator, ...]


def finances(
    payload: Mapping[str, Any], years: Sequence[Mapping[str, Any]], references: References
) -> Finances:
    if not years:
        return Finances(
            False, "Les comptes n’ont pas été donnés cette fois.", nbsp(INVITATION), None, "", (), (), ()
        )
    whole = [year for year in years if not _missing(year, RESOURCE_KEYS)]
    return Finances(
        True,
        *_sentence(years[-1], whole),
        mix=mix.draw(tuple(mix.Year(str(y["year"]), y["resources"]) for y in whole[-3:])) if whole else None,
        why_no_mix="" if whole else _lacking_origins(years[-1]),
        accounts_header=("En euros", *(str(year["year"]) for year in years)),
        accounts=_accounts(years),
        indicators=tuple(_indicator(key, payload["indicators"], years, references) for key in MEASURES),
    )


def _sentence(latest: Mapping[str, Any], whole: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    if not whole or whole[-1] is not latest:
        return "Vos comptes, tels que vous les avez donnés.", nbsp(
            "L’origine des ressources est incomplète pour le dernier exercice : plusieurs "
            "indicateurs manquent."
        )
    shares = mix.Year("", latest["resources"]).shares()
    if not any(shares):
        return "Aucune ressource n’a été déclarée.", nbsp("Les parts ne peuvent pas être calculées.")
    most = max(range(len(shares)), key=lambda rank: shares[rank])
    name = mix.FAMILIES[most].name
    others = sum(share > 0 for share in shares) - 1
    title = f"{name} : {percent(shares[most])} de vos ressources en {latest['year']}."
    if not others:
        return nbsp(title), nbsp("Tout vient d’une seule famille de ressources.")
    return nbsp(title), nbsp(
        "Les parts disent d’où vient l’argent. Aucune répartition n’est bonne en soi : la question "
        "est de savoir si "
        "vous l’avez choisie."
    )


def _accounts(years: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """A line a figure that was given at least once."""
    given = [key for key in ACCOUNTS if any(year.get(key) is not None for year in years)]
    return tuple((ACCOUNTS[key], *(_amount(year.get(key)) for year in years)) for key in given)


def _amount(value: float | None) -> str:
    return "non donné" if value is None else number(value, 0)


def _indicator(
    key: str, values: Mapping[str, float | None], years: Sequence[Mapping[str, Any]], references: References
) -> Indicator:
    measure, value, index = MEASURES[key], values.get(key), values.get("resource_concentration")
    missing = "" if value is not None else _why_missing(key, measure, years)
    shown = "" if value is None else nbsp(_written(value, measure.unit))
    how = measure.how
    if key == "effective_sources" and index is not None:
        how = f"{how}, ici {number(index, 3)}"
    return Indicator(key, measure.label, nbsp(how), shown, nbsp(missing), references.grouped(key))


def _written(value: float, unit: str) -> str:
    if unit == "months":
        return months(value)
    if unit == "percent":
        return percent(value)
    if unit == "change":
        return ("+" if value > 0 else "") + percent(value, 1)
    return number(value, 1)


def _why_missing(key: str, measure: Measure, years: Sequence[Mapping[str, Any]]) -> str:
    if key == "resources_change":
        return _why_no_change(years)
    return _needed(years[-1], measure.needs)


def _why_no_change(years: Sequence[Mapping[str, Any]]) -> str:
    if len(years) < 2:
        return "Il faut deux exercices."
    incomplete = [str(y["year"]) for y in (years[0], years[-1]) if _missing(y, RESOURCE_KEYS)]
    if incomplete:
        return f"Origine des ressources incomplète en {join_list(incomplete)}."
    return "Non calculé : les ressources du premier exercice sont nulles."


def _lacking_origins(year: Mapping[str, Any]) -> str:
    """Named once, above the indicators that all need them."""
    lacking = _missing(year, RESOURCE_KEYS)
    names = [FIELDS[key] for key in lacking] if len(lacking) <= 4 else [f"{len(lacking)} origines"]
    return f"Il manque {join_list(names)} en {year['year']}."


def _needed(year: Mapping[str, Any], needs: Sequence[str]) -> str:
    lacking = _missing(year, needs)
    if not lacking:
        return "Non calculé : le total qui sert de diviseur est nul."
    names = [FIELDS[key] for key in lacking if key not in RESOURCE_KEYS]
    if len(names) < len(lacking):
        names.append("l’origine de toutes les ressources")
    return f"Il manque {join_list(names)} en {year['year']}."


def _missing(year: Mapping[str, Any], needs: Sequence[str]) -> list[str]:
    resources = year.get("resources") or {}
    return [key for key in needs if (resources if key in RESOURCE_KEYS else year).get(key) is None]
