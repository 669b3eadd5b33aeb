"""Reads of the library; each says how many queries it costs."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from apps.catalogue.models import Fragility, Goal, Level, Region, SizeClass
from apps.webinars.checks import References
from apps.webinars.models import CitedOrganisation, Person, Webinar


def public() -> QuerySet[Webinar]:
    """What readers see, latest first. 1 query."""
    return Webinar.objects.filter(sheet__isnull=False)


def people() -> QuerySet[Person]:
    """Named people of public cases with ``cases`` (how many), by name. 1 query."""
    cases = Count("appearances__webinar", distinct=True)
    named = Person.objects.filter(is_withdrawn=False, merged_into=None)
    return named.annotate(cases=cases).filter(cases__gt=0).order_by("last_name", "first_name", "pk")


def organisations() -> QuerySet[CitedOrganisation]:
    """Organisations of public cases with ``cases``, by name. 1 query."""
    cases = Count("appearances__webinar", distinct=True)
    kept = CitedOrganisation.objects.filter(merged_into=None)
    return kept.annotate(cases=cases).filter(cases__gt=0).order_by("name", "pk")


def references() -> References:
    """Every code that a sheet may cite. 7 queries: for writing, never for a page that is read."""
    return References(
        goals=frozenset(Goal.objects.values_list("number", flat=True)),
        fragilities=frozenset(Fragility.objects.values_list("pk", flat=True)),
        levels=frozenset(Level.objects.values_list("pk", flat=True)),
        regions=frozenset(Region.objects.values_list("pk", flat=True)),
        sizes=frozenset(SizeClass.objects.values_list("pk", flat=True)),
        people=frozenset(Person.objects.filter(merged_into=None).values_list("slug", flat=True)),
        organisations=frozenset(
            CitedOrganisation.objects.filter(merged_into=None).values_list("slug", flat=True)
        ),
    )


def names(
    slugs_of_people: set[str], slugs_of_organisations: set[str]
) -> tuple[dict[str, Person], dict[str, CitedOrganisation]]:
    """What a sheet's slugs stand for. 2 queries."""
    return (
        {row.slug: row for row in Person.objects.filter(slug__in=slugs_of_people)},
        {row.slug: row for row in CitedOrganisation.objects.filter(slug__in=slugs_of_organisations)},
    )


def working() -> QuerySet[Webinar]:
    """Every case for curators, the last touched first. 1 query."""
    return Webinar.objects.select_related("author", "reviewer").order_by("-updated_at", "slug")
