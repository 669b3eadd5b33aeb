"""Who may open the curation space: platform curators and authors. What each may do there is each space's rule."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.accounts.drafts import action_login_required, login_required_keeping_draft
from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.selectors import platform_roles_of

View = Callable[..., HttpResponse]
# The longest document, every accent written as six signs.
LARGEST = 250_000

writers = platform_role_required(PlatformRole.CURATOR, PlatformRole.AUTHOR)
curators = platform_role_required(PlatformRole.CURATOR)


def is_curator(request: HttpRequest) -> bool:
    return PlatformRole.CURATOR in platform_roles_of(request.user)


def keeping_what_is_typed(view: View) -> View:
    """A form of this space; sent after the session has ended, it is found again after sign-in."""
    return login_required_keeping_draft(writers(view), LARGEST)


def act_of(page: str) -> Callable[[Callable[[View], View]], Callable[[View], View]]:
    """Buttons of the page of this name; after sign-in the person is back there, with what she had typed."""

    def act(allowed: Callable[[View], View]) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            guarded: View = action_login_required(page, "slug")(allowed(view))
            return guarded

        return decorate

    return act
