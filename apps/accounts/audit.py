"""What the journal keeps of sign-ins and protections: their signals are Django's and allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.auth import signals as auth
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from apps.accounts.models import PlatformGrant, User
from apps.accounts.services.factors import cancel_reset
from apps.audit.events import Event
from apps.audit.services import record


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    ways = [one.get("method", "") for one in request.session.get("account_authentication_methods", [])]
    record(Event.SIGNED_IN, actor=user, subject=user, details={"by": ways})


@receiver(account.user_signed_up)
def signed_up(user: User, **_: Any) -> None:
    record(Event.SIGNED_UP, actor=user, subject=user)


@receiver(auth.user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        record(Event.SIGNED_OUT, actor=user, subject=user)


@receiver(auth.user_login_failed)
def refused(credentials: dict[str, Any], **_: Any) -> None:
    """Of a known account only: what a stranger types, a password sometimes, is written nowhere."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    if user := User.objects.filter(email__iexact=typed).only("pk").first():
        record(Event.SIGN_IN_FAILED, subject=user, details={"by": "password"})


@receiver(account.login_code_rejected)
@receiver(account.password_reset_code_rejected)
@receiver(factors.authentication_failed)
def proof_refused(user: User | None = None, **_: Any) -> None:
    if user is not None:
        record(Event.SIGN_IN_FAILED, subject=user, details={"by": "code"})


@receiver(account.password_changed)
@receiver(account.password_set)
@receiver(account.password_reset)
def password_changed(user: User, **_: Any) -> None:
    record(Event.PASSWORD_CHANGED, actor=user, subject=user)


@receiver(account.email_changed)
def email_changed(user: User, **_: Any) -> None:
    record(Event.EMAIL_CHANGED, actor=user, subject=user)


@receiver(factors.authenticator_added)
def factor_added(user: User, authenticator: Any, **_: Any) -> None:
    record(Event.FACTOR_ADDED, actor=user, subject=user, details={"kind": str(authenticator.type)})


@receiver(factors.authenticator_removed)
def factor_removed(user: User, authenticator: Any, **_: Any) -> None:
    record(Event.FACTOR_REMOVED, subject=user, details={"kind": str(authenticator.type)})


@receiver(factors.authenticator_used)
def has_it_after_all(user: User, **_: Any) -> None:
    """Whoever still holds the second factor did not ask for its removal, or needs it no more."""
    cancel_reset(user=user)


@receiver(factors.authenticator_reset)
def codes_made(user: User, **_: Any) -> None:
    record(Event.RECOVERY_CODES_MADE, actor=user, subject=user)


@receiver(post_save, sender=PlatformGrant)
def role_given(instance: PlatformGrant, created: bool, **_: Any) -> None:
    """By the admin, a command or the demonstration: a signal, because no service is the only way."""
    if created:
        record(Event.PLATFORM_ROLE_GIVEN, subject=f"user:{instance.user_id}", details={"role": instance.role})


@receiver(post_delete, sender=PlatformGrant)
def role_taken(instance: PlatformGrant, **_: Any) -> None:
    record(Event.PLATFORM_ROLE_TAKEN, subject=f"user:{instance.user_id}", details={"role": instance.role})
