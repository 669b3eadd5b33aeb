"""The personal token, in ``Authorization: Bearer …``."""

from __future__ import annotations

from typing import Any

from django.db import DataError
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from apps.accounts.models import ApiToken, User
from apps.accounts.selectors import people_with_second_factor_state


class SecondFactorMissing(PermissionDenied):
    """The person holds a platform role and has not protected her account: no page, no token."""


class PersonalToken(TokenAuthentication):  # type: ignore[misc]
    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        """What is no text, or holds a NUL that PostgreSQL refuses, is a bad token, not a server error."""
        try:
            found: tuple[User, ApiToken] = super().authenticate_credentials(token)
        except (ValueError, DataError) as error:
            raise AuthenticationFailed from error
        return found

    def validate_user(self, auth_token: ApiToken) -> tuple[User, ApiToken]:
        found: tuple[User, ApiToken] = super().validate_user(auth_token)
        person = people_with_second_factor_state().get(pk=auth_token.user_id)
        if getattr(person, "second_factor_missing", True):
            raise SecondFactorMissing
        return found


class PersonalTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "apps.api.authentication.PersonalToken"
    name = "jeton"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scheme: dict[str, Any] = build_bearer_security_scheme_object("Authorization", "Bearer")
        return scheme
