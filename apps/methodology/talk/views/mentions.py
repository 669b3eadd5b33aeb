"""« On vous attend »: where she is named, in all her démarches."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import held_seats
from apps.methodology.models import Mention
from apps.methodology.services import comments as services
from apps.methodology.talk import selectors, waiting

DOOR = "agir"
A_PAGE = 50


@never_cache
@login_required
@require_safe
def mentions(request: SignedInRequest) -> HttpResponse:
    rows = waiting.rows(list(selectors.waiting_for(request.user)[:A_PAGE]))
    return render(request, "methodology/talk/mentions.html", {"door": DOOR, "rows": rows})


@action_login_required("method:mentions")
@require_POST
def mention_seen(request: SignedInRequest, mention: int) -> HttpResponse:
    found = get_object_or_404(Mention, pk=mention, seat__in=held_seats(request.user))
    services.seen(mention=found)
    return redirect("method:mentions")
