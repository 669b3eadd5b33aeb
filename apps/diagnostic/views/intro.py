from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from apps.accounts.requests import Request
from apps.accounts.roles import MANAGERS
from apps.accounts.selectors import has_role
from apps.core.htmx import render_page
from apps.diagnostic import selectors


@require_safe
def intro(request: Request) -> HttpResponse:
    """What the diagnostic is, what it is not for, and the three ways in."""
    organisation = request.organisation if request.user.is_authenticated else None
    context = {
        "door": "agir",
        "questionnaire": selectors.current_questionnaire(),
        "organisation": organisation,
        "campaign": selectors.open_campaign_of(organisation) if organisation else None,
        # Without an organisation the way leads through creating one, which makes her its admin.
        "may_open": organisation is None or has_role(request.user, organisation, *MANAGERS),
    }
    return render_page(request, "diagnostic/intro.html", context)
