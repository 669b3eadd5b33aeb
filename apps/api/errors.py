"""Errors of the API: one shape, ``{"detail": sentence}``, in French."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, views
from rest_framework.response import Response

from apps.accounts.middleware import SECOND_FACTOR_FIRST
from apps.api.authentication import SecondFactorMissing
from apps.core.typography import count, nbsp

# The first kind that fits gives the sentence.
MESSAGES: dict[type[Exception], str] = {
    SecondFactorMissing: SECOND_FACTOR_FIRST,
    exceptions.NotAuthenticated: "Connectez-vous, ou envoyez un jeton dans l’en-tête « Authorization ».",
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
    "400": "Filtre refusé",
    "401": "Ni session ni jeton valable",
    "403": "Droit insuffisant",
    "404": "Rien de lisible à cette adresse",
    "405": "Lecture seule",
    "406": "Format demandé impossible",
    "429": "Trop de demandes",
    "503": "Base de données injoignable",
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler; None leaves the rest to the house: a dead database is its 503, a fault its 500."""
    response = views.exception_handler(error, context)
    if response is not None:
        response.data = {"detail": nbsp(sentence(error))}
    return response


def sentence(error: Exception) -> str:
    if isinstance(error, exceptions.Throttled):
        seconds: int | None = getattr(error, "wait", None)
        wait = f"dans {count(seconds, 'seconde', 'secondes')}" if seconds else "dans quelques minutes"
        return f"Trop de demandes : réessayez {wait}."
    if isinstance(error, exceptions.ValidationError):
        return f"Filtre refusé : {', '.join(map(str, error.detail))}."
    # Our own views and the pages of a list say more in a sentence of theirs.
    if isinstance(error, exceptions.NotFound) and str(error.detail) != str(error.default_detail):
        return str(error.detail)
    return next(
        (text for kind, text in MESSAGES.items() if isinstance(error, kind)), "La demande est refusée."
    )
