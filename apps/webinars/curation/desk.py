"""The home of the curation space, the list of all cases, the grid of what the library covers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.requests import SignedInRequest
from apps.editorial.curation.access import is_curator, writers
from apps.editorial.enums import DraftState
from apps.webinars.curation import coverage as grid
from apps.webinars.curation import reads

MOST = 10  # of each kind on the home page
LATEST = 5
PER_PAGE = 20


@writers
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """6 queries for a curator, whatever the number of cases; an author sees hers only."""
    curator = is_curator(request)
    cases = reads.cases(request.user, everything=curator)
    context: dict[str, Any] = {
        "is_curator": curator,
        "to_review": cases.filter(state=DraftState.REVIEW).order_by("updated_at")[:MOST],
        "drafts": cases.filter(state=DraftState.DRAFT, author=request.user)[:MOST],
        "scheduled": cases.filter(state=DraftState.SCHEDULED).order_by("publish_at")[:MOST],
        "published": cases.filter(sheet__isnull=False).order_by("-published_at")[:LATEST],
        "broken": reads.broken_links() if curator else 0,
    }
    return render(request, "curation/home.html", context)


@writers
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    words, state = request.GET.get("q", "")[:120], request.GET.get("etat", "")
    found = reads.search(reads.cases(request.user, everything=is_curator(request)), words, state)
    context = {
        "is_curator": is_curator(request),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1")),
        "words": words,
        "state": state if state in DraftState.values else "",
        "states": DraftState.choices,
    }
    return render(request, "curation/cases.html", context)


@writers
@require_safe
def coverage(request: SignedInRequest) -> HttpResponse:
    return render(request, "curation/coverage.html", {"grid": grid.grid()})
