"""What steps 2, 3 and 5 read outside the démarche: the content, and the association's diagnostic as the person may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.accounts.roles import MANAGERS
from apps.catalogue.models import Fragility, TrajectoryHorizon, TrajectoryRow
from apps.catalogue.published import kept
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.models import FinanceYear
from apps.diagnostic.selectors import campaigns_of
from apps.ledger.selectors import years_readable_by
from apps.ledger.years import LedgerYear
from apps.methodology.access import Place
from apps.methodology.target.figures.activity_map import Family
from apps.methodology.target.figures.spread import Published
from apps.methodology.tools.photograph import COSTS, IN_KIND, RESOURCES

CODES = tuple(code for code, *_ in (*RESOURCES, *COSTS, *IN_KIND))


@kept
def families() -> tuple[Family, ...]:
    """The sixteen fragilities by family. 1 query, 1 more after a change of the content."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = Fragility.objects.order_by("family__position", "position").values_list(
        "family__name", "code", "name"
    )
    for family, code, name in rows:
        found.setdefault(family, []).append((code, name))
    return tuple(Family(name, tuple(fragilities)) for name, fragilities in found.items())


def declared_fragilities(place: Place) -> frozenset[str]:
    """As the association's sheet says. 1 query."""
    return frozenset(place.engagement.organisation.fragilities.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Matrix:
    """``horizons``: (label, name)."""

    rows: tuple[Published, ...]
    horizons: tuple[tuple[str, str], ...]
    source: str


@kept
def matrix() -> Matrix:
    """The published matrix of trajectories. 1 query, 2 more after a change of the content."""
    horizons = list(TrajectoryHorizon.objects.all())
    rows = list(TrajectoryRow.objects.all())
    published = tuple(
        Published(
            row.name,
            (row.months_18, row.years_7, row.years_28),
            _positions(row.positions, horizons),
            row.fits_associations,
        )
        for row in rows
    )
    source = (
        f"Source : {rows[0].source_label}, matrice des trajectoires, {rows[0].source_year}." if rows else ""
    )
    return Matrix(published, tuple((horizon.label, horizon.name) for horizon in horizons), source)


def _positions(said: Mapping[str, str], horizons: list[TrajectoryHorizon]) -> tuple[str, str, str]:
    first, second, third = (said[horizon.code] for horizon in horizons)
    return first, second, third


# --- the diagnostic: only to the members of the association, as its own pages do --------------------------------------
@dataclass(frozen=True, slots=True)
class Standing:
    """``shares`` by pillar, None when the last result could not place the point; ``day``: of its closing."""

    shares: Mapping[str, float] | None
    day: date


def standing(place: Place) -> Standing | None:
    """Of the last closed campaign; None without one, or for somebody who may not read it. 1 query."""
    rows = campaigns_of(place.seat.user).filter(  # type: ignore[arg-type]  # a seat that holds has its person
        organisation=place.engagement.organisation_id, state=CampaignState.CLOSED, result__isnull=False
    )
    found = rows.order_by("-closed_at").values_list("result__payload__barycentre", "closed_at").first()
    return Standing(found[0], timezone.localdate(found[1])) if found else None


Figures = dict[str, Decimal]


def diagnostic_years(place: Place) -> dict[int, Figures]:
    """The years of accounts given in the diagnostic, the latest campaign's word first. 2 queries at most.

    Those of a campaign that is still open are read by the people who manage it, as in the diagnostic.
    """
    campaigns = campaigns_of(place.seat.user).filter(organisation=place.engagement.organisation_id)  # type: ignore[arg-type]
    rows = campaigns.order_by("-opened_at").values_list("pk", "state", "member_role", "result__finances")  # type: ignore[misc]
    found: dict[int, Figures] = {}
    for pk, state, role, frozen in rows:
        if state == CampaignState.OPEN and role in MANAGERS:
            years = {year.year: _of_row(year) for year in FinanceYear.objects.filter(campaign=pk)}
        else:
            years = {int(year["year"]): _of_result(year) for year in frozen or []}
        for year, figures in years.items():
            if figures:
                found.setdefault(year, figures)
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Known:
    """``years``: figures by year, oldest first; ``source``: where they come from, as a sentence begins."""

    years: dict[int, Figures]
    source: str


def known_years(place: Place) -> Known:
    """What the association's accounts and its diagnostic say of its years, the accounts first. 5 queries at most."""
    said = diagnostic_years(place)
    found = years_readable_by(place.seat.user, place.engagement.organisation)  # type: ignore[arg-type]
    read = {year.year: _of_accounts(year) for year in found}
    years = {year: {**said.get(year, {}), **read.get(year, {})} for year in sorted({*said, *read})}
    if read and said:
        return Known(years, "Les comptes et le diagnostic de l’association ont")
    return Known(years, "Les comptes de l’association ont" if read else "Le diagnostic de l’association a")


def _of_accounts(year: LedgerYear) -> Figures:
    """Without what is below zero (more given back than sold): those lines of step 3 are typed without a sign."""
    return {code: value for code, value in year.step3().items() if code in CODES and value >= 0}


def _of_row(year: FinanceYear) -> Figures:
    values = {code: getattr(year, code, None) for code in CODES}
    return {code: value for code, value in values.items() if value is not None}


def _of_result(year: Mapping[str, Any]) -> Figures:
    values = {**year, **(year.get("resources") or {})}
    return {code: Decimal(str(values[code])) for code in CODES if values.get(code) is not None}
