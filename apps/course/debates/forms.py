"""Opening a debate, entering its code, voting, and keeping its record. Whatever is wrong, what was typed stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms

from apps.accounts.codes import CodeField
from apps.core.fields import DayField, LineField, PlainCharField
from apps.course.debates.services import Record
from apps.course.enums import Mandate

LONGEST_VIEW = 280
_KEPT = "Le reste est gardé."


class OpeningForm(forms.Form):
    title = LineField(
        label="Nom de la réunion",
        help_text="Par exemple\u00a0: conseil d’administration de janvier.",
        max_length=160,
        error_messages={
            "required": "Donnez un nom à la réunion\u00a0: il titre le compte rendu.",
            "max_length": f"Ce nom dépasse 160 caractères. Raccourcissez-le. {_KEPT}",
        },
    )
    held_on = DayField(
        label="Date de la réunion",
        error_messages={"required": "Choisissez le jour de la réunion."},
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def key_or_new(self) -> UUID:
        """The form's key, which makes it open one debate however often it is sent."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()


class CodeForm(forms.Form):
    code = CodeField(
        label="Code du débat",
        help_text="Six lettres, affichées sur l’écran de la salle.",
        missing="Entrez les six lettres affichées sur l’écran.",
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if len(code) != 6:
            raise forms.ValidationError("Le code compte six lettres\u00a0: vérifiez-le sur l’écran.")
        return code


class PhoneForm(forms.Form):
    """One button sends its choice, another sends the words alone; both send what is typed."""

    question = forms.CharField(max_length=40, required=False)
    choice = forms.IntegerField(min_value=0, required=False)
    text = LineField(
        max_length=LONGEST_VIEW,
        required=False,
        error_messages={
            "max_length": f"Votre mot dépasse {LONGEST_VIEW} caractères. Raccourcissez-le, il est gardé ici."
        },
    )


def _long(label: str, help_text: str, most: int, rows: int) -> PlainCharField:
    return PlainCharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        error_messages={"max_length": f"Ce texte dépasse {most} caractères. Raccourcissez-le. {_KEPT}"},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RecordForm(forms.Form):
    present = forms.IntegerField(
        label="Personnes présentes",
        help_text="Leur nombre, sans les noms.",
        min_value=1,
        max_value=5000,
        required=False,
        error_messages={
            "invalid": "Écrivez un nombre entier, par exemple 12.",
            "min_value": "Il y avait au moins une personne\u00a0: corrigez ce nombre ou laissez-le vide.",
            "max_value": "Ce nombre dépasse 5\u202f000\u00a0: vérifiez-le.",
        },
    )
    minutes_text = _long(
        "Ce qui s’est dit",
        "Les accords, les désaccords, les voix sur papier. Évitez les noms.",
        6000,
        8,
    )
    mandate = forms.ChoiceField(
        label="Décision",
        required=False,
        choices=[("", "Pas encore décidé"), *((m.value, m.label.capitalize()) for m in Mandate)],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    mandate_text = _long(
        "Termes du mandat",
        "Un modèle à compléter\u00a0: qui, avec qui, jusqu’à quand, avec quels pouvoirs.",
        3000,
        12,
    )
    mandate_reason = _long(
        "Motif",
        "Ce qui a emporté la décision. Pour «\u202fplus tard\u202f»\u00a0: ce qui manque, et une date.",
        2000,
        4,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("mandate") == Mandate.YES and not cleaned.get("mandate_text"):
            self.add_error(
                "mandate_text", "Un mandat donné dit ses termes\u00a0: qui, jusqu’à quand, pour quoi."
            )
        return cleaned

    def record(self) -> Record:
        """What was typed, checked. Only after ``is_valid()``."""
        return Record(**{name: self.cleaned_data[name] for name in Record.__dataclass_fields__})
