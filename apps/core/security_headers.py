"""Headers of every answer: what a browser may keep, embed and ask, and what it must refuse.

HSTS, COOP, the referrer and nosniff are Django's own (SecurityMiddleware); the content policy is django-csp's.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Everything that the platform does not use; passkeys and the copy of an address are asked by our own pages only.
PERMISSIONS = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
                "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
                "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
            )
        ),
        *(f"{feature}=(self)" for feature in ("clipboard-write", "fullscreen", "publickey-credentials-create", "publickey-credentials-get")),
    ]
)  # fmt: skip
HEADERS = {
    "Permissions-Policy": PERMISSIONS,
    "Origin-Agent-Cluster": "?1",
    "X-Permitted-Cross-Domain-Policies": "none",
}
RESOURCE = "Cross-Origin-Resource-Policy"
NOT_KEPT = "private, no-store"


class SecurityHeadersMiddleware:
    """Above the session: a session that was read makes the answer somebody's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Of pages only: beside each picture and style sheet they would weigh more than some of them.
        if "html" in response.get("Content-Type", ""):
            for name, value in HEADERS.items():
                response.setdefault(name, value)
        response.setdefault(RESOURCE, "cross-origin" if is_open(request) else "same-origin")
        if is_personal(request, response):
            response["Cache-Control"] = NOT_KEPT
        return response


def is_open(request: HttpRequest) -> bool:
    """Data published for other sites to show: feeds, badges, figures and files of releases."""
    found = request.resolver_match
    return found is not None and found.view_name in settings.OPEN_RESOURCES


def is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Made for the person of a session, of a link that she alone holds, or of a cookie that is given to her now.

    An answer that already says how its reader alone may keep it (a tag to ask again with) is left as it is.
    """
    if "private" in response.get("Cache-Control", "") and response.has_header("ETag"):
        return False
    session = getattr(request, "session", None)
    if session is not None and session.accessed and not session.is_empty():
        return True
    found = request.resolver_match
    holds_link = found is not None and "token" in found.kwargs
    return holds_link or bool(response.cookies) or "Authorization" in request.headers
