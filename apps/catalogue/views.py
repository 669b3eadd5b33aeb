"""Fragilities and goals, open to all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.catalogue import presenters, selectors
from apps.catalogue.provenance import merged
from apps.catalogue.published import rendered


def matrix() -> dict[str, Any]:
    goals, fragilities = list(selectors.goals()), list(selectors.fragilities())
    return {
        "goals": goals,
        "matrix": presenters.matrix(fragilities, goals, selectors.cases_by_fragility_and_goal()),
        "families": presenters.by_family(fragilities),
        "sources": merged([*fragilities, *goals]),
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    body = rendered("catalogue/index.html#body", matrix)
    return render(request, "catalogue/index.html", {"door": "comprendre", "body": body})


@require_safe
def goal(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(selectors.goals_with_links(), number=number)
    shown, total = selectors.some_cases(goals=found)
    context = {
        "door": "comprendre",
        "goal": found,
        "cards": presenters.cards(shown),
        "total": total,
        "around": presenters.around(selectors.goals(), found),
    }
    return render(request, "catalogue/goal.html", context)


@require_safe
def fragility(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(selectors.fragilities(), slug=slug)
    shown, total = selectors.some_cases(fragilities=found)
    context = {
        "door": "comprendre",
        "fragility": found,
        "indicator_is_ours": found.is_ours("indicator"),
        "links_are_ours": found.is_ours("links"),
        "cards": presenters.cards(shown),
        "total": total,
        "around": presenters.around(selectors.fragility_names(), found),
    }
    return render(request, "catalogue/fragility.html", context)
