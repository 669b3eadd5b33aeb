"""The file of a step's practical sheet, or the page that says where its preparation is. Only a POST asks for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.course import practical, selectors
from apps.course.models import Page
from apps.documents import services
from apps.documents.models import Document
from apps.documents.views import file_response, status_context

# A sheet printed this morning may be that of yesterday: its edition changes a few times a year.
CACHE = "public, max-age=600"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    step = get_object_or_404(selectors.public_steps(), slug=slug)
    document = practical.find(step)
    if request.method == "POST":
        return ask(step, document)
    ready = file_response(document, as_attachment=False) if document and document.is_ready else None
    if ready is None:
        return waiting(request, step, document)
    ready["Cache-Control"] = CACHE
    return ready


def ask(step: Page, document: Document | None) -> HttpResponse:
    services.retry(document=document) if document else practical.request(step)
    return redirect("course:sheet_file", step.slug)


@never_cache
def waiting(request: HttpRequest, step: Page, document: Document | None) -> HttpResponse:
    """202 while it is under way; 200 where somebody must ask."""
    known = status_context(document) if document else {"document": None, "announce": False}
    context = {**known, "step": step, "lost": bool(document and document.is_ready), "door": "se-former"}
    under_way = bool(document and document.is_waiting)
    return render(request, "course/practical_waiting.html", context, status=202 if under_way else 200)
