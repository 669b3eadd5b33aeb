"""Roles, leaving, handing over: each said once, done once, whatever the second click."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from apps.accounts.drafts import action_login_required
from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, place_or_404, seated
from apps.methodology.choices import name_of
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import Seat
from apps.methodology.services import seats
from apps.methodology.team import selectors
from apps.methodology.team.forms import RoleForm
from apps.methodology.team.views.pages import BACK_TO_TEAM

LEFT = "Vous avez quitté la démarche «\u00a0{}\u00a0». Ce que vous y avez écrit reste à l’équipe."


@seated("lead", BACK_TO_TEAM)
@require_POST
def seat_act(request: SignedInRequest, place: Place, seat: UUID) -> HttpResponse:
    """Another role, or out; anything else posted changes nothing."""
    found = get_object_or_404(
        Seat.objects.select_related("user", "engagement"), engagement=place.engagement, pk=seat
    )
    try:
        if request.POST.get("act") == "remove":
            seats.leave(seat=found)
            return gone(request, place, found)
        if request.POST.get("act") == "role":
            change(request, found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("method:team", place.engagement.pk)


def gone(request: SignedInRequest, place: Place, seat: Seat) -> HttpResponse:
    if seat.pk == place.seat.pk:
        messages.success(request, LEFT.format(place.engagement))
        return redirect("method:engagements")
    messages.success(request, f"{name_of(seat)} ne voit plus rien de la démarche. Ce qui a été écrit reste.")
    return redirect("method:team", place.engagement.pk)


def change(request: SignedInRequest, seat: Seat) -> None:
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["role"][0]))
        return
    changed = seats.change_role(seat=seat, role=SeatRole(form.cleaned_data["role"]))
    messages.success(request, f"{name_of(changed)} a maintenant le rôle\u00a0: {changed.get_role_display()}.")


@action_login_required("method:team", "pk")
@require_POST
def seat_leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Anybody, from any démarche, at any time, unless nobody would lead it."""
    place = place_of_click(request, request.user, pk)
    if place is None:
        return redirect("method:engagements")
    try:
        seats.leave(seat=place.seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("method:team", pk)
    messages.success(request, LEFT.format(place.engagement))
    return redirect("method:engagements")


@action_login_required("method:team", "pk")
@require_POST
def hand_over(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Another person leads; one becomes a member, or leaves."""
    place = place_of_click(request, request.user, pk)
    if place is None:
        return redirect("method:engagements")
    heir = named(pk, request.POST.get("to", ""))
    if not place.may("lead"):
        if heir and heir.role == SeatRole.LEAD and place.seat.role == SeatRole.MEMBER:
            return redirect("method:team", pk)
        raise PermissionDenied
    leaves = request.POST.get("then") == "leave"
    try:
        if heir is None:
            raise Refused(seats.NOT_SEATED)
        seats.hand_over(seat=place.seat, to=heir, leaves=leaves)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("method:team", pk)
    messages.success(
        request,
        LEFT.format(place.engagement) if leaves else f"{name_of(heir)} conduit maintenant la démarche.",
    )
    return redirect("method:engagements") if leaves else redirect("method:team", pk)


@seated("follow", BACK_TO_TEAM)
@require_POST
def seat_mails(request: SignedInRequest, place: Place) -> HttpResponse:
    wanted = request.POST.get("wanted") == "1"
    seats.wish_mails(seat=place.seat, wanted=wanted)
    messages.success(
        request,
        "Les courriels de cette démarche reprennent."
        if wanted
        else "Vous ne recevrez plus de courriel de cette démarche.",
    )
    return redirect("method:team", place.engagement.pk)


def place_of_click(request: HttpRequest, user: User, pk: UUID) -> Place | None:
    """None for the second click of a person who has just left; Http404 for strangers."""
    try:
        return place_or_404(user, pk)
    except Http404:
        if selectors.just_left(user, pk):
            return None
        raise


def named(engagement: UUID, key: str) -> Seat | None:
    """The seat whose key was posted, whatever was posted."""
    try:
        return selectors.team_of(engagement).filter(pk=UUID(key)).first()
    except ValueError:
        return None
