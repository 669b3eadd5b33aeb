from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from apps.accounts.models import User
from apps.accounts.selectors import people_in_session


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]
    """Loads the signed-in person together with what the middleware asks: no query more a page."""

    def get_user(self, user_id: int) -> User | None:
        user = people_in_session().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
