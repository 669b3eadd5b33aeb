"""The context of ``ledger/picture.html``."""

from __future__ import annotations

from typing import Any, cast

from django.http import QueryDict

from apps.accounts.models import Organisation
from apps.catalogue.models import ReferencePoint
from apps.catalogue.published import kept
from apps.core.typography import join_list, nbsp
from apps.diagnostic.presenters_references import References
from apps.diagnostic.scoring.finances import RESOURCE_KEYS
from apps.ledger.picture import full_cost, gauges, in_kind, parts, sayings, smic, switches
from apps.ledger.picture.activities import Key
from apps.ledger.picture.in_kind import METHODS, Valued
from apps.ledger.picture.parts import COST_SIDE, RESOURCE_SIDE
from apps.ledger.years import LedgerYear

DOOR = "agir"


def page(
    years: list[LedgerYear], organisation: Organisation, with_in_kind: bool, asked: QueryDict | None = None
) -> dict[str, Any]:
    """``years``: oldest first. ``asked``: ``request.GET``, read here for ``valeur`` (how gifts are valued), ``cle``
    (how common costs are split) and ``commun`` (sections that are common); whatever else it holds is left alone.

    1 query, the revision of the published content; one more after a change of it.
    """
    said = asked if asked is not None else QueryDict()
    context: dict[str, Any] = {"door": DOOR, "organisation": organisation, "years": years}
    if not years:
        return context
    method = in_kind.method_for(years, said.get("valeur", ""))
    valued = [in_kind.value(year, method) for year in years]
    references = References(points(), gauges.has_employees(years[-1]))
    return (
        context
        | {"last": years[-1], "alerts": gauges.warnings(years, references)}
        | switches.switches(said, with_in_kind, valued)
        | _mixes(years, valued, with_in_kind)
        | _pillars(years, valued)
        | _given(method.code, valued)
        | _gauges(years, valued, references)
        | _activities(years, said)
    )


@kept
def points() -> tuple[ReferencePoint, ...]:
    """The published points that stand beside an indicator."""
    return tuple(ReferencePoint.objects.exclude(indicator=""))


def _mixes(years: list[LedgerYear], valued: list[Valued], with_in_kind: bool) -> dict[str, Any]:
    given = {one.year.year: one.amounts for one in valued} if with_in_kind else {}
    families, columns = parts.columns_of(years, RESOURCE_SIDE, given)
    spent, spendings = parts.columns_of(years, COST_SIDE, given)
    known = years[-1].finances()
    partial = not set(RESOURCE_KEYS).issubset(known)
    before, marked, after = sayings.resources_headline(
        families, columns[-1], in_kind=with_in_kind, partial=partial
    )
    ending = sayings.result(known.get("result"), str(years[-1].year), partial=not years[-1].is_complete)
    moved = sayings.moves(families, columns) or sayings.heaviest(families, columns[-1])
    paid = [sayings.share_change(spent, spendings), ending]
    return {
        "headline": (before, marked, after),
        "lede": " ".join(one for one in (sayings.share_change(families, columns), ending) if one),
        "resources": parts.mix(
            RESOURCE_SIDE, moved, sayings.total_change("vos ressources", columns), families, columns
        ),
        "costs": parts.mix(
            COST_SIDE,
            sayings.costs_title(spent, spendings[-1]),
            " ".join(one for one in paid if one),
            spent,
            spendings,
        ),
        "unplaced": [year for year in years if year.unmapped],
        "typed": nbsp(_typed(years)),
    }


def _typed(years: list[LedgerYear]) -> str:
    found = [str(year.year) for year in years if not year.is_complete]
    if not found:
        return ""
    return f"Saisi à la main en {join_list(found)} : ce qui n’a pas été donné n’est pas compté pour zéro."


def _pillars(years: list[LedgerYear], valued: list[Valued]) -> dict[str, Any]:
    given = {one.year.year: one.amounts for one in valued}
    return {
        "pillars": parts.pillars_of(years, given),
        "pillars_said": parts.pillars_said(years[-1], valued[-1]),
        "reasons": parts.reasons(),
    }


def _given(code: str, valued: list[Valued]) -> dict[str, Any]:
    return {
        "methods": [(one, one.code == code) for one in METHODS.values()],
        "method": METHODS[code],
        "given": parts.given_rows(valued),
        "rate": valued[-1].rate,
        "not_valued": [(one.missing, one.year) for one in valued if one.missing],
        "load_source": nbsp(smic.LOAD_SOURCE) if code == "smic" else "",
        "load_url": smic.LOAD_URL,
    }


def _gauges(years: list[LedgerYear], valued: list[Valued], references: References) -> dict[str, Any]:
    given = {one.year.year: one.total for one in valued if one.total is not None}
    return {"gauges": gauges.gauges(years, given, references), "annual": gauges.annual(years)}


def _activities(years: list[LedgerYear], said: QueryDict) -> dict[str, Any]:
    """Of the last exercise that has sections."""
    year = next((one for one in reversed(years) if full_cost.sections_of(one)), None)
    if year is None:
        return {"activities": None, "sections": []}
    asked, sections = said.get("cle", ""), full_cost.sections_of(year)
    key = asked if asked in full_cost.KEYS else "direct"
    chosen = "cle" in said or "commun" in said
    common = said.getlist("commun") if chosen else [code for code in sections if full_cost.looks_common(code)]
    return {
        "activities": full_cost.build(year, cast(Key, key), common),
        "sections": [(code, code in common) for code in sections],
        "keys": [(code, label, code == key) for code, (label, _) in full_cost.KEYS.items()],
        "key_said": nbsp(full_cost.KEYS[key][1]),
        "guessed": "" if chosen else nbsp(full_cost.guessed(common)),
    }
