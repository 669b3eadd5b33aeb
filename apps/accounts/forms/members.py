from __future__ import annotations

from django import forms

from apps.accounts.enums import Role
from apps.accounts.roles import DUTIES
from apps.accounts.services.tokens import USUAL

ROLE_CHOICES = [(role.value, f"{role.label.capitalize()} : {DUTIES[role]}") for role in Role]


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique",
        error_messages={
            "required": "Indiquez l’adresse de la personne à inviter.",
            "invalid": "Cette adresse est incomplète : il y manque peut-être le @ ou la fin.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Rôle",
        choices=ROLE_CHOICES,
        initial=Role.STAFF,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un rôle.",
            "invalid_choice": "Choisissez un rôle de la liste.",
        },
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        choices=Role.choices,
        error_messages={
            "required": "Choisissez un rôle.",
            "invalid_choice": "Choisissez un rôle de la liste.",
        },
    )


class AnswerForm(forms.Form):
    """The two buttons under an invitation."""

    answer = forms.ChoiceField(choices=[("accept", "accepter"), ("decline", "décliner")])


class ProfileForm(forms.Form):
    full_name = forms.CharField(
        label="Prénom et nom",
        max_length=150,
        error_messages={
            "required": "Indiquez votre nom : les membres de votre association vous reconnaissent ainsi.",
            "max_length": "Ce nom dépasse 150 caractères. Raccourcissez-le.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class TokenForm(forms.Form):
    label = forms.CharField(
        label="À quoi servira ce jeton",
        help_text="Un nom pour le reconnaître, par exemple « tableur du trésorier ».",
        max_length=80,
        error_messages={
            "required": "Donnez un nom à ce jeton.",
            "max_length": "Ce nom dépasse 80 caractères. Raccourcissez-le.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label="Combien de temps",
        help_text="Un courriel prévient sept jours avant la fin.",
        choices=[(30, "Un mois"), (90, "Trois mois"), (365, "Un an")],
        coerce=int,
        initial=USUAL,
        required=False,
        empty_value=USUAL,  # type: ignore[arg-type]
        error_messages={"invalid_choice": "Choisissez une durée dans la liste."},
    )
