"""The files of a release, and its sheet of confidentiality. Only a POST asks a worker for a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.dashboards.models import Release
from apps.dashboards.releases import files
from apps.dashboards.releases import sheet as sheets
from apps.dashboards.releases.files import TableFile, Wanted
from apps.dashboards.selectors import get_release_or_404
from apps.documents.views import PUBLIC_CACHE, public_file

DOOR = "accompagner"
# Of a programme: kept by its reader alone, who asks each time whether she still may.
PRIVATE_CACHE = "private, no-cache"


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    release = get_release_or_404(request.user, slug)
    context = {"door": DOOR, "release": release, "sheet": sheets.read(release)}
    return render(request, "dashboards/sheet/sheet.html", context)


@require_safe
def table_file(request: HttpRequest, slug: str, table: str, ext: str) -> HttpResponseBase:
    release = get_release_or_404(request.user, slug)
    return sent(request, release, files.table_file(release, ext, table))


@require_safe
def workbook(request: HttpRequest, slug: str, ext: str) -> HttpResponseBase:
    release = get_release_or_404(request.user, slug)
    return sent(request, release, files.table_file(release, ext))


def sent(request: HttpRequest, release: Release, file: TableFile | None) -> HttpResponseBase:
    """304 for who has it already: nothing is made then."""
    if file is None:
        raise Http404
    tag = f'"{file.version}"'
    unchanged = get_conditional_response(request, etag=tag)
    response = unchanged or HttpResponse(file.content, content_type=file.media_type)
    if not unchanged:
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["ETag"] = tag
    return cached(response, release)


def cached(response: HttpResponseBase, release: Release) -> HttpResponseBase:
    response["Cache-Control"] = PRIVATE_CACHE if release.programme_id else PUBLIC_CACHE
    if release.programme_id:
        patch_vary_headers(response, ["Cookie"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    release = get_release_or_404(request.user, slug)
    return document(request, files.release_pdf(release), "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    release = get_release_or_404(request.user, slug)
    return document(request, files.sheet_pdf(release), "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def figure_png(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    release = get_release_or_404(request.user, slug)
    wanted = files.figure_png(release, table)
    if wanted is None:
        raise Http404
    return document(request, wanted, "image/png")


def document(request: HttpRequest, wanted: Wanted, media_type: str) -> HttpResponseBase:
    """The file when a worker has made it, or the page that waits for it."""
    by = request.user if isinstance(request.user, User) else None
    context = {"door": DOOR, "release": wanted.release, "wanted": wanted}
    response = public_file(
        request, wanted.find(), lambda: wanted.request(by), "dashboards/paper/waiting.html", context
    )
    if response.status_code == 200 and response.streaming:
        response["Content-Type"] = media_type
        return cached(response, wanted.release)
    return response
