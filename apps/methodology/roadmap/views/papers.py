"""The roadmap and the pitch, to print, and their files. Only a POST asks for a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.requests import SignedInRequest
from apps.documents import services
from apps.documents.models import Document
from apps.documents.views import file_response, status_context
from apps.methodology.access import Place, seated
from apps.methodology.bench.sheet import Sheet
from apps.methodology.roadmap import paper, papers, pitch
from apps.methodology.tools import TOOLS
from apps.methodology.tools.roadmap import ACTION

DOOR = "agir"


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is asked for: its kind, what it is called, where it is served and read."""

    kind: str
    title: str
    name: str
    html: str
    url: str
    screen: str


@never_cache
@require_safe
@seated("read")
def roadmap_print(request: SignedInRequest, place: Place, years: int) -> HttpResponse:
    found = roadmap_paper(place, years)
    context = {**frame(place, "trajectoire"), "paper": found, "years": years, "other": 4 - years}
    return render(request, "methodology/roadmap/print.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("read")
def roadmap_file(request: SignedInRequest, place: Place, years: int) -> HttpResponse:
    found, pk = roadmap_paper(place, years), place.engagement.pk
    asked = Asked(
        papers.ROADMAPS[years],
        f"Feuille de route {found.name}",
        f"feuille-de-route-{years}",
        paper.html(place.engagement, found),
        reverse("method:roadmap_file", args=[pk, years]),
        reverse("method:roadmap_print", args=[pk, years]),
    )
    return serve(request, place, asked)


@never_cache
@require_safe
@seated("read")
def pitch_page(request: SignedInRequest, place: Place) -> HttpResponse:
    found = pitch.of_sheet(Sheet(place, pitch.kinds()))
    context = {**frame(place, "suivi"), "pitch": found}
    return render(request, "methodology/roadmap/pitch.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("read")
def pitch_file(request: SignedInRequest, place: Place) -> HttpResponse:
    pk = place.engagement.pk
    found = pitch.of_sheet(Sheet(place, pitch.kinds()))
    asked = Asked(
        papers.PITCH,
        "Le pitch du modèle",
        "pitch",
        pitch.html(place.engagement, found),
        reverse("method:pitch_file", args=[pk]),
        reverse("method:pitch", args=[pk]),
    )
    return serve(request, place, asked)


def roadmap_paper(place: Place, years: int) -> paper.Paper:
    if years not in papers.ROADMAPS:
        raise Http404
    return paper.of_sheet(Sheet(place, [ACTION]), years)


def frame(place: Place, tool: str) -> dict[str, Any]:
    return {"door": DOOR, "place": place, "engagement": place.engagement, "tool": TOOLS[tool]}


def serve(request: SignedInRequest, place: Place, asked: Asked) -> HttpResponse:
    key = papers.key(place.engagement, asked.html)
    document = papers.find(asked.kind, key)
    if request.method == "POST":
        ask(request, place, asked, key, document)
        return redirect(asked.url)
    ready = file_response(document, as_attachment=False) if document and document.is_ready else None
    if ready is None:
        return waiting(request, place, asked, document)
    return cast(HttpResponse, ready)  # a file, streamed


def ask(request: SignedInRequest, place: Place, asked: Asked, key: str, document: Document | None) -> None:
    if document:
        services.retry(document=document)
        return
    papers.request(
        kind=asked.kind,
        key=key,
        engagement=place.engagement,
        by=request.user,
        title=asked.title,
        name=asked.name,
    )


def waiting(request: SignedInRequest, place: Place, asked: Asked, document: Document | None) -> HttpResponse:
    """202 while it is under way; 200 where somebody must ask."""
    known = status_context(document) if document else {"document": None, "announce": False}
    context = {**known, "asked": asked, "engagement": place.engagement, "door": DOOR}
    context["lost"] = bool(document and document.is_ready)
    under_way = bool(document and document.is_waiting)
    return render(request, "methodology/roadmap/waiting.html", context, status=202 if under_way else 200)
