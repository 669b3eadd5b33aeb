"""Demonstration accounts: one per role, invented names, one printed password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from apps.accounts.models import Membership, Organisation, PlatformGrant, User


def account(row: Mapping[str, Any], password: str, organisations: Mapping[str, Organisation]) -> User:
    """The account of this row, created when absent (its password is set back at each run)."""
    user, _ = User.objects.get_or_create(
        email=row["email"], defaults={"full_name": row["name"], "is_demo": True}
    )
    if not user.check_password(password):
        user.set_password(password)
    user.current_organisation = user.current_organisation or organisations.get(row.get("organisation", ""))
    user.is_staff = user.is_superuser = row.get("platform") == "operator"
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if organisation := organisations.get(row.get("organisation", "")):
        Membership.objects.get_or_create(user=user, organisation=organisation, defaults={"role": row["role"]})
    if role := row.get("platform"):
        PlatformGrant.objects.get_or_create(user=user, role=role)
        # The second factor is required for these roles; its present code is on the development mailbox page.
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(user, generate_totp_secret())
    return user
