"""The workshops of a démarche, and opening one."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.errors import Refused
from apps.methodology.models import Workshop
from apps.methodology.workshops import selectors, services
from apps.methodology.workshops.forms import PlanForm, key_of

DOOR = "agir"
FIRST = {"dots": 5, "shows_names": "0", "everybody_groups": "1", "step": 6}


@require_safe
@seated("read")
def workshops(request: SignedInRequest, place: Place) -> HttpResponse:
    rows = selectors.workshops_of(place.engagement)
    return render(
        request, "methodology/workshops/workshops.html", {"door": DOOR, "place": place, "rows": rows}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def workshop_open(request: SignedInRequest, place: Place) -> HttpResponse:
    edition = place.engagement.edition
    if request.method != "POST":
        first = {**FIRST, "held_on": timezone.localdate(), "key": uuid4(), **asked_for(request)}
        return show(request, place, PlanForm(initial={**first, **typed_before(request)}, edition=edition))
    form = PlanForm(request.POST, edition=edition)
    if form.is_valid():
        try:
            made = services.open_workshop(
                seat=place.seat, plan=form.plan(), key=key_of(form.cleaned_data["key"])
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_draft(request)
            return redirect("method:workshop", place.engagement.pk, made.pk)
    return show(request, place, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def workshop_edit(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    """What was announced may change until the table begins, except whether names show."""
    found = selectors.workshop_or_404(place, workshop)
    earliest = min(found.held_on, timezone.localdate())
    about: Any = {"edition": place.engagement.edition, "earliest": earliest, "is_announced": True}
    if request.method != "POST":
        first = {**values_of(found), **typed_before(request)}
        return show(request, place, PlanForm(initial=first, **about), found)
    form = PlanForm(request.POST, **about)
    if form.is_valid():
        try:
            services.edit_workshop(workshop=found, plan=form.plan(shows_names=found.shows_names))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_draft(request)
            return redirect("method:workshop", place.engagement.pk, found.pk)
    return show(request, place, form, found, status=422)


def asked_for(request: SignedInRequest) -> dict[str, Any]:
    """The step whose page the person comes from."""
    step = request.GET.get("etape", "")
    return {"step": step} if step in map(str, range(1, 9)) else {}


def typed_before(request: SignedInRequest) -> dict[str, Any]:
    """Before the session expired."""
    draft = draft_of(request)
    return {name: draft[name] for name in PlanForm.base_fields if name in draft} if draft else {}


def values_of(workshop: Workshop) -> dict[str, Any]:
    kept = {name: getattr(workshop, name) for name in ("step", "title", "question", "held_on", "dots")}
    return {**kept, "everybody_groups": str(int(workshop.everybody_groups))}


def show(
    request: SignedInRequest,
    place: Place,
    form: PlanForm,
    workshop: Workshop | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"door": DOOR, "place": place, "form": form, "workshop": workshop}
    return render(request, "methodology/workshops/open.html", context, status=status)
