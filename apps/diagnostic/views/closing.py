from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from apps.accounts.requests import SignedInRequest
from apps.core.htmx import render_page
from apps.diagnostic import access, selectors, services
from apps.diagnostic.campaign_panel import person
from apps.diagnostic.disclosure import MEDIAN_FROM
from apps.diagnostic.errors import Refused
from apps.diagnostic.views.guards import clear_refusals


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@clear_refusals
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """GET says what will happen; POST does it. A second click finds the same result."""
    campaign = access.managed_campaign_or_404(request, pk)
    if request.method == "POST":
        try:
            services.close_campaign(campaign=campaign, by=request.user)
        except Refused as error:
            messages.warning(request, str(error))
            return redirect("diagnostic:campaign", pk)
    if request.method == "POST" or not campaign.is_open:
        return redirect("diagnostic:result", pk)
    people = [person(r, request.user, True) for r in selectors.respondents_of(campaign)]
    context = {
        "door": "agir",
        "campaign": campaign,
        "counted": sum(p.has_started for p in people),
        "enough": MEDIAN_FROM,
        "waited": [p for p in people if not p.is_finished],
        "years": selectors.years_of(campaign),
    }
    return render_page(request, "diagnostic/close.html", context)
