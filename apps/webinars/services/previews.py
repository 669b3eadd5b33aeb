"""Secret addresses that show a draft to someone without account: only their hash is kept, seven days."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.core.secrets import hash_token, is_token, new_token
from apps.editorial.enums import DraftState
from apps.webinars.models import PreviewLink, Webinar

LIFETIME = timedelta(days=7)


def create_link(*, webinar: Webinar, by: User) -> tuple[PreviewLink, str]:
    """The row and the secret, which is never readable again."""
    token = new_token()
    link = webinar.preview_links.create(
        token_hash=hash_token(token), created_by=by, expires_at=timezone.now() + LIFETIME
    )
    return link, token


def revoke_link(*, link: PreviewLink) -> None:
    """Twice changes nothing."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def case_behind(token: str) -> Webinar | None:
    """None for a link that is unknown, expired or revoked, and for a case that was archived. 1 query."""
    if not is_token(token):
        return None
    alive = PreviewLink.objects.filter(
        token_hash=hash_token(token), revoked_at=None, expires_at__gt=timezone.now()
    )
    found = alive.exclude(webinar__state=DraftState.ARCHIVED).select_related("webinar").first()
    return found.webinar if found else None
