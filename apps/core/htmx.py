"""One helper decides page or fragment: the same template, the same context."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], partial: str = "", status: int = 200
) -> HttpResponse:
    """``template`` whole, or its ``{% partialdef partial %}`` when htmx asked for a fragment."""
    is_fragment = (
        bool(partial) and bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    )
    name = f"{template}#{partial}" if is_fragment else template
    response = render(request, name, dict(context), status=status)
    response["Vary"] = "HX-Request"
    return response
