"""Asked every second or so by each open page: what ``bench.pulse`` did not answer with « nothing new »."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.finding import tool_or_404
from apps.methodology.bench.live import note_presence, told
from apps.methodology.bench.views.writes import json_gate
from apps.methodology.talk.selectors import pulse


@require_safe
@seated("read", json_gate)
def news(request: SignedInRequest, place: Place) -> HttpResponse:
    """``apres``: the number of the last change shown; ``vu``: the mark of the people shown; ``fil``: the item whose
    comments the page shows, ``dit`` their mark. 204: nothing new.
    """
    tool = tool_or_404(request.GET.get("outil", ""))
    asked = request.GET.get("apres", "")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    number, talk = place.engagement.sequence, said_in(place, request.GET.get("fil", ""))
    body = told(place.engagement.pk, place.seat.pk, tool, after, number)
    if number == after and body["mark"] == request.GET.get("vu") and talk in ("", request.GET.get("dit")):
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    return JsonResponse({**body, "talk": talk}, headers={"Cache-Control": "no-store"})


def said_in(place: Place, item: str) -> str:
    """The mark of the comments on this item; "" for a page without any. 1 query, or none."""
    try:
        return pulse(place.engagement.pk, item=UUID(item)) if item else ""
    except ValueError:
        return ""


@require_POST
@seated("read", json_gate)
def here(request: SignedInRequest, place: Place) -> HttpResponse:
    """``outil``; ``champ``: « item:code » of the field that has the cursor, or nothing."""
    tool = tool_or_404(request.POST.get("outil", ""))
    item, _, code = request.POST.get("champ", "").partition(":")
    try:
        key = UUID(item)
    except ValueError:
        key, code = None, ""
    note_presence(place=place, tool=tool, item=key, code=code)
    return HttpResponse(status=204)
