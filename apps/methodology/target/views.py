"""Step 3: sheets made ready, three years of accounts side by side."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.drafts import login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count
from apps.methodology.access import Place, seated
from apps.methodology.bench.sheet import Sheet
from apps.methodology.errors import Refused
from apps.methodology.target import accounts, services
from apps.methodology.target.accounts_page import page, save, sheet_of, to_copy
from apps.methodology.target.selectors import known_years

TEMPLATE = "methodology/target/accounts.html"
SAVED = "C’est enregistré."


@require_POST
@seated("write", login_required_keeping_draft)
def prepare_sheets(request: SignedInRequest, place: Place) -> HttpResponse:
    """A sheet for the whole and for each activity without one."""
    try:
        made = services.prepare_sheets(seat=place.seat)
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request,
            f"{count(made, 'fiche prête', 'fiches prêtes')}." if made else "Toutes les fiches sont là.",
        )
    return redirect("method:tool", place.engagement.pk, "photographie")


@require_http_methods(["GET", "HEAD", "POST"])
@seated("read", login_required_keeping_draft)
def table(request: SignedInRequest, place: Place, activity: UUID | None = None) -> HttpResponse:
    scope = str(activity or "")
    sheet = sheet_of(place, scope)
    if request.method != "POST":
        return render(request, TEMPLATE, page(sheet, scope, key=request.GET.get("cle", "")))
    if not place.may("write"):
        raise PermissionDenied
    kept, clashes = save(sheet, scope, request.POST)
    if not kept:
        messages.success(request, SAVED)
        return redirect(accounts.address(sheet, scope))
    fresh = Sheet(place, sheet.kinds)
    return render(request, TEMPLATE, page(fresh, scope, kept), status=409 if clashes else 422)


@require_POST
@seated("write", login_required_keeping_draft)
def prepare_years(request: SignedInRequest, place: Place, activity: UUID | None = None) -> HttpResponse:
    """``latest``: the last of the three years."""
    scope, typed = str(activity or ""), request.POST.get("latest", "").strip()
    sheet = sheet_of(place, scope)
    latest = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    try:
        made = services.prepare_years(seat=place.seat, scope=scope, latest=latest)
    except Refused as fault:
        return render(
            request, TEMPLATE, page(sheet, scope, latest=typed[:10] or " ", why=str(fault)), status=422
        )
    said = (
        f"{count(made, 'exercice ouvert', 'exercices ouverts')}."
        if made
        else "Ces trois exercices étaient déjà ouverts."
    )
    messages.success(request, said)
    return redirect(accounts.address(sheet, scope))


@require_POST
@seated("write", login_required_keeping_draft)
def take_up(request: SignedInRequest, place: Place) -> HttpResponse:
    """The figures of the accounts and of the diagnostic, into empty fields only."""
    sheet = sheet_of(place, "")
    try:
        made = services.take_up(seat=place.seat, figures=to_copy(sheet, known_years(place).years))
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        said = f"{count(made, 'montant copié', 'montants copiés')}. Relisez-les\u00a0: ils se changent ici sans changer ni les comptes ni le diagnostic."
        messages.success(
            request,
            said if made else "Rien à copier\u00a0: aucun champ vide n’a de montant ailleurs.",
        )
    return redirect(accounts.address(sheet, ""))
