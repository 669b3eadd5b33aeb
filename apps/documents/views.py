"""Following a document and taking its file. Permission is asked again at each address."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.core.htmx import render_page
from apps.documents import files, services
from apps.documents.models import Document
from apps.documents.selectors import get_document_or_404


@login_required
@require_safe
@never_cache
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show(request, get_document_or_404(request.user, pk))


def show(request: HttpRequest, document: Document) -> HttpResponse:
    """The page, or for htmx the fragment that replaces itself; both say the same."""
    fragment = bool(request.headers.get("HX-Request"))
    context = {"document": document, "announce": fragment, "door": "agir"}
    return render_page(request, "documents/status.html", context, partial="status")


@login_required
@require_safe
@never_cache
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    document = get_document_or_404(request.user, pk)
    if not document.is_ready:
        return redirect("documents:status", pk=pk)
    file = files.open_file(document)
    if file is None:
        return render_page(request, "documents/lost.html", {"document": document, "door": "agir"}, status=410)
    response = FileResponse(
        file, as_attachment=True, filename=document.filename, content_type="application/pdf"
    )
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = services.retry(document=get_document_or_404(request.user, pk))
    if request.headers.get("HX-Request"):
        return show(request, document)
    return redirect("documents:status", pk=pk)
