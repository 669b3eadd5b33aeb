"""Where django-allauth asks the house: mails that never break a page, messages in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from apps.accounts import mails
from apps.accounts.models import User
from apps.accounts.selectors import Person
from apps.core.sealing import seal, unseal

_INCORRECT_CODE = (
    "Ce code n’est pas le bon. Vérifiez les chiffres du dernier courriel, puis saisissez-le à nouveau."
)
_NOT_RECOGNISED = "Ce code ou cette clé n’a pas été reconnu. Recommencez : chaque code ne sert qu’une fois."
_TOO_MANY = "Trop d’essais à la suite. Votre compte n’a rien perdu : attendez cinq minutes, puis recommencez."

_SENT = ("account/messages/email_confirmation_sent.txt", "account/messages/login_code_sent.txt")
_WAYS = {
    "reauthenticate": "Avec mon mot de passe",
    "mfa_reauthenticate": "Avec un code de mon application",
    "mfa_reauthenticate:webauthn": "Avec une clé d’accès",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé. Écrivez à l’équipe si c’est une erreur.",
        "duplicate_email": "C’est déjà votre adresse.",
        "email_password_mismatch": (
            "L’adresse ou le mot de passe n’est pas le bon. "
            "Vérifiez les deux, ou demandez un code par courriel."
        ),
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": _INCORRECT_CODE,
        "incorrect_password": "Ce n’est pas votre mot de passe.",
        "email_taken": "Cette adresse ne peut pas être utilisée ici.",
        "too_many_login_attempts": _TOO_MANY,
        "same_as_current": "C’est la même adresse qu’avant. Saisissez la bonne.",
        "rate_limited": "Un courriel vient de partir. Attendez un instant avant d’en demander un autre.",
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.full_name = form.cleaned_data.get("full_name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        queued = mails.safely(
            lambda: super(AccountAdapter, self).send_mail(template_prefix, email, context),
            template=template_prefix,
        )
        if not queued:
            self.request.mail_not_queued = True
            messages.error(
                self.request,
                "Le courriel n’a pas pu être préparé. Demandez-en un autre dans une minute.",
            )

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template in _SENT and getattr(request, "mail_not_queued", False):
            return  # The page already says that no mail left.
        super().add_message(request, level, message_template, *args, **kwargs)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [
            method | {"description": _WAYS.get(method["id"], method["description"])} for method in methods
        ]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        url: str = self.get_login_redirect_url(request)
        return url


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _NOT_RECOGNISED,
        "cannot_generate_recovery_codes": "Ajoutez d’abord une application ou une clé.",
        "unverified_email": "Confirmez d’abord votre adresse électronique.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Clé n° {count + 1}" if count else "Ma clé"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Trajectoires"}
