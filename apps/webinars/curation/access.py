"""Who may open what: curators every case, authors their own; a case of someone else does not exist for them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from apps.accounts.drafts import action_login_required, login_required_keeping_draft
from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.selectors import platform_roles_of
from apps.webinars.curation import reads
from apps.webinars.enums import CaseState
from apps.webinars.models import Webinar

View = Callable[..., HttpResponse]
# A whole case, every accent written as six signs.
LARGEST = 250_000

writers = platform_role_required(PlatformRole.CURATOR, PlatformRole.AUTHOR)
curators = platform_role_required(PlatformRole.CURATOR)


def is_curator(request: HttpRequest) -> bool:
    return PlatformRole.CURATOR in platform_roles_of(request.user)


def case_or_404(request: HttpRequest, slug: str) -> Webinar:
    """With ``last``, the number of its last revision. 1 query."""
    found = reads.case(slug)
    if found is None or not (is_curator(request) or found.author_id == request.user.pk):
        raise Http404
    return found


def writable(request: HttpRequest) -> tuple[str, ...]:
    """The states where this person may write the draft; all of them when empty."""
    return () if is_curator(request) else (CaseState.DRAFT,)


def may_write(request: HttpRequest, webinar: Webinar) -> bool:
    states = writable(request)
    return webinar.state != CaseState.ARCHIVED and (not states or webinar.state in states)


def keeping_what_is_typed(view: View) -> View:
    """A form of this space; sent after the session has ended, it is found again after sign-in."""
    return login_required_keeping_draft(writers(view), LARGEST)


def act(allowed: Callable[[View], View]) -> Callable[[View], View]:
    """A button of a case's page; after sign-in the person is back on that page, with what she had typed."""

    def decorate(view: View) -> View:
        guarded: View = action_login_required("curation:case", "slug")(allowed(view))
        return guarded

    return decorate
