from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from apps.accounts.models import User
from apps.accounts.selectors import people_in_session
from apps.core.prepared import Prepared

# Every page of a signed-in person begins with it.
IN_SESSION = Prepared(lambda pk: people_in_session().filter(pk=pk)[:1], 2_147_480_001)


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]
    """Loads the signed-in person together with what the middleware asks: no query more a page."""

    def get_user(self, user_id: int) -> User | None:
        user = IN_SESSION.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
