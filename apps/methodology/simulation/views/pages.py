"""The entry of the simulator, a scenario’s page, and what its sliders ask of it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.pages import tool_page
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.bench.views.tools import removed
from apps.methodology.simulation import page as pages
from apps.methodology.simulation.figures import sheet_of
from apps.methodology.tools.simulation import TOOL

TEMPLATE = "methodology/simulation/page.html"


@require_safe
@seated("read")
def simulations(request: SignedInRequest, place: Place) -> HttpResponse:
    """The tool’s page, at a shorter address."""
    return render(request, "methodology/bench/tool.html", tool_page(sheet_of(place), TOOL))


@require_safe
@seated("read")
def simulation(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    """« v-hypothesis » in the query: values that are tried; nothing is written. « ouvrir »: the hypothesis to fill."""
    sheet = sheet_of(place)
    row = scenario_in(sheet, item)
    if row is None:
        return removed(request, place, item)
    return render(request, TEMPLATE, pages.page(sheet, row, request.GET))


@require_safe
@seated("read")
def attempt(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    """The figures alone, for the values of the query."""
    sheet = sheet_of(place)
    row = scenario_in(sheet, item)
    context = pages.partial(sheet, row, request.GET) if row else None
    if context is None:
        raise Http404
    response = render(request, "methodology/simulation/attempt.html", context)
    response["Cache-Control"] = "no-store"
    return response


def scenario_in(sheet: Sheet, key: UUID) -> Row | None:
    return next((row for row in sheet.rows("scenario") if row.id == key), None)
