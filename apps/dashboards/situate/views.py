"""The place of an association among those of its size, for its members alone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.dashboards.situate.page import situate_page
from apps.dashboards.situate.selectors import campaign_or_404, marks_table

STILL_OPEN = "Cette campagne est encore ouverte\u00a0: elle se situera quand elle sera close."


@login_required
@require_safe
@never_cache
def situate(request: HttpRequest, campaign: UUID) -> HttpResponse:
    found = campaign_or_404(request.user, campaign)
    if found.is_open:
        messages.info(request, STILL_OPEN)
        return redirect("diagnostic:campaign", pk=campaign)
    page = situate_page(found, marks_table())
    return render(request, "dashboards/situate/situate.html", {"page": page, "door": "agir"})
