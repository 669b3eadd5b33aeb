"""Answers that a program keeps: the content's revision tells whether anything changed."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request

from apps.catalogue.models import ContentRevision

R = TypeVar("R", bound=HttpResponseBase)
UNCHANGED = {304: OpenApiResponse(description="Rien n’a changé depuis votre copie")}


def kept(request: Request, change: ContentRevision | None, form: int) -> HttpResponseBase | None:
    """304 when the copy that the program has is still good; None when the answer must be built."""
    if change is None:
        return None
    moment = int(change.changed_at.timestamp())
    found: HttpResponseBase | None = get_conditional_response(request._request, etag(change, form), moment)
    return stamped(found, change, form) if found else None


def etag(change: ContentRevision, form: int) -> str:
    return f'"{change.token}.{form}"'


def stamped(response: R, change: ContentRevision | None, form: int) -> R:
    """With what the next visit sends back. ``form``: raised when the same content is given in another shape."""
    response["Cache-Control"] = "no-cache"
    if change is not None:
        response["ETag"] = etag(change, form)
        response["Last-Modified"] = http_date(change.changed_at.timestamp())
    return response
