"""A dead database gives a clear 503 page, and the site is back as soon as the database is.

A fault in a view comes to the middleware; one in another middleware only comes to ``handler500``.
"""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

logger = structlog.get_logger(__name__)

DATABASE_FAULTS = (OperationalError, InterfaceError)


class ServiceUnavailableMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DATABASE_FAULTS):
            return unavailable(request, exception)
        return None


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("database_unavailable", error=str(error))
    response: HttpResponse
    if request.path_info.startswith("/api/"):
        response = JsonResponse(
            {"detail": "La base de données ne répond pas\u00a0: réessayez dans une minute."}, status=503
        )
    else:
        # Rendered without a request: context processors would ask the database for the session.
        response = HttpResponse(render_to_string("errors/503.html"), status=503)
    response["Retry-After"] = "15"
    return response
