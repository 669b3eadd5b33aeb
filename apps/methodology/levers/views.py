"""The crossed diagnostic of a démarche, and what is taken from its result."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count
from apps.methodology.access import Place, seated
from apps.methodology.errors import NotYours, Refused
from apps.methodology.levers import services
from apps.methodology.levers.pages import crossed_page

View = Callable[..., HttpResponse]
BACK = action_login_required("method:crossed", "pk")
BACK_TO_LEVERS = action_login_required("method:tool", "pk", "tool")
OPENED = "La campagne est ouverte et reliée à la démarche. Complétez son contexte, puis invitez."
CHOSEN = "Cette campagne nourrit maintenant la démarche."
ALL = "tous"


def told(view: View) -> View:
    """A refusal is said where the button was; what is not hers to do is a 403."""

    @wraps(view)
    def inner(request: SignedInRequest, place: Place, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, place, **kwargs)
        except NotYours as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("method:crossed", place.engagement.pk)

    return cast(View, inner)


@never_cache
@seated("read")
@require_safe
def crossed(request: SignedInRequest, place: Place) -> HttpResponse:
    draft = draft_of(request)
    ticked = draft.getlist("code") if draft and "code" in draft else None
    return render(request, "methodology/levers/crossed.html", crossed_page(place, ticked))


@seated("write", BACK)
@require_POST
@told
def crossed_open(request: SignedInRequest, place: Place) -> HttpResponse:
    services.open_diagnostic(seat=place.seat)
    messages.success(request, OPENED)
    return redirect("method:crossed", place.engagement.pk)


@seated("write", BACK)
@require_POST
@told
def crossed_choose(request: SignedInRequest, place: Place) -> HttpResponse:
    services.choose_campaign(seat=place.seat, campaign=key_in(request.POST.get("campaign", "")))
    messages.success(request, CHOSEN)
    return redirect("method:crossed", place.engagement.pk)


@seated("write", BACK)
@require_POST
@told
def crossed_agenda(request: SignedInRequest, place: Place) -> HttpResponse:
    codes = request.POST.getlist("code")
    if not codes:
        raise Refused("Cochez au moins un sujet.")
    made = services.make_agenda(seat=place.seat, codes=codes)
    forget_draft(request, reverse("method:crossed", args=[place.engagement.pk]))
    say(request, len(made), "point ajouté à l’ordre du jour", "points ajoutés à l’ordre du jour")
    return redirect("method:tool", place.engagement.pk, "ordre-du-jour")


@seated("write", BACK_TO_LEVERS)
@require_POST
@told
def levers_take(request: SignedInRequest, place: Place, code: str, tool: str) -> HttpResponse:
    """``code``: of the statement whose lever is taken, or « tous »."""
    made = services.take_levers(seat=place.seat, codes=None if code == ALL else [code])
    say(request, len(made), "levier repris", "leviers repris")
    return redirect(f"{reverse('method:tool', args=[place.engagement.pk, tool])}#leviers-proposes")


def say(request: SignedInRequest, made: int, singular: str, plural: str) -> None:
    if made:
        messages.success(request, f"{count(made, singular, plural)}.")
    else:
        messages.info(request, "C’était déjà fait\u00a0: rien n’est ajouté deux fois.")


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
