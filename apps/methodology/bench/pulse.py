"""The look that each open page takes every second, answered before anything else runs.

Twenty people around one démarche make seventeen looks and seven writes a second: through the whole stack, looks would
make everybody's writes wait. Here one is a question to the database, and two more when something is new. Whatever is
not a look with a good ticket goes on to its view, which says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse

from apps.core.middleware import DATABASE_FAULTS
from apps.methodology.bench.live import told
from apps.methodology.bench.looks import SIGNER, look
from apps.methodology.tools import TOOLS

LOOK = re.compile(r"/agir/demarches/([0-9a-f-]{36})/nouveau/")
FRESH = {"Cache-Control": "no-store"}


class PulseMiddleware:
    """Among the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return answer(request) or self.get_response(request)


def answer(request: HttpRequest) -> HttpResponse | None:
    """None for whatever the view must answer. A page that shows comments asks for them now and then, of the view."""
    found, asked = LOOK.fullmatch(request.path_info), request.GET
    if not found or request.method != "GET" or "billet" not in asked or "fil" in asked:
        return None
    tool = TOOLS.get(asked.get("outil", ""))
    try:
        seat, session = SIGNER.unsign(asked["billet"]).split(":")
        engagement, after = UUID(found[1]), int(asked.get("apres", ""))
    except (signing.BadSignature, ValueError):
        return None
    if tool is None or not session or session != request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        return None
    try:
        seen = look(engagement, UUID(seat), session, tool.code)
        if seen is None:
            return None
        if seen == (after, asked.get("vu")):
            return HttpResponse(status=204, headers=FRESH)
        return JsonResponse(told(engagement, UUID(seat), tool, after, seen[0]), headers=FRESH)
    except DATABASE_FAULTS:
        return None
