"""A round of readings on one page, a number an indicator; indicators made from what actions promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count, date_long
from apps.methodology.access import Place, seated
from apps.methodology.bench.sheet import Sheet
from apps.methodology.errors import Refused
from apps.methodology.roadmap import follow_up, gauge, taking
from apps.methodology.roadmap.taking import Typed
from apps.methodology.services.fields import ValueFault
from apps.methodology.tools import TOOLS
from apps.methodology.tools.follow_up import INDICATOR, READING

DOOR = "agir"
NOTHING = "Rien n’était rempli\u00a0: écrivez au moins un chiffre."


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator to read. ``planned``, ``last``: in words, "" when unknown."""

    id: str
    title: str
    unit: str
    planned: str
    last: str
    actual: str
    comment: str
    fault: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def readings(request: SignedInRequest, place: Place) -> HttpResponse:
    sheet = Sheet(place, [INDICATOR, READING])
    if request.method != "POST":
        return show(request, place, sheet, draft_of(request) or QueryDict())
    typed = [one for one in all_typed(sheet, request.POST) if not one.is_empty]
    if not typed:
        return show(request, place, sheet, request.POST, said=NOTHING, status=422)
    try:
        taken = taking.take(
            seat=place.seat,
            sheet=sheet,
            on=request.POST.get("date", ""),
            typed=typed,
            key=key_of(request.POST),
        )
    except ValueFault as fault:
        return show(request, place, sheet, request.POST, date_fault=str(fault), status=422)
    if taken.faults:
        return show(request, place, sheet, request.POST, faults=taken.faults, status=422)
    forget_draft(request)
    messages.success(request, f"{count(taken.done, 'chiffre est noté', 'chiffres sont notés')}.")
    return redirect("method:tool", place.engagement.pk, "suivi")


def show(
    request: SignedInRequest,
    place: Place,
    sheet: Sheet,
    data: QueryDict,
    faults: Mapping[UUID, str] | None = None,
    status: int = 200,
    **said: str,
) -> HttpResponse:
    today = timezone.localdate()
    context: dict[str, Any] = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "tool": TOOLS["suivi"],
        "lines": lines(sheet, today, data, faults or {}),
        "date": data.get("date", today.isoformat()),
        "key": key_of(data),
        "date_fault": said.get("date_fault", ""),
        "said": said.get("said", ""),
    }
    return render(request, "methodology/roadmap/readings.html", context, status=status)


def lines(sheet: Sheet, today: date, data: QueryDict, faults: Mapping[UUID, str]) -> list[Line]:
    found = []
    for row in sheet.rows("indicator"):
        one = follow_up.indicator(sheet, row)
        planned, last = one.expected(today), one.last
        was = (
            f"{gauge.value(last.actual)} le {date_long(last.on)}"
            if last and last.actual is not None and last.on
            else ""
        )
        found.append(
            Line(
                one.id,
                one.title,
                one.unit,
                "" if planned is None else gauge.value(round(planned, 1), one.unit),
                was,
                data.get(f"n-{one.id}", ""),
                data.get(f"c-{one.id}", ""),
                faults.get(row.id, ""),
            )
        )
    return found


def all_typed(sheet: Sheet, data: QueryDict) -> Sequence[Typed]:
    return [
        Typed(row.id, data.get(f"n-{row.id}", ""), data.get(f"c-{row.id}", ""))
        for row in sheet.rows("indicator")
    ]


def key_of(data: QueryDict) -> UUID:
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return uuid4()


@require_POST
@seated("write", login_required_keeping_draft)
def from_actions(request: SignedInRequest, place: Place) -> HttpResponse:
    """``action``: the keys of those whose promised result becomes an indicator."""
    sheet = Sheet(place, [INDICATOR])
    try:
        made = taking.make_indicators(seat=place.seat, sheet=sheet, chosen=request.POST.getlist("action"))
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        told = f"{count(made, 'indicateur est ajouté', 'indicateurs sont ajoutés')}\u00a0: complétez départ et visée."
        messages.success(request, told) if made else messages.info(
            request, "Cochez au moins une action à suivre."
        )
    return redirect(f"{reverse('method:tool', args=[place.engagement.pk, 'suivi'])}#liste-indicator")
