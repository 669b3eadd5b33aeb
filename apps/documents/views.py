"""Following a document and taking its file. Permission is asked again at each address."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.core.htmx import render_page
from apps.documents import files, registry, services
from apps.documents.models import Document
from apps.documents.selectors import get_document_or_404, visible_to

View = Callable[[HttpRequest, UUID], HttpResponseBase]
# A sheet printed this morning may be that of yesterday: what everybody may take changes a few times a year.
PUBLIC_CACHE = "public, max-age=600"


def reader_required(view: View) -> View:
    """Sign-in for a visitor, unless the document is everybody's."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: UUID) -> HttpResponseBase:
        if not request.user.is_authenticated and not visible_to(request.user).filter(pk=pk).exists():
            return redirect_to_login(request.get_full_path())
        return view(request, pk)

    return guarded


@reader_required
@require_safe
@never_cache
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show(request, get_document_or_404(request.user, pk))


def show(request: HttpRequest, document: Document) -> HttpResponse:
    """The page, or for htmx the fragment that replaces itself; both say the same."""
    fragment = bool(request.headers.get("HX-Request"))
    context = status_context(document) | {"announce": fragment}
    return render_page(request, "documents/status.html", context, partial="status")


def status_context(document: Document) -> dict[str, Any]:
    """What ``documents/status.html``, or its fragment inside another page, reads."""
    words = registry.words(document.kind)
    back_url = words.back_url(document.subject_id)
    return {"document": document, "words": words, "announce": False, "door": words.door, "back_url": back_url}


@reader_required
@require_safe
@never_cache
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    document = get_document_or_404(request.user, pk)
    if not document.is_ready:
        return redirect("documents:status", pk=pk)
    response = file_response(document, as_attachment=True)
    if response is None:
        return render_page(request, "documents/lost.html", status_context(document), status=410)
    registry.tell_taken(document.kind, document.pk)
    response["Cache-Control"] = "private, no-store"
    return response


def file_response(document: Document, *, as_attachment: bool) -> FileResponse | None:
    """The file of a ready document; None when the storage has lost it."""
    file = files.open_file(document)
    if file is None:
        return None
    return FileResponse(
        file,
        as_attachment=as_attachment,
        filename=document.filename,
        content_type=files.media_type(document),
    )


@reader_required
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = services.retry(document=get_document_or_404(request.user, pk))
    if request.headers.get("HX-Request"):
        return show(request, document)
    return redirect("documents:status", pk=pk)


def public_file(
    request: HttpRequest,
    document: Document | None,
    ask: Callable[[], Document],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponseBase:
    """A file for everybody, at an address that says what it is, or the page that waits for it. Only a POST asks for it.

    ``document``: that of today, None when nobody asked for it yet. ``template`` reads ``context``, ``document``, ``lost``
    and what ``status_context`` gives.
    """
    if request.method == "POST":
        services.retry(document=document) if document else ask()
        return redirect(request.path)
    ready = file_response(document, as_attachment=False) if document and document.is_ready else None
    if ready is None:
        return waiting(request, document, template, context)
    ready["Cache-Control"] = PUBLIC_CACHE
    return ready


@never_cache
def waiting(
    request: HttpRequest, document: Document | None, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """202 while it is under way; 200 where somebody must ask."""
    known = status_context(document) if document else {"document": None, "announce": False}
    lost = bool(document and document.is_ready)
    under_way = bool(document and document.is_waiting)
    return render(request, template, {**known, "lost": lost, **context}, status=202 if under_way else 200)
