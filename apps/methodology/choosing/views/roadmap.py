"""From the chosen scenario to steps 7 and 8: shown first, made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count
from apps.methodology.access import Place, seated
from apps.methodology.bench.sheet import Sheet
from apps.methodology.choosing import preview, taking
from apps.methodology.choosing.preview import Offer
from apps.methodology.errors import Refused
from apps.methodology.services.fields import CLOSED, ValueFault
from apps.methodology.simulation import figures

TEMPLATE = "methodology/choosing/roadmap.html"
NOTHING = "Cochez au moins une proposition."
NO_CHOICE = "Plus aucun scénario n’est retenu à cet instant\u00a0: rien n’a été ajouté."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def roadmap(request: SignedInRequest, place: Place) -> HttpResponse:
    """``take``: the keys of what is kept; « title-key », « due-key »…: what was typed instead."""
    sheet = figures.sheet_of(place)
    made = preview.offer(sheet)
    if request.method != "POST":
        return show(request, place, sheet, made, draft_of(request) or QueryDict())
    data = request.POST
    if made is None or not place.engagement.is_open:
        return show(request, place, sheet, made, data, said=CLOSED if made else NO_CHOICE, status=422)
    chosen = preview.ticked(made, data)
    told, faults = preview.edited(chosen, data)
    if faults or not chosen:
        return show(request, place, sheet, made, data, faults, "" if faults else NOTHING, status=422)
    try:
        done = taking.make(
            seat=place.seat, sheet=sheet, scenario=made.scenario.id, chosen=chosen, edited=told
        )
    except (Refused, ValueFault) as fault:
        return show(request, place, sheet, preview.offer(sheet), data, said=str(fault), status=422)
    forget_draft(request)
    tell(request, done)
    return redirect(preview.tool_url(place.engagement.pk, chosen[0].kind))


def tell(request: SignedInRequest, done: int) -> None:
    if done:
        said = count(done, "élément est ajouté", "éléments sont ajoutés")
        messages.success(request, f"{said}\u00a0: dites qui s’en charge, puis relisez les dates.")
    else:
        messages.info(request, "Tout y était déjà\u00a0: rien n’a été ajouté ni changé.")


def show(
    request: SignedInRequest,
    place: Place,
    sheet: Sheet,
    made: Offer | None,
    data: QueryDict,
    faults: Mapping[str, str] | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = preview.page(place, sheet, made, data, faults or {})
    return render(request, TEMPLATE, {**context, "said": said}, status=status)
