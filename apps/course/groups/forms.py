"""Opening a group, joining one. Whatever is wrong, what was typed stays."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from apps.accounts.codes import CodeField
from apps.core.fields import LineField, PlainCharField
from apps.course.groups.services import Said
from apps.course.models import Group

KEPT = "Le reste est gardé."


class GroupForm(forms.Form):
    """``key``: drawn with the page; the same form sent twice opens one group."""

    name = LineField(
        label="Nom du groupe",
        help_text="Celui que les participantes et participants reconnaîtront.",
        max_length=120,
        error_messages={
            "required": "Donnez un nom au groupe.",
            "max_length": f"Ce nom dépasse 120 caractères. Raccourcissez-le. {KEPT}",
        },
    )
    welcome = PlainCharField(
        label="Mot d’accueil",
        help_text="Lu avant de rejoindre le groupe : pourquoi ce parcours, à quel rythme.",
        required=False,
        max_length=600,
        error_messages={"max_length": f"Ce mot dépasse 600 caractères. Raccourcissez-le. {KEPT}"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    until = forms.DateField(
        label="Date visée",
        help_text="Un repère commun, pas une échéance : rien ne s’arrête ce jour-là.",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Écrivez la date ainsi : 31/03/2027."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, initial: Any = None, group: Group | None = None) -> None:
        super().__init__(
            data, initial={"key": uuid.uuid4(), **(initial or (values_of(group) if group else {}))}
        )
        self.group = group

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        is_same = self.group is not None and self.group.until == day
        if day and day < timezone.localdate() and not is_same:
            raise forms.ValidationError("Cette date est déjà passée : choisissez-en une à venir, ou aucune.")
        return day

    def said(self) -> Said:
        """Only once valid."""
        cleaned = self.cleaned_data
        return Said(cleaned["name"], cleaned["welcome"], cleaned["until"])


def values_of(group: Group) -> dict[str, Any]:
    return {"name": group.name, "welcome": group.welcome, "until": group.until}


class CodeForm(forms.Form):
    code = CodeField(
        label="Code du groupe", help_text="Six lettres, données par la personne qui vous invite."
    )


class NameForm(forms.Form):
    """Unchecked until she says so."""

    shows_name = forms.BooleanField(label="Mon nom est visible", required=False)

    def __init__(self, data: Any = None, initial: Any = None, seen_by: str = "") -> None:
        super().__init__(data, initial=initial)
        self.fields["shows_name"].label = f"Mon nom est visible par {seen_by}"
