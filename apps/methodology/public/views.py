"""The method for everybody: its eight steps, their guides. Only a POST asks for a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.catalogue.published import rendered
from apps.documents import services
from apps.documents.models import Document
from apps.documents.views import file_response, status_context
from apps.methodology.public import guide, presenters, selectors
from apps.methodology.public.sheet import StepSheet

DOOR = "agir"
# A guide printed this morning may be that of yesterday: its text changes a few times a year.
CACHE = "public, max-age=600"


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    body = rendered("methodology/public/steps.html#body", presenters.method)
    return render(request, "methodology/public/steps.html", {"door": DOOR, "body": body})


@require_safe
def step(request: HttpRequest, slug: str) -> HttpResponse:
    found = step_or_404(slug)
    if found.slug != slug:
        return redirect("method:step", found.slug, permanent=True)
    body = rendered("methodology/public/step.html#body", lambda: presenters.step_page(found), slug)
    return render(request, "methodology/public/step.html", {"door": DOOR, "step": found, "body": body})


@require_http_methods(["GET", "HEAD", "POST"])
def guide_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = step_or_404(slug)
    if found.slug != slug:
        return redirect("method:guide_file", found.slug, permanent=True)
    document = guide.find(found)
    if request.method == "POST":
        return ask(found, document)
    ready = file_response(document, as_attachment=False) if document and document.is_ready else None
    if ready is None:
        return waiting(request, found, document)
    ready["Cache-Control"] = CACHE
    return ready


def step_or_404(slug: str) -> StepSheet:
    found = selectors.named(slug)
    if found is None:
        raise Http404
    return found


def ask(step: StepSheet, document: Document | None) -> HttpResponse:
    services.retry(document=document) if document else guide.request(step)
    return redirect("method:guide_file", step.slug)


@never_cache
def waiting(request: HttpRequest, step: StepSheet, document: Document | None) -> HttpResponse:
    """202 while it is under way; 200 where somebody must ask."""
    known = status_context(document) if document else {"document": None, "announce": False}
    context = {**known, "step": step, "lost": bool(document and document.is_ready), "door": DOOR}
    under_way = bool(document and document.is_waiting)
    return render(request, "methodology/public/guide_waiting.html", context, status=202 if under_way else 200)
