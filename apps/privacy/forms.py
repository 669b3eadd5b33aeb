from __future__ import annotations

from typing import Any

from django import forms

from apps.core.microtypography import nbsp

WORD = "EFFACER"


class EraseForm(forms.Form):
    """``alone``: names of the associations that would close with the account; the box is asked for only then."""

    word = forms.CharField(
        label=f"Écrivez {WORD}",
        help_text="En lettres capitales. C’est définitif.",
        error_messages={"required": f"Écrivez {WORD} pour confirmer."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    close_alone = forms.BooleanField(
        label="Fermer aussi mes associations sans autre membre, avec tout ce qu’elles contiennent",
        required=False,
    )

    def __init__(self, alone: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not alone:
            del self.fields["close_alone"]

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if word != WORD:
            raise forms.ValidationError(f"Écrivez {WORD}, en lettres capitales, pour confirmer.")
        return word


class CloseForm(forms.Form):
    """``expected``: the name of the association, typed again; case, kinds of spaces and of apostrophes do not count."""

    name = forms.CharField(
        label="Écrivez le nom de l’association",
        error_messages={"required": "Écrivez le nom de l’association pour confirmer."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, expected: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["name"].help_text = nbsp(f"Tel qu’il est sur sa fiche : {expected}")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if _plain(name) != _plain(self.expected):
            raise forms.ValidationError("Ce n’est pas le nom de la fiche. Recopiez-le pour confirmer.")
        return name


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()
