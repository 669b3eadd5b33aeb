"""The addresses of django-allauth × the roles of the platform (see tests/test_permissions.py).

The people of the table hold a session without a proof: what touches a password or a factor asks for one first (302).
« curator », « author », « funder » and « operator » have an application of codes, nobody has a key.
"""

from __future__ import annotations

from collections.abc import Callable

PUBLIC = "200 " * 11
# Pages of those who are not signed in; the others are sent home.
VISITORS = "200 200 302 302 302 302 302 302 302 302 302"
SIGNED = "302 302 200 200 200 200 200 200 200 200 200"
# A step in the middle of a way that nobody has begun, or a proof to give first.
SENT_BACK = "302 " * 11
WITH_FACTOR = "302 302 302 302 302 302 302 200 200 200 200"
NO_FACTOR = "302 302 404 404 404 404 404 302 302 302 302"
NO_CODES = "302 302 404 404 404 404 404 404 404 404 404"
KEY = {"pk": "987654"}


def add(row: Callable[..., None]) -> None:
    for name in ("login", "signup", "request_login_code"):
        row(f"account_{name}", VISITORS)
    for name in ("inactive", "reset_password", "password_reset_completed"):
        row(f"account_{name}", PUBLIC)
    for name in ("logout", "reauthenticate", "email", "change_password"):
        row(f"account_{name}", SIGNED)
    for name in (
        "email_verification_sent",
        "set_password",
        "confirm_login_code",
        "confirm_password_reset_code",
        "complete_password_reset",
    ):
        row(f"account_{name}", SENT_BACK)
    row("mfa_index", SIGNED)
    row("mfa_reauthenticate", WITH_FACTOR)
    row("mfa_deactivate_totp", NO_FACTOR)
    for name in ("view_recovery_codes", "download_recovery_codes"):
        row(f"mfa_{name}", NO_CODES)
    row("mfa_list_webauthn", SIGNED)
    for name in (
        "authenticate",
        "activate_totp",
        "generate_recovery_codes",
        "add_webauthn",
        "reauthenticate_webauthn",
        "login_webauthn",
    ):
        row(f"mfa_{name}", SENT_BACK)
    for name in ("remove_webauthn", "edit_webauthn"):
        row(f"mfa_{name}", SENT_BACK, **KEY)
    # Behind our page of devices, at the same address.
    row("usersessions_list", SIGNED)
