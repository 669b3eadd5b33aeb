"""Reading a draft before its publication: as readers will see it, or beside another version."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.requests import SignedInRequest
from apps.editorial import diff
from apps.editorial.curation import versions
from apps.editorial.curation.access import is_curator, writers
from apps.editorial.enums import DraftState
from apps.editorial.shape import is_web
from apps.webinars import case_page, sheet
from apps.webinars.curation import reads
from apps.webinars.curation.access import case_or_404, writable
from apps.webinars.curation.telling import tell
from apps.webinars.curation.wording import FIELDS
from apps.webinars.models import Webinar
from apps.webinars.services import previews


@never_cache
@writers
@require_safe
def case_preview(request: SignedInRequest, slug: str) -> HttpResponse:
    return preview(request, case_or_404(request, slug), is_guest=False)


@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """For someone without account; its address is a secret that no other site and no cache must learn."""
    webinar = previews.case_behind(token)
    if webinar is None:
        raise Http404
    response = preview(request, webinar, is_guest=True)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def preview(request: HttpRequest, webinar: Webinar, *, is_guest: bool) -> HttpResponse:
    said = sheet.read(webinar.draft)
    context = {**case_page.preview(with_safe_links(said)), "webinar": webinar, "is_guest": is_guest}
    return render(request, "curation/preview.html", context)


def with_safe_links(said: sheet.Sheet) -> sheet.Sheet:
    """A draft may hold any text where a published case has an address of the web."""

    def safe(url: str) -> str:
        return url if is_web(url) else ""

    return said.model_copy(
        update={
            "replay": said.replay.model_copy(update={"url": safe(said.replay.url)}),
            "source": said.source.model_copy(update={"url": safe(said.source.url)}),
        }
    )


@never_cache
@writers
@require_safe
def compare(request: SignedInRequest, slug: str) -> HttpResponse:
    """« de » and « a » are numbers of revisions, or the public version."""
    webinar = case_or_404(request, slug)
    revisions = list(versions.revisions(webinar))
    older, newer = versions.compared(request, revisions)
    before, after = version(webinar, older), version(webinar, newer)
    names, _ = reads.names_for(before, after)
    context = {
        "webinar": webinar,
        "changes": [
            (FIELDS[change.field], change) for change in diff.changes(tell(before, names), tell(after, names))
        ],
        "versions": [(str(row.number), row) for row in revisions],
        "older": older,
        "newer": newer,
        "may_restore": webinar.state != DraftState.ARCHIVED
        and (is_curator(request) or webinar.state in writable(request)),
    }
    return render(request, "curation/compare.html", context)


def version(webinar: Webinar, said: str) -> sheet.Sheet:
    return sheet.read(versions.data_of(webinar, said))
