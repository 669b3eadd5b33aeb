"""The framing note to sign, the blank sheets, the fast typing of sheets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count
from apps.documents.views import public_file
from apps.methodology.access import Place, seated
from apps.methodology.bench.finding import tool_or_404
from apps.methodology.bench.sheet import Sheet
from apps.methodology.errors import Refused
from apps.methodology.models import SignedNote
from apps.methodology.papers import note, sheets, template, typing
from apps.methodology.papers.forms import SigningForm
from apps.methodology.services import papers as services
from apps.methodology.tools import KINDS, TOOLS
from apps.methodology.tools.specs import Kind, Tool

DOOR = "agir"


# --- the note to sign ------------------------------------------------------------------------------------------------
@require_safe
@seated("read")
def signing(request: SignedInRequest, place: Place) -> HttpResponse:
    return show_signing(request, place)


def show_signing(
    request: SignedInRequest, place: Place, form: SigningForm | None = None, status: int = 200
) -> HttpResponse:
    written = note.as_written(Sheet.of(place, TOOLS["cadrage"]))
    notes = list(place.engagement.notes.prefetch_related("signatures"))
    last = notes[0] if notes else None
    signatures = list(last.signatures.all()) if last else []
    has_changed = bool(last and last.digest != written.digest)
    context: dict[str, Any] = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "note": last,
        "older": notes[1:],
        "signatures": signatures,
        "mine": next((one for one in signatures if one.seat_id == place.seat.pk), None),
        "has_changed": has_changed,
        "may_put": last is None or has_changed or last.came_at is not None,
        "is_written": bool(written.lines),
        "signs": place.may("talk") and place.engagement.is_open and not (last and last.came_at),
        "form": form
        or SigningForm(initial={"name": place.seat.user.get_full_name() if place.seat.user else ""}),
    }
    return render(request, "methodology/papers/signing.html", context, status=status)


@require_POST
@seated("write", login_required_keeping_draft)
def start(request: SignedInRequest, place: Place) -> HttpResponse:
    try:
        filled = services.start_from_model(seat=place.seat, texts=template.STARTERS)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = count(filled, "champ rempli", "champs remplis") if filled else "Rien n’était vide"
        messages.success(request, f"{said}. Remplacez ce qui ne vous convient pas.")
    return redirect("method:tool", place.engagement.pk, "cadrage")


@require_POST
@seated("lead", login_required_keeping_draft)
def put(request: SignedInRequest, place: Place) -> HttpResponse:
    sheet = Sheet.of(place, TOOLS["cadrage"])
    written = note.as_written(sheet)
    try:
        services.put_to_signature(
            seat=place.seat,
            lines=written.lines,
            meetings=written.meetings,
            values=sheet.single("note").values,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("method:signing", place.engagement.pk)


@require_POST
@seated("talk", login_required_keeping_draft)
def sign(request: SignedInRequest, place: Place, note_id: UUID) -> HttpResponse:
    found = note_or_404(place, note_id)
    form = SigningForm(request.POST)
    if not form.is_valid():
        return show_signing(request, place, form, status=422)
    said = form.cleaned_data
    try:
        services.sign(seat=place.seat, note=found, name=said["name"], quality=said["quality"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Votre signature est enregistrée.")
    return redirect("method:signing", place.engagement.pk)


@require_POST
@seated("read", login_required_keeping_draft)
def note_file(request: SignedInRequest, place: Place, note_id: UUID) -> HttpResponse:
    document = note.request(note=note_or_404(place, note_id), by=request.user)
    return redirect("documents:status", document.pk)


def note_or_404(place: Place, pk: UUID) -> SignedNote:
    rows = SignedNote.objects.select_related("engagement__organisation")
    return get_object_or_404(rows, pk=pk, engagement=place.engagement)


# --- blank sheets ----------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_file(request: HttpRequest, tool: str) -> HttpResponseBase:
    found = tool_or_404(tool)
    return public_file(
        request,
        sheets.find(found),
        lambda: sheets.request(found),
        "methodology/papers/sheet_waiting.html",
        {"tool": found, "door": DOOR},
    )


# --- typing sheets in ------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def type_in(request: SignedInRequest, place: Place, tool: str, kind: str) -> HttpResponse:
    found = tool_or_404(tool)
    spec = next((one for one in found.kinds_in_rows if one.code == kind), None)
    if spec is None:
        raise Http404
    if request.method != "POST":
        return show_typing(request, place, found, spec, [])
    added, wrong = typing.save(place, spec, typing.read(spec, request.POST))
    if added:
        done = "ajoutée" if spec.is_feminine else "ajouté"
        messages.success(request, f"{count(added, f'{spec.singular} {done}', f'{spec.plural} {done}s')}.")
    if wrong:
        return show_typing(request, place, found, spec, wrong, status=422)
    return redirect("method:type_in", place.engagement.pk, tool, kind)


def show_typing(
    request: SignedInRequest, place: Place, tool: Tool, kind: Kind, wrong: list[Any], status: int = 200
) -> HttpResponse:
    sheet = Sheet.of(place, tool)
    context = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "tool": tool,
        "kind": kind,
        "kinds": tool.kinds_in_rows,
        "rows": typing.rows(sheet, kind, wrong),
        "above": KINDS[kind.of] if kind.of else None,
        "is_wrong": bool(wrong),
    }
    return render(request, "methodology/papers/typing.html", context, status=status)
