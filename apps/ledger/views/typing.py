"""Accounts without a FEC: pasted from a spreadsheet, or typed nature by nature."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.drafts import View, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.ledger import access, selectors, services
from apps.ledger.access import Desk
from apps.ledger.errors import Refused
from apps.ledger.forms.days import civil
from apps.ledger.forms.pasting import LARGEST, PasteForm
from apps.ledger.forms.typing import TypedYearForm
from apps.ledger.models import Exercise
from apps.ledger.presenters import typing_refusal
from apps.ledger.services.exercises import READ_THERE

DOOR = "agir"


def keeping_what_was_pasted(view: View) -> View:
    return login_required_keeping_draft(view, LARGEST)


@never_cache
@keeping_what_was_pasted
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SignedInRequest, organisation: UUID) -> HttpResponse:
    desk = access.writer(request, organisation)
    is_sent = request.method == "POST"
    form = PasteForm(request.POST, request.FILES) if is_sent else PasteForm(draft=draft_of(request))
    if form.is_bound and form.is_valid() and form.found:
        row = services.keep_pasted(
            organisation=desk.organisation,
            by=request.user,
            key=form.cleaned_data["key"],
            days=form.days(),
            accounts=form.found.accounts,
            remarks=form.found.remarks,
        )
        forget_draft(request)
        return redirect("ledger:import", organisation, row.pk)
    context = {"door": DOOR, "desk": desk, "form": form, "faults": form.faults()}
    return render(request, "ledger/paste.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: SignedInRequest, organisation: UUID, year: int) -> HttpResponse:
    desk = access.writer(request, organisation)
    saved = selectors.exercise_in(desk.organisation, year)
    refusal = refusal_for(desk, year, saved)
    if refusal and request.method != "POST":
        return typed_page(request, desk, year, saved, None, refusal)
    initial = TypedYearForm.figures_of(saved) if saved else civil(year)
    draft = None if request.method == "POST" else draft_of(request)
    data = request.POST if request.method == "POST" else draft
    form = TypedYearForm(data, initial=initial, year=year)
    if request.method == "POST" and form.is_valid():
        refusal = refusal or save(request, desk, form)
        if not refusal:
            forget_draft(request)
            messages.success(request, f"L’exercice {year} est enregistré.")
            return redirect("ledger:years", organisation)
    return typed_page(request, desk, year, saved, form, refusal)


def refusal_for(desk: Desk, year: int, saved: Exercise | None) -> str:
    if saved and saved.accounts_id:
        return READ_THERE.format(year=year)
    return "" if saved else typing_refusal(str(year), selectors.years_of(desk.organisation))


def save(request: SignedInRequest, desk: Desk, form: TypedYearForm) -> str:
    """Why it was refused, or ""."""
    try:
        services.save_typed(
            organisation=desk.organisation, by=request.user, days=form.days(), amounts=form.amounts()
        )
    except Refused as refusal:
        return str(refusal)
    return ""


def typed_page(
    request: SignedInRequest,
    desk: Desk,
    year: int,
    saved: Exercise | None,
    form: TypedYearForm | None,
    refusal: str,
) -> HttpResponse:
    context = {
        "door": DOOR,
        "desk": desk,
        "year": year,
        "saved": saved,
        "form": form,
        "refusal": refusal,
        "field_errors": bool(form and any(name != NON_FIELD_ERRORS for name in form.errors)),
    }
    wrong = request.method == "POST" or (form is None)
    return render(request, "ledger/typed.html", context, status=422 if wrong else 200)
