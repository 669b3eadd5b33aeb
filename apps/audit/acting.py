"""Who acts, from where, in the request under way: known to the journal without passing through every service."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from contextvars import ContextVar

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

_request: ContextVar[HttpRequest | None] = ContextVar("audit_request", default=None)


class ActingMiddleware:
    """Only remembers the request: the session is read when an entry is written, not at each page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def actor() -> int | None:
    """The account that acts now; None for a visitor, and in the worker."""
    user = getattr(_request.get(), "user", None)
    return user.pk if user is not None and user.is_authenticated else None


def as_support() -> int | None:
    """The person of the support who acts under that account: django-hijack keeps it in the session (apps.support.sessions)."""
    request = _request.get()
    history = request.session.get("hijack_history", []) if request and hasattr(request, "session") else []
    return int(history[0]) if history else None


def address_hash() -> str:
    """Compares the addresses of one month, and gives none back: the key changes with the month. "" outside a request."""
    request = _request.get()
    if request is None:
        return ""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied):
        return ""
    key = f"{settings.SECRET_KEY}{timezone.localdate():%Y-%m}".encode()
    return hmac.new(key, str(address).encode(), hashlib.sha256).hexdigest()[:32]


def request_id() -> str:
    """That of the structured logs, carried into the tasks that a request asked for."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:36]
