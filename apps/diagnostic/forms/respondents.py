"""Inviting people, and joining a campaign."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import validate_email

from apps.accounts.codes import CodeField
from apps.core.secrets import is_token, new_token
from apps.core.typography import join_list
from apps.diagnostic.enums import RespondentRole
from apps.diagnostic.services import Invitee

MOST_LINES = 10
LONGEST_EMAIL = 254
ROLES = [
    (RespondentRole.BOARD.value, "Gouvernance : conseil, bureau"),
    (RespondentRole.TEAM.value, "Équipe : salariés, bénévoles"),
    (RespondentRole.LEAD.value, "Référente ou référent du modèle économique"),
    (RespondentRole.PARTNER.value, "Partenaire de l’association"),
]
EMAIL = {"invalid": "Cette adresse n’est pas complète. Elle s’écrit par exemple prenom@exemple.fr."}


class AddressesField(forms.CharField):
    """One address, or several pasted from a mail: « Léa Roux <lea@exemple.fr>; max@exemple.fr »."""

    widget = forms.EmailInput(attrs={"multiple": True})

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        bracketed = re.findall(r"<([^<>]*)>", text)
        found = bracketed + re.sub(r"[^,;]*<[^<>]*>", " ", text).replace(",", " ").replace(";", " ").split()
        wrong = [address for address in found if not is_address(address)]
        if wrong and len(found) == 1:
            raise forms.ValidationError(EMAIL["invalid"])
        if wrong:
            quoted = join_list([f"« {address} »" for address in wrong])
            raise forms.ValidationError(f"Adresses à corriger : {quoted}. Personne n’a été invité.")
        return [address.lower() for address in found]


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except forms.ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL


class InviteeForm(forms.Form):
    """A line: one address or several, and a role; an empty line is ignored."""

    email = AddressesField(
        label="Adresse électronique",
        required=False,
        max_length=2000,
    )
    role = forms.ChoiceField(label="Rôle", choices=ROLES, initial=RespondentRole.TEAM, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("email") and not data.get("role") and "role" not in self.errors:
            self.add_error("role", "Choisissez un rôle pour cette personne.")
        return data


class BaseInviteeFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        if not any(self.errors) and not self.invitees():
            raise forms.ValidationError("Aucune adresse n’est écrite : personne n’a été invité.")

    def invitees(self) -> list[Invitee]:
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("email")]
        return [Invitee(email=address, role=row["role"]) for row in rows for address in row["email"]]


InviteeFormSet = forms.formset_factory(
    InviteeForm, formset=BaseInviteeFormSet, extra=4, max_num=MOST_LINES, absolute_max=MOST_LINES
)


class CodeForm(forms.Form):
    code = CodeField(
        label="Code de la campagne", help_text="Six lettres, données par la personne qui vous invite."
    )


class RoleForm(forms.Form):
    """What a signed-in person says when she joins."""

    role = forms.ChoiceField(
        label="Votre place dans l’association",
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez votre place dans l’association."},
    )


class GuestForm(RoleForm):
    """What a guest says; nothing but the role is required."""

    name = forms.CharField(
        label="Prénom",
        help_text="Les membres de l’association voient ce prénom et si vous avez fini, rien d’autre.",
        required=False,
        max_length=80,
    )
    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Pour recevoir votre lien personnel. La personne qui mène la campagne la voit.",
        required=False,
        max_length=254,
        error_messages=EMAIL,
    )
    # The secret of the copy to come, drawn with the form: a double click finds the copy of the first click.
    ticket = forms.CharField(required=False, initial=new_token, widget=forms.HiddenInput)

    def clean_ticket(self) -> str:
        ticket: str = self.cleaned_data["ticket"]
        return ticket if is_token(ticket) else new_token()
