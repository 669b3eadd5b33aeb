"""The workbook of the scenarios: asked for, followed, taken."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.documents.models import Document
from apps.documents.views import file_response
from apps.methodology.access import Place, seated
from apps.methodology.choosing import books
from apps.methodology.errors import Refused
from apps.methodology.simulation import figures


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("read", action_login_required("method:choosing", "pk"))
def book(request: SignedInRequest, place: Place, ext: str) -> HttpResponse:
    """GET: the last file that is ready; POST: asks for that of the scenarios as they are now, and follows it."""
    if ext not in books.FORMATS:
        raise Http404
    one, back = books.FORMATS[ext], redirect("method:choosing", place.engagement.pk)
    if request.method == "POST":
        try:
            asked = books.request(figures.sheet_of(place), one, request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return back
        return redirect("documents:status", asked.pk)
    found = Document.objects.filter(kind=one.kind, subject_id=place.engagement.pk).first()
    ready = file_response(found, as_attachment=True) if found and found.is_ready else None
    if ready is None:
        return back
    ready["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, ready)
