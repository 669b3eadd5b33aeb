"""The address that a calendar follows: made, renewed and stopped by a button; read by programs, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.secrets import is_token
from apps.methodology.access import Place, seated
from apps.methodology.roadmap import calendars

DOOR = "agir"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("read", login_required_keeping_draft)
def feed_make(request: SignedInRequest, place: Place) -> HttpResponse:
    """``act``: make (a new address, shown once) or stop; anything else posted changes nothing."""
    act = request.POST.get("act", "")
    if act == "make":
        return show(request, place, calendars.make_feed(seat=place.seat))
    if act == "stop":
        calendars.stop_feed(seat=place.seat)
        messages.success(request, "C’est arrêté\u00a0: l’adresse ne mène plus à rien.")
    if request.method == "POST":
        return redirect("method:feed_make", place.engagement.pk)
    return show(request, place)


def show(request: SignedInRequest, place: Place, token: str = "") -> HttpResponse:
    address = calendars.address(token) if token else ""
    context = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "address": address,
        "subscribe": f"webcal://{address.partition('://')[2]}" if address else "",
        "has_one": bool(token or place.seat.feed_hash),
    }
    return render(request, "methodology/roadmap/feed.html", context)


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    seat = calendars.seat_of(token) if is_token(token) else None
    if seat is None:
        raise Http404
    return HttpResponse(calendars.feed(seat), content_type=calendars.CONTENT_TYPE)
