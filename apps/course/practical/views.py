"""The file of a step's practical sheet, or the page that says where its preparation is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from apps.course import practical, selectors
from apps.documents.views import public_file


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    step = get_object_or_404(selectors.public_steps(), slug=slug)
    return public_file(
        request,
        practical.find(step),
        lambda: practical.request(step),
        "course/practical_waiting.html",
        {"step": step, "door": "se-former"},
    )
