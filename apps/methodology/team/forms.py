"""Forms of a team. Whatever is wrong, what was typed stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.methodology.enums import SeatRole
from apps.methodology.team.roles import ROLE_CHOICES

WRONG_ROLE = {"required": "Choisissez un rôle.", "invalid_choice": "Choisissez un rôle de la liste."}


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique",
        error_messages={
            "required": "Indiquez l’adresse de la personne à inviter.",
            "invalid": "Cette adresse est incomplète\u00a0: il y manque peut-être le @ ou la fin.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Rôle",
        choices=ROLE_CHOICES,
        initial=SeatRole.MEMBER,
        widget=forms.RadioSelect,
        error_messages=WRONG_ROLE,
    )


class SeatForm(forms.Form):
    """``people``: the members of the association who may be seated."""

    person = forms.ChoiceField(
        label="Membre de l’association",
        error_messages={
            "required": "Choisissez une personne.",
            "invalid_choice": "Cette personne n’est plus dans la liste\u00a0: choisissez à nouveau.",
        },
    )
    role = forms.ChoiceField(
        label="Rôle",
        choices=[(role.value, role.label.capitalize()) for role in SeatRole],
        initial=SeatRole.MEMBER,
        error_messages=WRONG_ROLE,
    )

    def __init__(self, people: Iterable[User], data: Any = None) -> None:
        super().__init__(data, prefix="membre")
        self.people = {str(person.pk): person for person in people}
        names = [(key, str(person)) for key, person in self.people.items()]
        self.fields["person"].choices = [("", "Choisissez une personne"), *names]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        """Only once valid."""
        return self.people[self.cleaned_data["person"]]

    @property
    def shows(self) -> bool:
        return bool(self.people) or self.is_bound


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=SeatRole.choices, error_messages=WRONG_ROLE)


class AnswerForm(forms.Form):
    """The two buttons under an invitation."""

    answer = forms.ChoiceField(choices=[("accept", "accepter"), ("decline", "décliner")])
