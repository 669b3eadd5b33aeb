"""Second factor: django-allauth's forms in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from apps.accounts.forms.wording import Worded

_CODE = (
    "Code de votre application",
    "Six chiffres. Sans votre téléphone, un code de secours convient aussi.",
)
_KEY_NAME = ("Nom de cette clé", "Pour la reconnaître plus tard, par exemple : « téléphone de Nadia ».")


# What a forged answer of a key raises, depending on what it lacks; allauth expects well-formed ones.
_FORGED = (KeyError, TypeError, ValueError, AttributeError)


class Checked(forms.Form):
    """Mixed in front of a form that reads a key's answer: a forged one is refused, never an error 500."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _FORGED:
            raise get_adapter().validation_error("incorrect_code") from None


class AuthenticateForm(Worded, base.AuthenticateForm):  # type: ignore[misc]
    wording = {"code": _CODE}


class ReauthenticateForm(Worded, base.ReauthenticateForm):  # type: ignore[misc]
    wording = {"code": _CODE}


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    wording = {
        "code": (
            "Code affiché par votre application",
            "Six chiffres, qui changent toutes les trente secondes.",
        )
    }


class AuthenticateWebAuthnForm(Checked, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class LoginWebAuthnForm(Checked, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticateWebAuthnForm(Checked, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    wording = {
        "name": _KEY_NAME,
        "passwordless": (
            "Me connecter avec cette clé seule, sans mot de passe",
            "L’appareil vous demandera alors votre empreinte, votre visage ou son code.",
        ),
    }

    def clean(self) -> dict[str, Any] | None:
        try:
            return super().clean()
        except _FORGED:
            raise get_adapter().validation_error("incorrect_code") from None


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    wording = {"name": _KEY_NAME}
