"""Reading a draft before its publication: as learners will see it, or beside another version."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.requests import SignedInRequest
from apps.course import pieces, selectors, sheet
from apps.course.curation.access import may_write, page_or_404
from apps.course.curation.telling import labels, tell
from apps.course.screens import presenters
from apps.editorial import diff
from apps.editorial.curation import versions
from apps.editorial.curation.access import writers
from apps.editorial.shape import is_web


@never_cache
@writers
@require_safe
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    page = page_or_404(slug)
    said = with_safe_links(sheet.read(page.draft))
    context = {**shown(said), "page": page, "door": "se-former"}
    return render(request, "curation/course/preview.html", context)


def shown(said: sheet.Page) -> dict[str, Any]:
    """As the public screens build it; ``step`` or ``module`` says which."""
    if isinstance(said, sheet.Module):
        return {**presenters.module_page(said, selectors.terms()), "step": None}
    return {**presenters.whole_step(said, selectors.terms()), "module": None}


def with_safe_links(said: sheet.Page) -> sheet.Page:
    """A draft may hold any text where a published page has an address of the web."""
    safe = [row if is_web(row.url) else row.model_copy(update={"url": ""}) for row in said.sources]
    return said.model_copy(update={"sources": safe})


@never_cache
@writers
@require_safe
def compare(request: SignedInRequest, slug: str) -> HttpResponse:
    """« de » and « a » are numbers of revisions, or the public version."""
    page = page_or_404(slug)
    revisions = list(versions.revisions(page))
    older, newer = versions.compared(request, revisions)
    before, after = (sheet.read(versions.data_of(page, said)) for said in (older, newer))
    both = pieces.versions(after, before)
    names = labels(both)
    context = {
        "page": page,
        "changes": [(names[change.field], change) for change in diff.changes(*tell(both))],
        "versions": [(str(row.number), row) for row in revisions],
        "older": older,
        "newer": newer,
        "may_restore": may_write(request, page),
    }
    return render(request, "curation/course/compare.html", context)
