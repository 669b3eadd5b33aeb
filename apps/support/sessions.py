"""Lending the session and giving it back. The change of account is django-hijack’s: a new key each way, and
``hijack_history`` says who acts (apps.audit.acting reads it).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from hijack.views import AcquireUserView, ReleaseUserView

from apps.accounts.models import User
from apps.support import services
from apps.support.enums import End
from apps.support.models import SupportVisit
from apps.support.selectors import looked

HISTORY, VISIT = "hijack_history", "support_visit"
NO_VISIT = str(UUID(int=0))


def is_support(request: HttpRequest) -> bool:
    """No query of its own: each page asks who is signed in, and asking first drops a session that her new password closed."""
    return bool(request.user.is_authenticated and request.session.get(HISTORY))


def current(request: HttpRequest) -> SupportVisit | None:
    """The visit of this session, while it may go on. One query."""
    return looked(request.session.get(VISIT, NO_VISIT), int(request.session[HISTORY][0]), timezone.now())


def lend(request: HttpRequest, visit: SupportVisit) -> None:
    """From now on this browser is signed in as the person of the grant. Who may is the caller’s matter."""
    view = AcquireUserView()
    view.setup(request)
    view.get_object = lambda: visit.grant.user
    view.post(request)
    request.session[VISIT] = str(visit.pk)


def give_back(request: HttpRequest, end: End) -> None:
    """The operator is signed in again, under a new key; signed out when her account is closed."""
    pk: str = request.session.get(VISIT, NO_VISIT)
    operator = int(request.session[HISTORY][0])
    if visit := SupportVisit.objects.filter(pk=pk).first():
        services.close(visit=visit, end=end)
    request.session.pop(VISIT, None)  # closed: signing out has nothing more to close
    if not User.objects.filter(pk=operator, is_active=True).exists():
        logout(request)
        return
    view = ReleaseUserView()
    view.setup(request)
    view.post(request)
    request.session.pop(HISTORY, None)
    # Among her devices again, with the means to close it from afar.
    UserSession.objects.create_from_request(request)


@receiver(user_logged_out)
def signed_out(request: HttpRequest | None, **_: Any) -> None:
    """Signing out while looking signs out wholly: nothing is given back."""
    pk = request.session.get(VISIT) if request is not None and hasattr(request, "session") else None
    if visit := SupportVisit.objects.filter(pk=pk).first() if pk else None:
        services.close(visit=visit, end=End.SIGNED_OUT)
