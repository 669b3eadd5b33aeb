"""Reads of the public catalogue; each says how many queries it costs."""

from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Fragility, FragilityGoal, Goal, ReferencePoint, Resource


def goals() -> QuerySet[Goal]:
    """1 query."""
    return Goal.objects.all()


def goals_with_links() -> QuerySet[Goal]:
    """Each goal with ``fragility_links``, main ones first. 2 queries."""
    links = FragilityGoal.objects.select_related("fragility__family").order_by(
        "weight", "fragility__position"
    )
    return Goal.objects.prefetch_related(Prefetch("fragility_links", links))


def fragilities() -> QuerySet[Fragility]:
    """Each fragility with its family and its ``goal_links``, main one first. 2 queries."""
    links = FragilityGoal.objects.select_related("goal").order_by("weight", "goal__number")
    return Fragility.objects.select_related("family").prefetch_related(Prefetch("goal_links", links))


def fragility_names() -> QuerySet[Fragility]:
    """1 query."""
    return Fragility.objects.all()


def resources(*kinds: ResourceKind) -> QuerySet[Resource]:
    """The index with its tags, or only these kinds. 4 queries."""
    found = Resource.objects.prefetch_related("pillars", "fragilities", "goals").select_related("medoc")
    return found.filter(kind__in=kinds) if kinds else found


def webinars() -> QuerySet[Resource]:
    """Latest first. 4 queries."""
    return resources(ResourceKind.WEBINAR).order_by("-date")


def cases_by_fragility_and_goal() -> dict[tuple[str, str], int]:
    """How many cases carry both labels, where some do. 1 query."""
    found = Resource.objects.filter(kind=ResourceKind.WEBINAR, fragilities__isnull=False, goals__isnull=False)
    rows = found.values_list("fragilities", "goals").annotate(cases=Count("pk", distinct=True)).order_by()
    return {(fragility, goal): cases for fragility, goal, cases in rows}


CASES_SHOWN = 12


def some_cases(**about: Goal | Fragility) -> tuple[list[Resource], int]:
    """The latest cases on this goal or fragility, and how many there are. 4 queries, 5 when some are not shown."""
    found = webinars().filter(**about)
    rows = list(found[: CASES_SHOWN + 1])
    return rows[:CASES_SHOWN], len(rows) if len(rows) <= CASES_SHOWN else found.count()


def reference_points() -> QuerySet[ReferencePoint]:
    """1 query."""
    return ReferencePoint.objects.all()


def resource_names(*kinds: ResourceKind) -> QuerySet[Resource]:
    """In the index's order, without tags. 1 query."""
    return Resource.objects.filter(kind__in=kinds) if kinds else Resource.objects.all()
