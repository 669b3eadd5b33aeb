"""The name on the attestation; why one is revoked; a code typed from a paper."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

# Some scripts join their letters with these.
JOINERS = "\u200c\u200d"


class LineField(forms.CharField):
    """One line, single spaces, nothing invisible: a name may not be written backwards or hide another one."""

    def to_python(self, value: Any) -> str:
        text = " ".join((super().to_python(value) or "").split())
        shown = (c for c in text if c in JOINERS or unicodedata.category(c)[0] != "C")
        return " ".join("".join(shown).split())


class NameForm(forms.Form):
    full_name = LineField(
        label="Nom à inscrire",
        help_text="Il paraîtra sur l’attestation, sur la page de vérification et dans le badge. Il ne se change plus ensuite.",
        max_length=80,
        error_messages={
            "required": "Écrivez le nom qui doit paraître sur l’attestation.",
            "max_length": "Ce nom dépasse 80 caractères\u00a0: raccourcissez-le pour qu’il tienne sur la page.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_full_name(self) -> str:
        name: str = self.cleaned_data["full_name"]
        if not any(c.isalpha() for c in name):
            raise forms.ValidationError(
                "Ce nom ne contient aucune lettre\u00a0: écrivez votre prénom et votre nom."
            )
        return name


class RevokeForm(forms.Form):
    """The operator's."""

    reason = LineField(
        label="Motif",
        help_text="Il se lit sur la page de vérification\u00a0: restez sobre, ne nommez personne.",
        max_length=200,
        error_messages={
            "required": "Écrivez le motif\u00a0: la page de vérification le montrera.",
            "max_length": "Ce motif dépasse 200 caractères. Raccourcissez-le.",
        },
    )
    erase = forms.BooleanField(
        label="Effacer aussi le nom et les étapes (la personne l’a demandé)", required=False
    )
