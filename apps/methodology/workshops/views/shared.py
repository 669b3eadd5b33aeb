"""What the console and the record share."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

DOOR = "agir"
OVER = 286  # htmx stops asking


def is_htmx(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def left(request: HttpRequest, url: str) -> HttpResponse:
    """Elsewhere; for htmx, the whole page goes."""
    return HttpResponse(headers={"HX-Redirect": url}) if is_htmx(request) else redirect(url)
