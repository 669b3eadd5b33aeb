"""The console of whoever leads the table, and the screen of the room. Both ask again with what they show (``vu``);
nothing new is a 204.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.core.figures import qr
from apps.core.figures.svg import Svg
from apps.methodology.access import Place, seated
from apps.methodology.errors import Refused
from apps.methodology.models import Workshop
from apps.methodology.workshops import selectors, services
from apps.methodology.workshops.acts import at_console, said_of
from apps.methodology.workshops.presenters import Said, Screen, screen
from apps.methodology.workshops.stages import drive
from apps.methodology.workshops.views.record import of, show_record
from apps.methodology.workshops.views.shared import DOOR, OVER, is_htmx, left

DONE = {
    "items": "Ce que la table a retenu est maintenant dans l’outil de l’étape.",
    "note": "La note est enregistrée.",
}


def is_up_to_date(request: HttpRequest, workshop: Workshop) -> bool:
    return is_htmx(request) and request.GET.get("vu") == str(workshop.version)


@never_cache
@require_safe
@seated("read")
def workshop(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    found = of(place, workshop)
    if is_up_to_date(request, found):
        return HttpResponse(status=204)
    if found.is_over:
        # The console asks while the button that ends the workshop is still on its way: both lead to one place.
        page = "workshop_record_edit" if is_htmx(request) and place.writes else "workshop_record"
        return left(request, reverse(f"method:{page}", args=[place.engagement.pk, found.pk]))
    return show(request, place, screen(found, None))


def show(request: SignedInRequest, place: Place, seen: Screen, status: int = 200) -> HttpResponse:
    context = {**base(place, seen), "drive": drive(seen)}
    if is_htmx(request):
        return render(request, "methodology/workshops/console.html", context, status=status)
    chair = selectors.chair_of(seen.workshop, place.seat)
    context |= {"is_seated": chair is not None, "picture": picture(request, seen.workshop)}
    return render(request, "methodology/workshops/workshop.html", context, status=status)


def base(place: Place, seen: Screen) -> dict[str, Any]:
    engagement, found = place.engagement, seen.workshop
    return {
        "door": DOOR,
        "place": place,
        "workshop": found,
        "screen": seen,
        "said": seen.said,
        "act_url": reverse("method:workshop_act", args=[engagement.pk, found.pk]),
        "is_console": place.writes,
        "new_key": uuid4(),
    }


def picture(request: HttpRequest, workshop: Workshop) -> Svg:
    link = request.build_absolute_uri(reverse("method:table", args=[workshop.code]))
    return qr.draw(link, f"Code QR de l’adresse {link}")


@never_cache
@require_safe
@seated("read")
def workshop_screen(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    """For the wall: the question, the code, the clock, the cards. Nothing to press."""
    found = of(place, workshop)
    if is_up_to_date(request, found):
        return HttpResponse(status=204)
    context = {
        **base(place, screen(found, None)),
        "picture": None if found.is_over else picture(request, found),
    }
    template = "wall" if is_htmx(request) else "projector"
    status = OVER if found.is_over and is_htmx(request) else 200
    return render(request, f"methodology/workshops/{template}.html", context, status=status)


@action_login_required("method:workshop", "pk", "workshop")
@require_POST
@seated("read")
def workshop_act(request: SignedInRequest, place: Place, workshop: UUID) -> HttpResponse:
    """One act of the person who leads; then the page it came from. What could not be done is said, what was typed stays."""
    found = of(place, workshop)
    if request.POST.get("act") == "sit:":
        return take_place(request, place, found)
    if not place.may("write"):
        raise PermissionDenied
    try:
        at_console(found, place.seat, request.POST)
    except Refused as refusal:
        return refused(request, place, found, *said_of(refusal, request.POST))
    return after(request, place, found)


def take_place(request: SignedInRequest, place: Place, found: Workshop) -> HttpResponse:
    try:
        services.sit(workshop=found, seat=place.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("method:workshops", place.engagement.pk)
    if found.is_over:  # her chair stays at a table that shows names
        return redirect("method:workshop_record", place.engagement.pk, found.pk)
    return redirect("method:table", found.code)


def refused(request: SignedInRequest, place: Place, found: Workshop, said: Said, status: int) -> HttpResponse:
    found = of(place, found.pk)
    if found.is_over:
        return show_record(request, place, found, said, status)
    return show(request, place, screen(found, None, said), status)


def after(request: SignedInRequest, place: Place, found: Workshop) -> HttpResponse:
    name = request.POST.get("act", "").partition(":")[0]
    found = of(place, found.pk)
    args = [place.engagement.pk, found.pk]
    if name == "end":
        return left(request, reverse("method:workshop_record_edit", args=args))
    if name == "items" or (found.is_over and name in DONE):
        messages.success(request, DONE[name])
    if found.is_over:
        return left(request, reverse("method:workshop_record", args=args))
    if is_htmx(request):
        return show(request, place, screen(found, None))
    return redirect(reverse("method:workshop", args=args) + "#console")
