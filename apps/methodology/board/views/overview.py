"""A démarche at a glance; its name, its end, the edition of the method it follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.board import overview, path, selectors
from apps.methodology.board.facts import campaign, facts
from apps.methodology.board.forms import TitleForm
from apps.methodology.board.views import DOOR
from apps.methodology.board.views.engagements import asked
from apps.methodology.errors import Refused
from apps.methodology.missing import Facts
from apps.methodology.services import editions
from apps.methodology.services import engagements as services

ACTS = {
    "close": (
        services.close_engagement,
        "La démarche est close. Tout reste à lire\u00a0; rien ne s’écrit plus.",
    ),
    "reopen": (services.reopen_engagement, "La démarche est de nouveau ouverte."),
}


@never_cache
@require_safe
@seated("follow")
def engagement(request: SignedInRequest, place: Place) -> HttpResponse:
    found, method = place.engagement, selectors.method(place.engagement)
    told = known(place) if place.may("read") else None
    rows = path.step_rows(found, selectors.states(found), method.steps, told)
    context = {
        "door": DOOR,
        "engagement": found,
        "place": place,
        "rows": rows,
        "done": sum(row.is_over for row in rows),
        "next": path.next_row(rows, place.seat.role) if place.writes or place.may("validate") else None,
        "newer": method.newer if place.may("lead") and found.is_open else None,
        "may": {right: place.may(right) for right in ("read", "lead")},
        **(inside(place, told) if told else {}),
    }
    return render(request, "methodology/board/engagement.html", context)


def known(place: Place) -> Facts:
    """2 queries."""
    return facts(place.engagement, campaign=campaign(place.engagement))


def inside(place: Place, told: Facts) -> dict[str, Any]:
    """What a network that follows does not see. 2 queries."""
    return {
        "meetings": overview.next_meetings(told),
        "decisions": selectors.decisions(place.engagement),
        "team": overview.team(selectors.team(place.engagement)),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("lead", login_required_keeping_draft)
def settings(request: SignedInRequest, place: Place) -> HttpResponse:
    given = asked(request)
    form = TitleForm(given.get("data"), initial=given.get("initial") or {"title": place.engagement.title})
    if form.is_bound and form.is_valid():
        try:
            services.rename_engagement(seat=place.seat, title=form.cleaned_data["title"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            forget_draft(request)
            messages.success(request, "C’est enregistré.")
            return redirect("method:engagement", place.engagement.pk)
    context = {"door": DOOR, "engagement": place.engagement, "form": form}
    return render(request, "methodology/board/settings.html", context, status=422 if form.errors else 200)


@require_POST
@seated("lead", action_login_required("method:settings", "pk"))
def act(request: SignedInRequest, place: Place) -> HttpResponse:
    """Close, reopen; anything else posted changes nothing."""
    if known := ACTS.get(request.POST.get("act", "")):
        service, told = known
        service(seat=place.seat)
        messages.success(request, told)
    return redirect("method:engagement", place.engagement.pk)


@require_POST
@seated("lead", action_login_required("method:engagement", "pk"))
def take_up(request: SignedInRequest, place: Place) -> HttpResponse:
    try:
        if editions.take_up(engagement=place.engagement, seat=place.seat):
            messages.success(
                request, "La démarche suit la nouvelle version. États et contenus n’ont pas changé."
            )
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("method:engagement", place.engagement.pk)
