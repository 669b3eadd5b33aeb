"""A visitor whose session ended while she wrote: htmx must not put the sign-in page inside the one she reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def whole_page(gate: Callable[[View], View]) -> Callable[[View], View]:
    """``gate``, whose way to the sign-in page takes the whole window."""

    def decorate(view: View) -> View:
        kept = gate(view)

        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = kept(request, *args, **kwargs)
            if is_fragment(request) and not request.user.is_authenticated and response.status_code == 302:
                return HttpResponse(headers={"HX-Redirect": response["Location"]})
            return response

        return wrapper

    return decorate


def is_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
