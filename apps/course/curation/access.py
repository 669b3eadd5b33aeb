"""Who may write the course: its pages are few and everybody's, so an author works on any of them, but not while one is read.

Curators write in every state, authors in a draft or over a published page; only curators publish.
"""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest

from apps.course.models import Page, PageRevision
from apps.editorial.curation.access import act_of, is_curator
from apps.editorial.enums import DraftState

# A button of a page's own screen.
act = act_of("course:curation_page")


def page_or_404(slug: str) -> Page:
    """With ``last``, the number of its last revision. 1 query."""
    last = PageRevision.objects.filter(page=OuterRef("pk")).order_by("-number").values("number")[:1]
    found = Page.objects.select_related("reviewer").annotate(last=Subquery(last)).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def writable(request: HttpRequest) -> tuple[str, ...]:
    """The states where this person may write the draft; all of them when empty."""
    return () if is_curator(request) else (DraftState.DRAFT, DraftState.PUBLISHED)


def may_write(request: HttpRequest, page: Page) -> bool:
    states = writable(request)
    return page.state != DraftState.ARCHIVED and (not states or page.state in states)
