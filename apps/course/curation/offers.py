"""What the lists of the forms propose, with names; each says how many queries it costs."""

from __future__ import annotations

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import GlossaryTerm, Goal, Pillar, Resource
from apps.core.typography import date_long
from apps.course.curation.forms.controls import Offers
from apps.course.figures import FIGURES


def offers(fields: tuple[str, ...]) -> Offers:
    """For a chapter that writes these fields. At most 2 queries."""
    found: Offers = {"figure": [(code, figure.name) for code, figure in FIGURES.items()]}
    if "case" in fields:
        cases = Resource.objects.filter(kind=ResourceKind.WEBINAR).order_by("-date", "pk")
        found["webinar"] = [(case.pk, named(case)) for case in cases]
    if "pillars" in fields:
        found["pillars"] = [(str(code), name) for code, name in Pillar.objects.values_list("pk", "name")]
        goals = Goal.objects.order_by("number").values_list("number", "name")
        found["goals"] = [(str(number), f"{number}. {name}") for number, name in goals]
    return found


def named(case: Resource) -> str:
    return f"{case.title}, {date_long(case.date)}" if case.date else case.title


def terms() -> list[tuple[str, str]]:
    """(code, name) of the glossary, in the order of names. 1 query."""
    return list(GlossaryTerm.objects.order_by("name").values_list("pk", "name"))
