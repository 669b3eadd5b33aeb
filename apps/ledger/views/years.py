"""One exercise: what it holds, what accounts do not say, its removal, and the import that would take its place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import act_from, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.ledger import access, comparison, selectors, services
from apps.ledger.access import Desk
from apps.ledger.enums import ImportState
from apps.ledger.forms.typing import ComplementForm
from apps.ledger.models import Exercise
from apps.ledger.picture.gauges import excesses
from apps.ledger.presenters import SOURCES, balance_of, is_complete, is_typed, result_of, sides_of

DOOR = "agir"


@never_cache
@login_required
@require_safe
def show(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    desk = access.reader(request, organisation)
    return year_page(request, desk, selectors.exercise_or_404(desk.organisation, pk))


def year_page(
    request: SignedInRequest, desk: Desk, exercise: Exercise, form: ComplementForm | None = None
) -> HttpResponse:
    year = selectors.as_year(exercise)
    before = None
    if form is None:
        if not is_complete(exercise) and desk.may_write:
            before = selectors.last_complement(desk.organisation, exercise.year)
        form = ComplementForm(initial=ComplementForm.figures_of(before or exercise))
    context = {
        "door": DOOR,
        "desk": desk,
        "exercise": exercise,
        "year": year,
        "source": SOURCES[year.source],
        "is_typed": is_typed(exercise),
        "result": result_of(year),
        "sides": sides_of(year),
        "balance": balance_of(year),
        "form": form,
        "excesses": excesses(year).values(),
        "before": before if before and is_complete(before) else None,
        "said": [(field.label, field.value()) for field in form if field.value() is not None],
    }
    return render(request, "ledger/year.html", context, status=422 if form.errors else 200)


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    """POST: saves. GET: the page with what was typed before the session ended, not saved yet."""
    desk = access.writer(request, organisation)
    exercise = selectors.exercise_or_404(desk.organisation, pk)
    if request.method != "POST":
        draft = draft_of(request)
        form = ComplementForm(draft) if draft else None
        return year_page(request, desk, exercise, form)
    form = ComplementForm(request.POST)
    if not form.is_valid():
        return year_page(request, desk, exercise, form)
    services.complete(exercise=exercise, said=form.said())
    forget_draft(request)
    messages.success(request, f"L’exercice {exercise.year} est complété.")
    return redirect("ledger:year", organisation, pk)


@act_from("ledger:year", "organisation", "pk")
@require_POST
def remove(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    """Asked on the page; a second click finds nothing left and says so without a fault."""
    desk = access.writer(request, organisation)
    exercise = Exercise.objects.filter(organisation=desk.organisation, pk=pk).first()
    if exercise is not None and services.remove(exercise=exercise):
        messages.success(
            request, f"L’exercice {exercise.year} est retiré. Vos corrections de comptes restent."
        )
    return redirect("ledger:years", organisation)


@never_cache
@login_required
@require_safe
def compare(request: SignedInRequest, organisation: UUID, pk: UUID, other: UUID) -> HttpResponse:
    """``pk``: the exercise that stands; ``other``: the import that would replace it. Once chosen, the import says so."""
    desk = access.writer(request, organisation)
    row = selectors.import_or_404(desk.organisation, other)
    if row.state != ImportState.TO_CHECK:
        return redirect("ledger:import", organisation, other)
    exercise = selectors.exercise_or_404(desk.organisation, pk)
    if row.year != exercise.year:
        raise Http404
    lines = selectors.lines_of(row)
    before = selectors.lines_of(exercise.accounts) if exercise.accounts else []
    context = {
        "door": DOOR,
        "desk": desk,
        "exercise": exercise,
        "row": row,
        "source": SOURCES[exercise.source],
        "parts": [
            comparison.totals(selectors.as_year(exercise), lines),
            *comparison.by_nature(exercise, lines),
        ],
        "accounts": comparison.by_account(before, lines) if exercise.accounts else [],
    }
    return render(request, "ledger/compare.html", context)
