"""The look that each phone of a room takes every few seconds, answered before anything else runs.

Three hundred phones make a hundred looks a second, nearly all for nothing: through the whole stack they would keep
the presenter's screen waiting. Here one costs a tenth of a millisecond, and the database one question every ``fresh``.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.core.middleware import DATABASE_FAULTS


def mark(key: UUID, version: int) -> str:
    """What a screen says that it shows: nobody answers it by guessing a code, for its key is not in the code."""
    return f"{version}.{key.hex[:12]}"


class Pulse:
    """``look``: the address, whose group is the code; ``version_by_code``: what its screens show now, "" when nothing.

    ``fresh``: seconds that a version is believed; ``most``: codes remembered, in each process.
    """

    def __init__(
        self, look: str, version_by_code: Callable[[str], str], *, fresh: float, most: int = 500
    ) -> None:
        self.look, self.version_by_code = re.compile(look), version_by_code
        self.fresh, self.most = fresh, most
        # code → (until when it is believed, version)
        self.known: dict[str, tuple[float, str]] = {}

    def nothing_new(self, request: HttpRequest) -> bool:
        found = self.look.fullmatch(request.path_info)
        if not found or request.method != "GET" or "HTTP_HX_REQUEST" not in request.META:
            return False
        seen = request.GET.get("vu")
        return bool(seen) and seen == self.version_of(found[1])

    def version_of(self, code: str) -> str:
        """At most ``fresh`` late; "" when there is none."""
        now = time.monotonic()
        until, version = self.known.get(code, (0.0, ""))
        if until > now:
            return version
        self.known.pop(code, None)
        try:
            version = self.version_by_code(code)
        except DATABASE_FAULTS:
            return ""
        if len(self.known) >= self.most:
            self.known.clear()  # codes of meetings long over
        if version:
            self.known[code] = (now + self.fresh, version)
        return version


class PulseMiddleware:
    """Comes first, one subclass for each ``pulse``. Whatever is not a look that finds nothing new goes on to its view,
    which counts guesses.
    """

    pulse: Pulse

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.pulse.nothing_new(request):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        return self.get_response(request)
