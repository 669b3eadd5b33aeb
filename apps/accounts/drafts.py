"""A form sent after the session has expired: its values wait in the new session until the person is back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

_KEY = "drafts"
LIFETIME = 3600
LARGEST = 20_000

View = Callable[..., HttpResponse]
KEPT = "Votre session s’est terminée pendant la saisie. Reconnectez-vous : ce que vous aviez écrit est gardé."
AGAIN = "Votre session s’est terminée : rien n’a changé. Reconnectez-vous, puis refaites votre geste."


def login_required_keeping_draft(view: View, largest: int = LARGEST) -> View:
    """Like ``login_required``; what was posted is kept and found again by :func:`draft_of`."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return _send_to_login(request, request.path, request.get_full_path(), largest)

    return wrapper


def action_login_required(page: str, *taken: str) -> Callable[[View], View]:
    """For addresses that only take a POST: after sign-in the person lands on the page that holds the button.

    ``page`` is an address name; it takes the organisation's ``pk`` when the address it replaces has one, or the
    arguments named by ``taken``.
    """
    names = ("pk",) if page == "accounts:members" else taken
    return _signed_out(page, names, lambda request, url: _send_to_login(request, url, url))


def act_from(page: str, *taken: str, said: str = AGAIN) -> Callable[[View], View]:
    """The same for what is not worth keeping, a press or a file: nothing posted is kept, and ``said`` tells it."""

    def answer(request: HttpRequest, url: str) -> HttpResponse:
        if request.method == "POST":
            messages.warning(request, said)
        return redirect_to_login(url)

    return _signed_out(page, taken, answer)


def _signed_out(
    page: str, taken: Sequence[str], answer: Callable[[HttpRequest, str], HttpResponse]
) -> Callable[[View], View]:
    """``answer`` gets the address to come back to."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            return answer(request, reverse(page, args=[kwargs[name] for name in taken]))

        return wrapper

    return decorate


def draft_of(request: HttpRequest) -> QueryDict | None:
    """The values kept for this page, or None."""
    kept = request.session.get(_KEY, {}).get(request.path)
    if not kept or kept["at"] < time.time() - LIFETIME:
        return None
    return QueryDict(kept["data"])


def forget_draft(request: HttpRequest, page: str = "") -> None:
    drafts = request.session.get(_KEY, {})
    if drafts.pop(page or request.path, None):
        request.session[_KEY] = drafts


def _send_to_login(request: HttpRequest, page: str, then: str, largest: int = LARGEST) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, KEPT if _keep(request, page, largest) else AGAIN)
    return redirect_to_login(then)


def _keep(request: HttpRequest, page: str, largest: int) -> bool:
    """Whether there was something typed worth keeping."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    encoded = data.urlencode()
    if not encoded or len(encoded) > largest:
        return False
    request.session[_KEY] = {page: {"at": time.time(), "data": encoded}}
    return True
