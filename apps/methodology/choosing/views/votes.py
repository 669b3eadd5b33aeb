"""The team votes on the scenarios; the lead writes down which one is chosen. Works without script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.saving import version_in
from apps.methodology.choosing import pages, retaining, voting
from apps.methodology.choosing.forms import RetainForm
from apps.methodology.choosing.pages import Typed
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Item

TEMPLATE = "methodology/choosing/choosing.html"
keeping = action_login_required("method:choosing", "pk")


@never_cache
@require_safe
@seated("talk")
def choosing(request: SignedInRequest, place: Place) -> HttpResponse:
    return show(request, place, typed=pages.drafted(draft_of(request)))


@never_cache
@require_POST
@seated("talk", keeping)
def vote(request: SignedInRequest, place: Place, scenario: UUID) -> HttpResponse:
    """``act``: « take_back » takes the vote back; else ``stance``, ``reason`` and ``number`` are the vote."""
    item, data = scenario_or_404(place, scenario), request.POST
    if data.get("act") == "take_back":
        return taken_back(request, place, item)
    said = voting.Said(data.get("stance", ""), data.get("reason", ""), version_in(data.get("number")))
    try:
        voting.vote(seat=place.seat, scenario=item, said=said)
    except Refused as refusal:
        typed = Typed(scenario, said.stance, said.reason, str(refusal))
        return show(request, place, status=422, typed=typed)
    forget_draft(request, pages.address(place.engagement.pk))
    messages.success(request, "Votre voix est notée.")
    return redirect(pages.address(place.engagement.pk, scenario))


def taken_back(request: SignedInRequest, place: Place, item: Item) -> HttpResponse:
    try:
        voting.take_back(seat=place.seat, scenario=item)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Votre voix est reprise.")
    return redirect(pages.address(place.engagement.pk, item.pk))


@never_cache
@require_POST
@seated("lead", keeping)
def retain(request: SignedInRequest, place: Place, scenario: UUID) -> HttpResponse:
    item, form = scenario_or_404(place, scenario), RetainForm(scenario, request.POST)
    if form.is_valid():
        try:
            retaining.retain(
                seat=place.seat,
                scenario=item,
                choice=form.choice(),
                key=form.cleaned_data["key"] or form.initial["key"],
            )
        except NotYours as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Le scénario est retenu, et la décision est notée.")
            return redirect(pages.address(place.engagement.pk))
    return show(request, place, status=422, retain=form, about=scenario)


def show(request: SignedInRequest, place: Place, status: int = 200, **said: Any) -> HttpResponse:
    return render(request, TEMPLATE, pages.page(place, **said), status=status)


def scenario_or_404(place: Place, key: UUID) -> Item:
    item = Item.objects.filter(pk=key, engagement=place.engagement, kind="scenario").first()
    if item is None:
        raise Http404
    return item
