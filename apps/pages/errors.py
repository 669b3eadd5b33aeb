"""Error pages: what happened, what is kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def page(status: int) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{status}.html"), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(403)
