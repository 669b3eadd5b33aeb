"""Error pages: what happened, what is kept, what to do. JSON for the API. No session, no database."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from apps.core.middleware import DATABASE_FAULTS, unavailable

TOO_LONG = {
    "title": "Votre envoi est trop long.",
    "happened": "Le texte ou le fichier dépasse ce que nous pouvons recevoir en une fois.",
    "todo": "Revenez en arrière\u00a0: ce que vous avez saisi est encore là. Raccourcissez, puis renvoyez.",
}
UNREADABLE = {
    "title": "Nous n’avons pas compris cette demande.",
    "happened": "Elle est arrivée incomplète ou abîmée.",
    "todo": "Revenez en arrière, rechargez la page et recommencez. Si vous avez suivi un lien, copiez-le en entier.",
}
NOT_ALLOWED = {
    "title": "Votre rôle ne permet pas cela.",
    "happened": "Cette action est réservée à d’autres rôles dans l’association.",
    "kept": "Tout\u00a0: rien n’a été modifié.",
    "todo": "Demandez à une administratrice ou un administrateur de votre association de le faire, ou de changer votre rôle.",
}
SESSION_EXPIRED = {
    "title": "Votre page avait expiré.",
    "happened": "Vous êtes resté longtemps sur la page, ou vous vous êtes reconnecté dans un autre onglet. "
    "Par sécurité, nous n’avons pas accepté l’envoi.",
    "kept": "Tout ce qui était déjà enregistré.",
    "todo": "Revenez en arrière\u00a0: ce que vous avez saisi est encore là. Rechargez la page si on vous le propose, "
    "puis renvoyez. Si cela se répète, acceptez les cookies de ce site.",
}
# What the API says, where a page would say more.
API_DETAILS = {
    400: "La demande est illisible.",
    403: "Vous n’avez pas le droit de faire cela.",
    404: "Cette adresse n’existe pas.",
    429: "Trop de demandes\u00a0: attendez quelques minutes.",
    500: "Une erreur est survenue de notre côté.",
}


def answer(request: HttpRequest, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": API_DETAILS[status]}, status=status)
    words = {"contact_email": settings.CONTACT_EMAIL, **(context or {})}
    return HttpResponse(render_to_string(f"errors/{status}.html", words), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return answer(request, 400, TOO_LONG if too_long else UNREADABLE)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403, NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exception()  # Django calls this while it handles the fault, without giving it
    if isinstance(error, DATABASE_FAULTS):
        return unavailable(request, error)
    return answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, SESSION_EXPIRED)
