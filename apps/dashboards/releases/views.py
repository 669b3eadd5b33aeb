"""Published releases, for whoever may read them. Nothing here reads an exact number."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from apps.dashboards import selectors
from apps.dashboards.releases import filters, kept, listing, plots, view
from apps.dashboards.releases.export_views import cached
from apps.dashboards.releases.parts import GROUPS

DOOR = "accompagner"


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """The latest national release, the older ones, and those of programmes that this person may read."""
    context = listing.releases_page(list(selectors.readable_releases(request.user)[: listing.MOST]))
    return kept_by_nobody(render(request, "dashboards/releases/releases.html", {"door": DOOR, **context}))


@require_safe
def release(request: HttpRequest, slug: str) -> HttpResponse:
    found = selectors.get_release_or_404(request.user, slug, with_tables=False)
    if request.GET:
        tables = view.tables_of(found)
        if (address := filters.address_of(request.GET, tables)) is not None:
            return redirect(f"{request.path}{address}#{GROUPS}")
        chosen = filters.chosen(request.GET, tables)
        parts = kept.with_groups(found, view.groups(found, tables, chosen))
    else:
        parts = kept.parts_of(found)
    context = {**view.release_page(found), "newer": selectors.newer_than(found), "parts": parts, "door": DOOR}
    return kept_by_nobody(render(request, "dashboards/releases/release.html", context))


@require_safe
def figure(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """Plotly's JSON of a table. Its ETag is made from these very bytes."""
    found = selectors.get_release_or_404(request.user, slug)
    body = plots.figure_json(found, table)
    if body is None:
        raise Http404
    tag = plots.etag(body)
    response = get_conditional_response(request, etag=tag) or HttpResponse(
        body, content_type="application/json"
    )
    response["ETag"] = tag
    return cached(response, found)


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """The header of the page names who is signed in."""
    patch_cache_control(response, private=True, no_cache=True)
    return response
