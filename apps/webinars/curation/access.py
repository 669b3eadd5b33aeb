"""Who may open what: curators every case, authors their own; a case of someone else does not exist for them."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from apps.editorial.curation.access import act_of, is_curator
from apps.editorial.enums import DraftState
from apps.webinars.curation import reads
from apps.webinars.models import Webinar

# A button of a case's page.
act = act_of("curation:case")


def case_or_404(request: HttpRequest, slug: str) -> Webinar:
    """With ``last``, the number of its last revision. 1 query."""
    found = reads.case(slug)
    if found is None or not (is_curator(request) or found.author_id == request.user.pk):
        raise Http404
    return found


def writable(request: HttpRequest) -> tuple[str, ...]:
    """The states where this person may write the draft; all of them when empty."""
    return () if is_curator(request) else (DraftState.DRAFT,)


def may_write(request: HttpRequest, webinar: Webinar) -> bool:
    states = writable(request)
    return webinar.state != DraftState.ARCHIVED and (not states or webinar.state in states)
