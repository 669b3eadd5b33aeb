"""Reads of the course; each says how many queries it costs."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import GlossaryTerm, Goal, Resource
from apps.course import checks
from apps.course.enums import PageKind
from apps.course.figures import FIGURES
from apps.course.markdown import Term
from apps.course.models import Page


def references() -> checks.References:
    """3 queries."""
    cases = Resource.objects.filter(kind=ResourceKind.WEBINAR)
    return checks.References(
        terms=frozenset(GlossaryTerm.objects.values_list("pk", flat=True)),
        figures=frozenset(FIGURES),
        cases=frozenset(cases.values_list("pk", flat=True)),
        goals=frozenset(Goal.objects.values_list("number", flat=True)),
    )


def public_pages() -> QuerySet[Page]:
    """What readers may see, without the sheets, which are long. 1 query."""
    return Page.objects.filter(sheet__isnull=False).defer("sheet", "draft")


def public_steps() -> QuerySet[Page]:
    """The steps in their order, without their sheets. 1 query."""
    return public_pages().filter(kind=PageKind.STEP).order_by("number")


def terms() -> dict[str, Term]:
    """1 query."""
    rows = GlossaryTerm.objects.values_list("pk", "name", "summary")
    return {code: Term(code, name, text) for code, name, text in rows}
