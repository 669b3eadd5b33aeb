"""A session for search engines: schema.org Event in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from apps.agenda import rules
from apps.agenda.models import Session

# As json_script does: nothing of the text can end the element or begin another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(session: Session) -> SafeString:
    # One line a value: no two braces touch, as in a template left undrawn.
    text = json.dumps(described(session), ensure_ascii=False, indent=1)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - escaped just before


def described(session: Session) -> dict[str, Any]:
    page = settings.SITE_URL + session.get_absolute_url()
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": session.label,
        "description": session.summary,
        "startDate": rules.local(session.starts_at).isoformat(),
        "endDate": rules.local(session.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if session.is_cancelled else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": page},
        "organizer": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "url": page,
        "inLanguage": "fr",
        "isAccessibleForFree": True,
    }
