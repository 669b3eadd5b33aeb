"""The personal token, in ``Authorization: Bearer …``."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed


class PersonalToken(TokenAuthentication):  # type: ignore[misc]
    def authenticate_credentials(self, token: bytes) -> Any:
        """Bytes that are not a token are refused, not a server error."""
        try:
            return super().authenticate_credentials(token)
        except ValueError as error:
            raise AuthenticationFailed from error


class PersonalTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[misc]
    target_class = "apps.api.authentication.PersonalToken"
    name = "jeton"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scheme: dict[str, Any] = build_bearer_security_scheme_object("Authorization", "Bearer")
        return scheme
