"""The record: read and printed, written by any member, asked for as a PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.course.debates import selectors, services
from apps.course.debates.access import debate_or_404
from apps.course.debates.errors import ChangedMeanwhile, Refused
from apps.course.debates.forms import RecordForm
from apps.course.debates.records import record_view
from apps.course.debates.report import request_record
from apps.course.models import Debate

DOOR = "se-former"


@never_cache
@login_required
@require_safe
def record(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = debate_or_404(request.user, pk)
    context = {"door": DOOR, "debate": found, "view": record_view(found)}
    return render(request, "course/debates/record.html", context)


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = debate_or_404(request.user, pk)
    if request.method != "POST":
        return show_form(request, found, RecordForm(initial=first_values(request, found)))
    form = RecordForm(request.POST)
    if not form.is_valid():
        return show_form(request, found, form, status=422)
    try:
        services.save_record(debate=found, record=form.record(), version=form.cleaned_data["version"] or 0)
    except ChangedMeanwhile:
        return show_conflict(request, found)
    forget_draft(request)
    messages.success(request, "Le compte rendu est enregistré.")
    return redirect("course:record", pk)


def first_values(request: SignedInRequest, debate: Debate) -> dict[str, Any]:
    """What is saved, with the module's model of a mandate; or what was typed before the session expired."""
    if draft := draft_of(request):
        return {name: draft[name] for name in RecordForm.base_fields if name in draft}
    model = selectors.module_of(debate).decision.mandate
    return {
        "present": debate.present,
        "minutes_text": debate.minutes_text,
        "mandate": debate.mandate,
        "mandate_text": debate.mandate_text or model,
        "mandate_reason": debate.mandate_reason,
        "version": debate.record_version,
    }


def show_conflict(request: SignedInRequest, debate: Debate) -> HttpResponse:
    """What was typed, beside what is saved now; sent again, it replaces it knowingly."""
    debate.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(debate.record_version)
    return show_form(request, debate, RecordForm(data), status=409)


def show_form(request: SignedInRequest, debate: Debate, form: RecordForm, status: int = 200) -> HttpResponse:
    context = {
        "door": DOOR,
        "debate": debate,
        "form": form,
        "view": record_view(debate),
        "views": selectors.views_of(debate),
        "is_conflict": status == 409,
    }
    return render(request, "course/debates/record_form.html", context, status=status)


@action_login_required("course:record", "pk")
@require_POST
def record_file(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = debate_or_404(request.user, pk)
    try:
        document = request_record(debate=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("course:record", pk)
    return redirect("documents:status", document.pk)
