"""Acts sent after the session has expired: said as they are, and the person lands on the page that holds the button."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.accounts.drafts import AGAIN, View

FILE_LOST = "Votre session s’est terminée\u00a0: le fichier n’a pas été gardé. Reconnectez-vous, puis choisissez-le de nouveau."


def act_from(page: str, *taken: str, said: str = AGAIN) -> Callable[[View], View]:
    """``page``: name of the address to come back to, with the arguments named by ``taken``. Nothing posted is kept."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            if request.method == "POST":
                messages.warning(request, said)
            return redirect_to_login(reverse(page, args=[kwargs[name] for name in taken]))

        return wrapper

    return decorate
