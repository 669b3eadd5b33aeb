"""The method for everybody: its eight steps, their guides. Only a POST asks for a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.catalogue.published import rendered
from apps.documents.views import public_file
from apps.methodology.public import guide, presenters, selectors
from apps.methodology.public.sheet import StepSheet

DOOR = "agir"


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
    return public_file(
        request,
        guide.find(found),
        lambda: guide.request(found),
        "methodology/public/guide_waiting.html",
        {"step": found, "door": DOOR},
    )


def step_or_404(slug: str) -> StepSheet:
    found = selectors.named(slug)
    if found is None:
        raise Http404
    return found
