"""The exercises of an association, and the help around them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.requests import SignedInRequest
from apps.ledger import access, selectors
from apps.ledger.picture.page import page
from apps.ledger.presenters import imports_to_follow, typing_refusal, years_page

DOOR = "agir"


@never_cache
@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The accounts of the current association; without one, what to do first."""
    if request.organisation is None:
        return render(request, "ledger/nowhere.html", {"door": DOOR})
    return redirect("ledger:years", request.organisation.pk)


@never_cache
@login_required
@require_safe
def years(request: SignedInRequest, organisation: UUID) -> HttpResponse:
    """The exercises, the imports under way, the three ways to add one; ``annee`` (a plain GET form) opens the third."""
    desk = access.reader(request, organisation)
    found = selectors.years_of(desk.organisation)
    asked = request.GET.get("annee", "").strip()[:10] if desk.may_write else ""
    refusal = typing_refusal(asked, found) if asked else ""
    if asked and not refusal:
        return redirect("ledger:typed", organisation, int(asked))
    context = {"door": DOOR, "desk": desk, "asked": asked, "refusal": refusal, **years_page(found)}
    if desk.may_write:
        context |= imports_to_follow(desk.organisation)
    return render(request, "ledger/years.html", context)


@never_cache
@login_required
@require_safe
def where(request: SignedInRequest, organisation: UUID) -> HttpResponse:
    """Where the FEC is, in the usual programs."""
    context = {"door": DOOR, "desk": access.reader(request, organisation)}
    return render(request, "ledger/where.html", context)


@never_cache
@login_required
@require_safe
def picture(request: SignedInRequest, organisation: UUID) -> HttpResponse:
    """The picture of the model; ``nature=1`` counts what is in kind."""
    desk = access.reader(request, organisation)
    found = selectors.years_of(desk.organisation)
    context = page(found, desk.organisation, request.GET.get("nature") == "1", request.GET)
    return render(request, "ledger/picture.html", context)
