"""Sign-up, sign-in, password and address: django-allauth's forms in our words."""

from __future__ import annotations

from allauth.account import forms as base
from django import forms

from apps.accounts.forms.wording import HINT_FOR_NEW, Worded


class SignupForm(Worded, base.SignupForm):  # type: ignore[misc]
    full_name = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}), strip=True
    )
    field_order = ("full_name", "email", "password1")
    wording = {
        "full_name": ("Prénom et nom", "Les membres de votre association vous reconnaîtront ainsi."),
        "email": (
            "Adresse électronique",
            "Elle vous servira à vous connecter. Nous y envoyons un code à l’instant.",
        ),
    }


class LoginForm(Worded, base.LoginForm):  # type: ignore[misc]
    pass


class RequestLoginCodeForm(Worded, base.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmLoginCodeForm(Worded, base.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmEmailVerificationCodeForm(Worded, base.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class AddEmailForm(Worded, base.AddEmailForm):  # type: ignore[misc]
    """Changing one's address: with ACCOUNT_CHANGE_EMAIL the new one replaces the old one once confirmed."""

    wording = {
        "email": (
            "Nouvelle adresse",
            "Un code y partira : c’est en le saisissant que vous changez d’adresse.",
        )
    }


class ResetPasswordForm(Worded, base.ResetPasswordForm):  # type: ignore[misc]
    pass


class ConfirmPasswordResetCodeForm(Worded, base.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(Worded, base.ResetPasswordKeyForm):  # type: ignore[misc]
    wording = {"password1": ("Nouveau mot de passe", HINT_FOR_NEW)}


class ChangePasswordForm(Worded, base.ChangePasswordForm):  # type: ignore[misc]
    wording = {"password1": ("Nouveau mot de passe", HINT_FOR_NEW)}


class SetPasswordForm(Worded, base.SetPasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(Worded, base.ReauthenticateForm):  # type: ignore[misc]
    pass
