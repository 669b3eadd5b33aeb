from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from apps.accounts.requests import Request
from apps.accounts.roles import MANAGERS
from apps.core.htmx import render_page
from apps.diagnostic import selectors


@require_safe
def intro(request: Request) -> HttpResponse:
    """What the diagnostic is, what it is not for, and the three ways in."""
    organisation = request.organisation
    context = {
        "door": "agir",
        "questionnaire": selectors.current_questionnaire(),
        "organisation": organisation,
        "campaign": selectors.open_campaign_of(organisation) if organisation else None,
        # Without an organisation the way leads through creating one, which makes her its admin.
        "may_open": request.place is None or request.place.role in MANAGERS,
    }
    return render_page(request, "diagnostic/intro.html", context)
