"""The roadmap and the pitch, to print; their files and that of a review. Only a POST asks for a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

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
from apps.methodology.roadmap import paper, papers, pitch, review
from apps.methodology.tools import TOOLS
from apps.methodology.tools.roadmap import ACTION

DOOR = "agir"


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is asked for: its kind, its subject, what it is called, where it is served and read.

    ``missing``: what is not written yet; ``is_empty``: nothing is, so there is no file to make.
    """

    kind: str
    subject: UUID
    title: str
    name: str
    html: str
    url: str
    screen: str
    missing: tuple[str, ...] = ()
    is_empty: bool = False


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
        pk,
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
        pk,
        "Le pitch du modèle",
        "pitch",
        pitch.html(place.engagement, found),
        reverse("method:pitch_file", args=[pk]),
        reverse("method:pitch", args=[pk]),
    )
    return serve(request, place, asked)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("read")
def review_file(request: SignedInRequest, place: Place, review_id: UUID) -> HttpResponse:
    sheet, pk = Sheet(place, review.kinds()), place.engagement.pk
    row = review.row_of(sheet, review_id)
    if row is None:
        raise Http404
    found = review.of_sheet(sheet, row)
    asked = Asked(
        papers.REVIEW,
        review_id,
        found.title,
        f"revue-{found.on or 'annuelle'}",
        review.html(place.engagement, found),
        reverse("method:review_file", args=[pk, review_id]),
        reverse("method:item", args=[pk, review_id]),
        found.missing,
        found.is_empty,
    )
    return serve(request, place, asked)


def roadmap_paper(place: Place, years: int) -> paper.Paper:
    if years not in papers.ROADMAPS:
        raise Http404
    return paper.of_sheet(Sheet(place, [ACTION]), years)


def frame(place: Place, tool: str) -> dict[str, Any]:
    return {"door": DOOR, "place": place, "engagement": place.engagement, "tool": TOOLS[tool]}


def serve(request: SignedInRequest, place: Place, asked: Asked) -> HttpResponse:
    key = papers.key(asked.subject, asked.html)
    document = papers.find(asked.kind, key)
    if request.method == "POST":
        if not asked.is_empty:
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
        subject=asked.subject,
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
