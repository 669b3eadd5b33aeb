"""The dossier of a démarche, its files, and opening one from an archive."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import action_login_required, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import nbsp
from apps.documents.models import Document
from apps.documents.views import file_response
from apps.methodology.access import Place, held_seats, seated
from apps.methodology.board import selectors
from apps.methodology.board.views.engagements import FIRST_AN_ORGANISATION
from apps.methodology.dossier import importing, kinds, pages
from apps.methodology.dossier.forms import ImportForm
from apps.methodology.errors import Refused
from apps.methodology.models import Engagement

DOOR = "agir"
DONE = "La démarche est importée. Vous la menez\u00a0: il reste à inviter l’équipe et la gouvernance."


@never_cache
@require_safe
@seated("read")
def dossier(request: SignedInRequest, place: Place) -> HttpResponse:
    rows = pages.rows(place.engagement)
    context = {"door": DOOR, "place": place, "engagement": place.engagement, "rows": rows}
    return render(request, "methodology/dossier/dossier.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("read", action_login_required("method:dossier", "pk"))
def dossier_file(request: SignedInRequest, place: Place, ext: str) -> HttpResponse:
    """GET: the last file that is ready; POST: asks for that of the démarche as it is now, and follows it."""
    if ext not in kinds.FORMATS:
        raise Http404
    one = kinds.FORMATS[ext]
    if request.method == "POST":
        return redirect("documents:status", kinds.request(place.engagement, one, request.user).pk)
    found = Document.objects.filter(kind=one.kind, subject_id=place.engagement.pk).first()
    ready = file_response(found, as_attachment=True) if found and found.is_ready else None
    if ready is None:
        return redirect("method:dossier", place.engagement.pk)
    ready["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, ready)


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def import_archive(request: SignedInRequest) -> HttpResponse:
    if request.place is None:
        messages.info(request, FIRST_AN_ORGANISATION)
        return redirect("accounts:organisation_create")
    if not (organisations := selectors.openable(request.user)):
        raise PermissionDenied
    if request.method != "POST":
        return show(request, ImportForm(organisations))
    form = ImportForm(organisations, request.POST, request.FILES)
    if not form.is_valid():
        return show(request, form, 422)
    try:
        done = importing.import_engagement(organisation=form.chosen(), by=request.user, asked=form.asked())
    except Refused as refusal:
        return refused(
            request, ImportForm(organisations, request.POST, request.FILES, boxes(refusal)), refusal
        )
    return imported(request, done)


def boxes(refusal: Refused) -> list[str]:
    """What the person may tick to go on all the same."""
    kinds_of = {importing.Twice: "again", importing.Lossy: "partly"}
    return [name for kind, name in kinds_of.items() if isinstance(refusal, kind)]


def refused(request: SignedInRequest, form: ImportForm, refusal: Refused) -> HttpResponse:
    form.add_error("file", nbsp(str(refusal)))
    earlier = refusal.engagement if isinstance(refusal, importing.Twice) else None
    if earlier and not held_seats(request.user).filter(engagement=earlier).exists():
        earlier = None
    return show(request, form, 409 if isinstance(refusal, importing.Twice) else 422, earlier)


def imported(request: SignedInRequest, done: importing.Imported) -> HttpResponse:
    messages.success(request, DONE)
    for remark in done.remarks:
        messages.warning(request, nbsp(remark))
    return redirect("method:engagement", done.engagement.pk)


def show(
    request: SignedInRequest, form: ImportForm, status: int = 200, earlier: Engagement | None = None
) -> HttpResponse:
    context = {
        "door": DOOR,
        "form": form,
        "earlier": earlier,
        "only": next(iter(form.organisations.values())),
    }
    context["has_choice"] = len(form.organisations) > 1
    return render(request, "methodology/dossier/import.html", context, status=status)
