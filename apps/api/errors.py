"""Errors of the API: one shape, ``{"detail": sentence}``, in French."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions, views
from rest_framework.response import Response

from apps.core.microtypography import nbsp

MESSAGES: dict[type[Exception], str] = {
    exceptions.NotAuthenticated: "Connectez-vous, ou envoyez un jeton : « Authorization: Bearer … ».",
    exceptions.AuthenticationFailed: "Ce jeton est inconnu, expiré ou révoqué.",
    exceptions.PermissionDenied: "Vous n’avez pas le droit de faire cela.",
    PermissionDenied: "Vous n’avez pas le droit de faire cela.",
    exceptions.NotFound: "Rien à cette adresse que vous puissiez lire.",
    Http404: "Rien à cette adresse que vous puissiez lire.",
    exceptions.MethodNotAllowed: "Cette adresse se lit seulement (GET).",
    exceptions.NotAcceptable: "L’API répond en JSON : demandez « application/json ».",
    exceptions.ParseError: "La demande est illisible.",
    exceptions.UnsupportedMediaType: "L’API ne lit que du JSON.",
}
# Shown in the documentation beside each answer.
STATUSES = {
    "401": "Ni session ni jeton valable",
    "403": "Droit insuffisant",
    "404": "Rien de lisible à cette adresse",
    "405": "Lecture seule",
    "406": "Format demandé impossible",
    "429": "Trop de demandes",
    "503": "Base de données injoignable",
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler; None lets an unknown error become the JSON 500."""
    if isinstance(error, OperationalError | InterfaceError):
        detail = {"detail": "La base de données ne répond pas : réessayez dans une minute."}
        return Response(nbsp_values(detail), status=503, headers={"Retry-After": "15"})
    response = views.exception_handler(error, context)
    if response is not None:
        response.data = nbsp_values({"detail": sentence(error)})
    return response


def sentence(error: Exception) -> str:
    if isinstance(error, exceptions.Throttled):
        wait = f"dans {error.wait} secondes" if error.wait else "dans quelques minutes"
        return f"Trop de demandes : réessayez {wait}."
    # A message of our own is kept; a default one of the framework is replaced.
    own = isinstance(error, exceptions.APIException) and str(error.detail) != str(error.default_detail)
    if own and isinstance(error, exceptions.NotFound):
        return str(error.detail)  # type: ignore[attr-defined]
    return next(
        (text for kind, text in MESSAGES.items() if isinstance(error, kind)), "La demande est refusée."
    )


def nbsp_values(detail: dict[str, str]) -> dict[str, str]:
    return {key: nbsp(value) for key, value in detail.items()}
