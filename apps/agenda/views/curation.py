"""The agenda for curators: announcing, changing, cancelling, and who comes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.requests import SignedInRequest
from apps.agenda import forms, presenters, selectors, services
from apps.agenda.errors import ChangedMeanwhile, Refused
from apps.agenda.exports import registrations_csv
from apps.agenda.models import Session
from apps.core.typography import count

DOOR = "s-informer"
NOT_TOLD = (
    "La séance est enregistrée, mais les courriels n’ont pas pu être préparés. "
    "Prévenez vous-même les personnes inscrites : leurs adresses sont dans la liste."
)
curators_only = platform_role_required(PlatformRole.CURATOR)


@curators_only
@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    workshop = presenters.workshop(list(selectors.working()), timezone.now())
    return render(request, "agenda/curation/sessions.html", {"door": DOOR, "workshop": workshop})


@login_required_keeping_draft
@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        draft = draft_of(request)
        first = forms.values_from(draft) if draft else forms.first_values(asked_day(request))
        return show_form(request, forms.SessionForm(initial=first))
    form = forms.SessionForm(request.POST)
    if form.is_valid():
        try:
            made = services.create_session(sheet=form.sheet(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(request, made, services.Told())
    return show_form(request, form, status=422)


def asked_day(request: SignedInRequest) -> date | None:
    try:
        return parse_date(request.GET.get("date", ""))
    except ValueError:
        return None


@login_required_keeping_draft
@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = get_object_or_404(Session, pk=pk)
    if request.method != "POST":
        draft = draft_of(request)
        first = forms.values_from(draft) if draft else forms.values_of(session)
        return show_form(request, forms.SessionForm(initial=first), session)
    form = forms.SessionForm(request.POST)
    if form.is_valid():
        try:
            told = services.change_session(
                session=session, sheet=form.sheet(), sequence=form.cleaned_data["sequence"] or 0
            )
        except ChangedMeanwhile:
            return show_conflict(request, session)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return saved(request, session, told)
    return show_form(request, form, session, status=422)


def saved(request: SignedInRequest, session: Session, told: services.Told) -> HttpResponse:
    """What was asked besides: opening the registrations. A date gone by leaves the draft as it is."""
    forget_draft(request)
    tell(request, "La séance est enregistrée.", told)
    if "open" in request.POST:
        try:
            services.open_session(session=session)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("agenda:edit", session.pk)
        messages.success(request, "Les inscriptions sont ouvertes : la séance est dans l’agenda.")
    return redirect("agenda:curation")


def tell(request: SignedInRequest, done: str, told: services.Told) -> None:
    if not told.queued:
        messages.warning(request, NOT_TOLD)
    elif told.people:
        people = count(told.people, "personne est prévenue", "personnes sont prévenues")
        messages.success(request, f"{done} {people} par courriel.")
    else:
        messages.success(request, done)


def show_conflict(request: SignedInRequest, session: Session) -> HttpResponse:
    """What was typed, beside what is saved now; sent again, it replaces it knowingly."""
    session.refresh_from_db()
    data = request.POST.copy()
    data["sequence"] = str(session.sequence)
    return show_form(request, forms.SessionForm(data), session, status=409)


def show_form(
    request: SignedInRequest, form: forms.SessionForm, session: Session | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "door": DOOR,
        "form": form,
        "session": session,
        "row": presenters.row(session, timezone.now()) if session else None,
        "is_conflict": status == 409,
    }
    return render(request, "agenda/curation/form.html", context, status=status)


@curators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A draft is discarded; an announced session is cancelled, with a reason."""
    session = get_object_or_404(selectors.working(), pk=pk)
    form = forms.CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        try:
            if session.is_draft:
                services.discard_draft(session=session)
                messages.success(request, "Le brouillon est supprimé.")
                return redirect("agenda:curation")
            if form.is_valid():
                told = services.cancel_session(session=session, reason=form.cleaned_data["reason"])
                tell(request, "La séance est annulée.", told)
                return redirect("agenda:curation")
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("agenda:curation")
    context = {"door": DOOR, "form": form, "row": presenters.work_row(session, timezone.now())}
    return render(request, "agenda/curation/cancel.html", context, status=422 if form.errors else 200)


@never_cache
@curators_only
@require_safe
def registrations(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = get_object_or_404(Session, pk=pk)
    context = {
        "door": DOOR,
        "row": presenters.row(session, timezone.now()),
        "people": presenters.people(selectors.registrations_of(session)),
    }
    return render(request, "agenda/curation/registrations.html", context)


@never_cache
@curators_only
@require_safe
def registrations_file(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = get_object_or_404(Session, pk=pk)
    content = registrations_csv(selectors.registrations_of(session))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="inscrits-{session.slug}.csv"'
    return response
