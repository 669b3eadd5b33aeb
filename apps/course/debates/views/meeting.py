"""The meeting: the presenter's console, the projector's screen, and the acts of both.

Both ask again every second with what they show (``vu``); nothing new is a 204.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.core.figures import qr
from apps.course.debates import presenters, services
from apps.course.debates.access import debate_or_404
from apps.course.debates.acts import perform
from apps.course.debates.errors import Refused
from apps.course.models import Debate, View

DOOR = "se-former"
OVER = 286  # htmx stops asking
PAGES = {"ecran": "course:projector", "console": "course:debate"}


def is_asked_again(request: HttpRequest) -> bool:
    return "vu" in request.GET and bool(request.headers.get("HX-Request"))


def door(request: HttpRequest, debate: Debate) -> presenters.Door | None:
    """None once the meeting is over: its code opens nothing."""
    if debate.is_over:
        return None
    link = request.build_absolute_uri(reverse("course:vote", args=[debate.code]))
    typed = request.build_absolute_uri(reverse("course:vote_code"))
    return presenters.Door(
        typed.partition("://")[2].rstrip("/"), link, qr.draw(link, f"Code QR de l’adresse {link}")
    )


@never_cache
@login_required
@require_safe
def debate(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = debate_or_404(request.user, pk)
    if found.is_over:
        # The console asks while the button that ends the meeting is still on its way: both lead to one place.
        page = "course:record_edit" if is_asked_again(request) else "course:record"
        return left(request, reverse(page, args=[pk]))
    if is_asked_again(request):
        return console_again(request, found)
    context = {
        **base(found),
        **console_parts(found),
        "direct": presenters.direct(found),
        "door_of_phones": door(request, found),
    }
    return render(request, "course/debates/debate.html", context)


def left(request: HttpRequest, url: str) -> HttpResponse:
    """Elsewhere; for htmx, the whole page goes."""
    return HttpResponse(headers={"HX-Redirect": url}) if request.headers.get("HX-Request") else redirect(url)


def base(found: Debate) -> dict[str, Any]:
    return {"door": DOOR, "debate": found}


def console_parts(found: Debate) -> dict[str, Any]:
    return {"console": presenters.console(found, timezone.now()) if found.is_live else None}


def console_again(request: HttpRequest, found: Debate) -> HttpResponse:
    """``part=direct``: votes and words; otherwise the slide, its notes and the time."""
    seen = request.GET["vu"]
    if request.GET.get("part") == "direct":
        direct = presenters.direct(found)
        if seen == direct.marker:
            return HttpResponse(status=204)
        return render(request, "course/debates/direct.html", {**base(found), "direct": direct})
    if seen == str(found.version):
        return HttpResponse(status=204)
    return render(request, "course/debates/console.html", {**base(found), **console_parts(found)})


@never_cache
@login_required
@require_safe
def projector(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = debate_or_404(request.user, pk)
    marker = presenters.screen_marker(found)
    again = is_asked_again(request)
    if again and request.GET["vu"] == marker and not found.is_over:
        return HttpResponse(status=204)
    context = {
        **base(found),
        "marker": marker,
        "screen": presenters.screen(found),
        "door_of_phones": door(request, found),
    }
    template = "course/debates/screen.html" if again else "course/debates/projector.html"
    return render(request, template, context, status=OVER if again and found.is_over else 200)


@action_login_required("course:debate", "pk")
@require_POST
def act(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One act of the presenter; then the page it came from, or for htmx a word that something moved."""
    found = debate_or_404(request.user, pk)
    page = reverse(PAGES.get(request.POST.get("from", ""), "course:debate"), args=[pk])
    try:
        found = perform(found, request.POST.get("act", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return left(request, page)
    if found.is_over:
        return left(request, reverse("course:record_edit", args=[pk]))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "moved"})
    return redirect(page)


@action_login_required("course:debate", "pk")
@require_POST
def put_aside(request: SignedInRequest, pk: UUID, view: int) -> HttpResponse:
    found = debate_or_404(request.user, pk)
    words = get_object_or_404(View, pk=view, debate=found)
    services.put_aside(view=words, aside=request.POST.get("aside") == "1")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "moved"})
    page = "course:record_edit" if request.POST.get("from") == "compte-rendu" else "course:debate"
    return redirect(reverse(page, args=[pk]) + "#paroles")
