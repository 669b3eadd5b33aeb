"""A file sent, read by the worker, checked by people, then kept or set aside."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import act_from, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.htmx import render_page
from apps.core.typography import count
from apps.ledger import access, selectors, services
from apps.ledger.access import Desk
from apps.ledger.check import GROUPS, Check
from apps.ledger.enums import ImportState
from apps.ledger.errors import Refused, YearTaken
from apps.ledger.forms.sending import UploadForm
from apps.ledger.models import Import
from apps.ledger.presenters import is_complete
from apps.ledger.services.exercises import FULL
from apps.ledger.years import MOST_YEARS

DOOR = "agir"
PREFIX = "n-"
FILE_LOST = "Votre session s’est terminée\u00a0: le fichier n’a pas été gardé. Reconnectez-vous, puis choisissez-le de nouveau."
KEPT = "L’exercice {year} est gardé. Il reste ce que la comptabilité ne dit pas."
KEPT_WITH_THE_REST = (
    "L’exercice est remplacé. Ce que la comptabilité ne dit pas n’a pas changé\u00a0: relisez-le plus bas."
)


@never_cache
@act_from("ledger:upload", "organisation", said=FILE_LOST)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, organisation: UUID) -> HttpResponse:
    desk = access.writer(request, organisation)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        row = services.request_import(
            organisation=desk.organisation, by=request.user, sent=said["file"], key=said["key"]
        )
        return redirect("ledger:import", organisation, row.pk)
    context = {"door": DOOR, "desk": desk, "form": form}
    return render(request, "ledger/upload.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def show(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    """Progress, the fault, or the check; the accounts of an exercise too, for every member."""
    desk = access.reader(request, organisation)
    row = selectors.import_or_404(desk.organisation, pk)
    if row.is_held:
        return check_page(request, desk, row)
    return render(request, "ledger/import.html", status_context(desk, row))


@never_cache
@login_required
@require_safe
def status(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    desk = access.reader(request, organisation)
    row = selectors.import_or_404(desk.organisation, pk)
    context = status_context(desk, row) | {"announce": bool(request.headers.get("HX-Request"))}
    return render_page(request, "ledger/import.html", context, partial="status")


def status_context(desk: Desk, row: Import) -> dict[str, object]:
    return {"door": DOOR, "desk": desk, "row": row, "states": ImportState, "announce": False}


def check_page(
    request: SignedInRequest,
    desk: Desk,
    row: Import,
    chosen: Mapping[str, str] | None = None,
    refusal: str = "",
) -> HttpResponse:
    """``chosen``: natures picked and not saved yet."""
    full = desk.may_write and not hasattr(row, "exercise") and is_sixth(desk, row)
    context = {
        "door": DOOR,
        "desk": desk,
        "row": row,
        "check": Check(row, selectors.lines_of(row), chosen or {}),
        "to_check": row.state == ImportState.TO_CHECK,
        "exercise": getattr(row, "exercise", None),
        "stands": None if hasattr(row, "exercise") else selectors.exercise_in(desk.organisation, row.year),
        "twin": selectors.read_before(row),
        "refusal": refusal or (FULL if full else ""),
        "unsaved": bool(chosen),
    }
    return render(request, "ledger/check.html", context, status=409 if refusal else 200)


def is_sixth(desk: Desk, row: Import) -> bool:
    return desk.organisation.ledger_exercises.exclude(year=row.year).count() >= MOST_YEARS


def picked(data: QueryDict) -> dict[str, str]:
    """Account → nature that this form changed: a choice left as it was shown says nothing."""
    seen = dict(pair.split("=", 1) for pair in data.get("seen", "").split(";") if "=" in pair)
    found = {name.removeprefix(PREFIX): str(value) for name, value in data.items() if name.startswith(PREFIX)}
    return {number: value for number, value in found.items() if value != seen.get(number, "")}


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    """POST: saves, then keeps the year with ``keep``. GET: what was picked before the session ended, not saved yet."""
    desk = access.writer(request, organisation)
    row = selectors.import_or_404(desk.organisation, pk)
    if not row.is_held:
        return redirect("ledger:import", organisation, pk)
    if request.method != "POST":
        return check_page(request, desk, row, picked(draft_of(request) or QueryDict()))
    chosen = picked(request.POST)
    try:
        changed = services.correct(accounts=row, by=request.user, chosen=chosen)
    except Refused as refusal:
        return check_page(request, desk, row, chosen, str(refusal))
    forget_draft(request)
    if changed or "keep" not in request.POST:
        messages.success(request, told(changed))
    if "keep" in request.POST:
        return keep(request, desk, row)
    return redirect(f"{reverse('ledger:import', args=[organisation, pk])}{anchor(request.POST)}")


def told(changed: int) -> str:
    if not changed:
        return "Rien n’a changé\u00a0: aucune nature n’était différente."
    accounts = count(changed, "compte corrigé", "comptes corrigés")
    return f"{accounts}\u00a0: ce choix servira aussi aux prochains exercices."


def anchor(data: QueryDict) -> str:
    code = data.get("group", "")
    return f"#{code}" if code in {group[0] for group in GROUPS} | {"sans-nature"} else ""


@act_from("ledger:import", "organisation", "pk")
@require_POST
def accept(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    desk = access.writer(request, organisation)
    return keep(request, desk, selectors.import_or_404(desk.organisation, pk), replaced(request.POST))


def keep(request: SignedInRequest, desk: Desk, row: Import, replacing: UUID | None = None) -> HttpResponse:
    """To the exercise; to the comparison when another stands; to the check, with the reason, when it is refused."""
    try:
        exercise = services.accept(accounts=row, by=request.user, replacing=replacing)
    except YearTaken as taken:
        return redirect("ledger:compare", desk.organisation.pk, taken.exercise, row.pk)
    except Refused as refusal:
        return refused(request, desk, row, str(refusal))
    messages.success(
        request, KEPT_WITH_THE_REST if is_complete(exercise) else KEPT.format(year=exercise.year)
    )
    return redirect("ledger:year", desk.organisation.pk, exercise.pk)


def replaced(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("replacing", ""))
    except ValueError:
        return None


def refused(request: SignedInRequest, desk: Desk, row: Import, why: str) -> HttpResponse:
    if row.is_held:
        return check_page(request, desk, row, refusal=why)
    messages.warning(request, why)
    return redirect("ledger:years", desk.organisation.pk)


@act_from("ledger:import", "organisation", "pk")
@require_POST
def refuse(request: SignedInRequest, organisation: UUID, pk: UUID) -> HttpResponse:
    desk = access.writer(request, organisation)
    row = selectors.import_or_404(desk.organisation, pk)
    try:
        if services.drop(accounts=row):
            messages.success(request, "C’est écarté. Vos exercices n’ont pas changé.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("ledger:years", organisation)
