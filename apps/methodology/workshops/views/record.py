"""The record, at any moment: read and printed by whoever reads the démarche, written by its team, asked for as a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Workshop
from apps.methodology.workshops import selectors, services
from apps.methodology.workshops.forms import RecordForm
from apps.methodology.workshops.presenters import Said
from apps.methodology.workshops.records import record_view
from apps.methodology.workshops.report import request_record
from apps.methodology.workshops.services.outcomes import OUTCOMES
from apps.methodology.workshops.views.shared import DOOR


def of(place: Place, pk: UUID) -> Workshop:
    """With its démarche and association, which the seat came with. 1 query."""
    found = selectors.workshop_or_404(place, pk)
    found.engagement = place.engagement
    return found


@never_cache
@require_safe
@seated("read")
def workshop_record(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    return show_record(request, place, of(place, workshop))


def show_record(
    request: SignedInRequest, place: Place, found: Workshop, said: Said | None = None, status: int = 200
) -> HttpResponse:
    """``said``: a note or a choice that could not be kept, of a workshop that is over."""
    outcome = OUTCOMES.get(found.step)
    context = {
        "door": DOOR,
        "place": place,
        "workshop": found,
        "view": record_view(found),
        "said": said or Said(),
        "outcome": outcome.kind if outcome else "",
        "act_url": reverse("method:workshop_act", args=[place.engagement.pk, found.pk]),
        "is_console": place.writes and found.is_over,
    }
    return render(request, "methodology/workshops/record.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def workshop_record_edit(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    found = of(place, workshop)
    if request.method != "POST":
        return show_form(request, place, found, RecordForm(initial=first_values(request, found)))
    form = RecordForm(request.POST)
    if not form.is_valid():
        return show_form(request, place, found, form, status=422)
    said = form.cleaned_data
    try:
        services.save_record(workshop=found, text=said["text"], version=said["version"] or 0)
    except Conflict as conflict:
        return show_conflict(request, place, found, conflict)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_form(request, place, found, form, status=409)
    forget_draft(request)
    messages.success(request, "Le compte rendu est enregistré.")
    return redirect("method:workshop_record", place.engagement.pk, found.pk)


def first_values(request: SignedInRequest, found: Workshop) -> dict[str, Any]:
    """What is saved, or what was typed before the session expired."""
    draft: Mapping[str, Any] = draft_of(request) or {}
    first = {"text": found.record, "version": found.record_version}
    return {name: draft.get(name, value) for name, value in first.items()}


def show_conflict(
    request: SignedInRequest, place: Place, found: Workshop, conflict: Conflict
) -> HttpResponse:
    """What was typed, beside what is saved now; sent again, it replaces it knowingly."""
    data = request.POST.copy()
    data["version"] = str(conflict.version)
    return show_form(request, place, found, RecordForm(data), theirs=conflict.theirs, status=409)


def show_form(
    request: SignedInRequest,
    place: Place,
    found: Workshop,
    form: RecordForm,
    *,
    theirs: str | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "door": DOOR,
        "place": place,
        "workshop": found,
        "form": form,
        "theirs": theirs,
        "is_conflict": theirs is not None,
    }
    return render(request, "methodology/workshops/record_form.html", context, status=status)


@action_login_required("method:workshop_record", "pk", "workshop")
@require_POST
@seated("read")
def workshop_record_file(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    document = request_record(workshop=of(place, workshop), by=request.user)
    return redirect("documents:status", document.pk)
