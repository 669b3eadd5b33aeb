"""What the figures of the course show of the reference tables: reads, then drawings; each says its queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from apps.catalogue import models
from apps.catalogue.enums import ResourceKind
from apps.catalogue.provenance import merged
from apps.core.figures import efforts
from apps.core.figures.svg import Svg
from apps.core.typography import MONTHS
from apps.course.figures import cash as cash_figure
from apps.course.figures import ecosystem, impacts, levels, mix, partnerships, people, scissors, steps, tripod
from apps.course.figures.sources import Source, distinct

SCISSORS = ("subsidy-share-fall", "not-enough-funding", "public-funding-fall-employers-2025")
CASH = {
    "cash-under-3m-employers-2025-03": "associations employeuses",
    "cash-under-3m-non-employers-2025-03": "associations sans salarié",
}
VOLUNTEERS = ("volunteers-share", "volunteers-65")
MIX = ("resource-mix-old",)
READER = "engagement"  # the ecosystem model of an association


class IncompleteError(LookupError):
    """A reference table lacks what a figure shows, or says it in words that are not understood."""


def points(codes: Sequence[str]) -> list[models.ReferencePoint]:
    """In this order. 1 query. IncompleteError when one is missing."""
    found = models.ReferencePoint.objects.in_bulk(codes)
    if missing := [code for code in codes if code not in found]:
        raise IncompleteError(f"no reference point {missing}")
    return [found[code] for code in codes]


def _number(point: models.ReferencePoint) -> int:
    if point.number is None:
        raise IncompleteError(f"no number in {point.code}")
    return int(point.number)


def _found(pattern: str, text: str) -> list[tuple[str, ...]]:
    """Every match of two groups or more. IncompleteError when there is none."""
    matches = [match.groups() for match in re.finditer(pattern, text)]
    if not matches:
        raise IncompleteError(f"nothing like {pattern!r} in {text!r}")
    return matches


def tripod_figure() -> Svg:
    """1 query."""
    pillars = {pillar.code: pillar for pillar in models.Pillar.objects.all()}
    order = [pillars[code] for code in ("human", "financial", "alliances")]
    return tripod.draw(tuple(tripod.Support(pillar.name, pillar.question) for pillar in order))


def scissors_figure() -> Svg:
    """1 query."""
    return scissors.draw(
        tuple(scissors.Fact(p.value, p.name, p.population, p.year or p.source_year) for p in points(SCISSORS))
    )


def three_impacts() -> Svg:
    """1 query."""
    return impacts.draw(
        tuple(
            impacts.Horizon(h.label, _months(h.label), h.name, h.dimension, h.impact, h.until)
            for h in models.TrajectoryHorizon.objects.all()
        )
    )


def _months(label: str) -> int:
    ((number, unit),) = _found(r"(\d+)\s+(mois|ans?)", label)
    return int(number) * (1 if unit == "mois" else 12)


def ecosystem_models() -> Svg:
    """2 queries."""
    rows, links = models.EcosystemModel.objects.all(), models.EcosystemInteraction.objects.all()
    return ecosystem.draw(
        tuple(ecosystem.Model(row.code, row.name, row.family) for row in rows),
        tuple(ecosystem.Link(link.giver_id, link.receiver_id, link.name) for link in links),
        READER,
    )


def volunteers() -> Svg:
    """1 query. Ages and numbers of people are published in the sentences of the two reference points."""
    everyone, oldest = points(VOLUNTEERS)
    ((millions, _),) = _found(r"(\d+(?:,\d+)?)\s(millions?)", everyone.population)
    ((weekly, _),) = _found(r"(\d+(?:,\d+)?)\s(millions?)", everyone.note)
    ((before, year),) = _found(r"(\d+)\s% en (\d{4})", oldest.note)
    ages = [(who, int(share)) for who, share in _found(r"(\d+-\d+\sans)\s:\s(\d+)\s%", oldest.note)]
    ages.append((oldest.population.removeprefix("Personnes de "), _number(oldest)))
    return people.volunteers(
        people.Volunteers(
            _number(everyone), millions, weekly, tuple(ages), (int(before), year), everyone.year
        )
    )


def resource_mix() -> Svg:
    """1 query."""
    (point,) = points(MIX)
    shares = [(name, int(share)) for name, share in _found(r"([^\W\d_]+)\s(\d+)\s%", point.value)]
    warning = f"{point.note} Source fragile : à ne pas prendre pour la situation d’aujourd’hui."
    return mix.draw(mix.Mix(tuple(shares), point.year, warning))


def cash() -> Svg:
    """1 query."""
    rows = points(tuple(CASH))
    groups = [cash_figure.Group(_number(row), CASH[row.code]) for row in rows]
    year, month = rows[0].code.split("-")[-2:]
    return cash_figure.draw(cash_figure.Cash(tuple(groups), rows[0].name, f"{MONTHS[int(month) - 1]} {year}"))


def partnership_types() -> Svg:
    """1 query."""
    rows = list(models.PartnershipType.objects.all())
    years = {entry.part: entry.year for entry in merged(rows)}
    kinds = [partnerships.Kind(row.name, row.company_rate, row.association_rate) for row in rows]
    return partnerships.types(
        partnerships.Practice(tuple(kinds), years.get("company", ""), years.get("association", ""))
    )


def level_ladder() -> Svg:
    """1 query."""
    rows = list(models.Level.objects.all())
    years = {entry.part: entry.year for entry in merged(rows)}
    shown = tuple(levels.Level(row.name, row.group_name, row.share) for row in rows)
    return levels.draw(levels.Levels(shown, years.get("share", "")))


def trajectory_matrix() -> Svg:
    """2 queries."""
    rows, horizons = models.TrajectoryRow.objects.all(), list(models.TrajectoryHorizon.objects.all())
    return efforts.draw(
        [efforts.Effort(row.name, _effort(row, horizons), row.fits_associations) for row in rows],
        [(horizon.label, horizon.name) for horizon in horizons],
    )


def _effort(
    row: models.TrajectoryRow, horizons: Sequence[models.TrajectoryHorizon]
) -> tuple[tuple[int, str], ...]:
    values = (row.months_18, row.years_7, row.years_28)
    return tuple((value, row.positions[h.code]) for value, h in zip(values, horizons, strict=True))


def method_steps() -> Svg:
    """2 queries."""
    rows = models.Resource.objects.filter(kind=ResourceKind.METHOD_STEP).prefetch_related("pillars")
    return steps.method(
        tuple(
            steps.MethodStep(row.name, row.minutes or 0, tuple(pillar.code for pillar in row.pillars.all()))
            for row in rows
        )
    )


def origins(*rows: Callable[[], Iterable[models.Ordered]]) -> Callable[[], tuple[Source, ...]]:
    """Reads where the rows come from; as many queries as there are readers."""
    return lambda: distinct(merged(row for read in rows for row in read()))


def of_points(codes: Sequence[str]) -> Callable[[], tuple[Source, ...]]:
    """1 query."""
    return origins(lambda: points(codes))
