"""Second factor: django-allauth's forms in our words."""

from __future__ import annotations

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from apps.accounts.forms.wording import Worded

_CODE = (
    "Code de votre application",
    "Six chiffres. Sans votre téléphone, un code de secours convient aussi.",
)
_KEY_NAME = ("Nom de cette clé", "Pour la reconnaître plus tard, par exemple : « téléphone de Nadia ».")


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


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    wording = {
        "name": _KEY_NAME,
        "passwordless": (
            "Me connecter avec cette clé seule, sans mot de passe",
            "L’appareil vous demandera alors votre empreinte, votre visage ou son code.",
        ),
    }


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    wording = {"name": _KEY_NAME}
