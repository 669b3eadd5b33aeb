"""Opening a workshop, entering its code, taking a chair, writing. Whatever is wrong, what was typed stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from apps.accounts.codes import CodeField
from apps.core.fields import DayField, LineField, PlainCharField
from apps.methodology.public.selectors import steps
from apps.methodology.workshops.services import Plan

LONGEST_CARD, LONGEST_RECORD = 280, 6000
FURTHEST = timedelta(days=5 * 365)
_KEPT = "Le reste est gardé."


def key_of(text: object) -> UUID:
    """The key of a form, or a new one: a form sent twice does its work once."""
    try:
        return UUID(str(text))
    except ValueError:
        return uuid4()


def too_long(what: str, most: int) -> str:
    return f"{what} dépasse {most} caractères. Raccourcissez, rien n’est perdu."


class PlanForm(forms.Form):
    """``edition``: of the method that the démarche follows, for the names of its steps."""

    step = forms.TypedChoiceField(label="Étape", coerce=int)
    title = LineField(
        label="Nom de l’atelier",
        max_length=160,
        error_messages={
            "required": "Donnez un nom à l’atelier\u00a0: il titre le compte rendu.",
            "max_length": too_long("Ce nom", 160),
        },
    )
    question = LineField(
        label="Question posée",
        help_text="Celle à laquelle chaque personne répond d’abord en silence.",
        max_length=300,
        error_messages={
            "required": "Écrivez la question posée à la table.",
            "max_length": too_long("Cette question", 300),
        },
    )
    held_on = DayField(
        label="Date",
        help_text="Le code s’ouvre dès maintenant, et se ferme dans la nuit qui suit cette date.",
        error_messages={"required": "Choisissez le jour de l’atelier."},
    )
    dots = forms.IntegerField(
        label="Pastilles par personne",
        help_text="Pour voter. Cinq conviennent à une dizaine de groupes de cartes.",
        min_value=1,
        max_value=20,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Écrivez un nombre entier, de 1 à 20."
        ),
    )
    shows_names = forms.TypedChoiceField(
        label="Les noms",
        help_text="C’est dit à chaque personne avant qu’elle écrive, et ne se change plus ensuite.",
        choices=[
            ("0", "Aucun nom ne s’affiche\u00a0: ni ici, ni sur les téléphones, ni dans le compte rendu."),
            ("1", "Les noms s’affichent à la table, sur chaque carte."),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    everybody_groups = forms.TypedChoiceField(
        label="Rapprocher les cartes",
        choices=[("1", "Tout le monde le fait ensemble."), ("0", "Seule la personne qui anime le fait.")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, edition: int, earliest: Any = None, is_announced: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.earliest = earliest or timezone.localdate()
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (step.number, f"{step.number}. {step.title}") for step in steps(edition)
        ]
        if is_announced:
            del self.fields["shows_names"]

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day < self.earliest:
            raise forms.ValidationError(
                "Cette date est passée\u00a0: le code ne s’ouvrirait pas. Choisissez aujourd’hui ou un jour à venir."
            )
        if day > timezone.localdate() + FURTHEST:
            raise forms.ValidationError("Cette date est trop lointaine\u00a0: vérifiez l’année.")
        return day

    def plan(self, **announced: bool) -> Plan:
        """Only after ``is_valid()``."""
        said = {**announced, **self.cleaned_data}
        return Plan(**{name: said[name] for name in Plan.__dataclass_fields__})


class CodeForm(forms.Form):
    code = CodeField(
        label="Code de l’atelier",
        help_text="Six lettres, données par la personne qui anime.",
        missing="Entrez les six lettres affichées dans la salle.",
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if len(code) != 6:
            raise forms.ValidationError("Le code compte six lettres\u00a0: vérifiez-le.")
        return code


class GuestForm(forms.Form):
    name = LineField(
        label="Votre prénom ou votre nom",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={
            "required": "Écrivez un prénom ou un nom\u00a0: celui que vous voulez.",
            "max_length": too_long("Ce nom", 80),
        },
    )
    role = LineField(
        label="Votre rôle",
        help_text="Par exemple\u00a0: bénévole, salariée, élu de la commune, voisine.",
        max_length=80,
        error_messages={
            "required": "Dites en un mot à quel titre vous êtes là.",
            "max_length": too_long("Ce rôle", 80),
        },
    )


class CardForm(forms.Form):
    text = LineField(
        max_length=LONGEST_CARD,
        error_messages={
            "required": "Écrivez une idée avant d’ajouter la carte.",
            "max_length": f"Cette carte dépasse {LONGEST_CARD} caractères. Raccourcissez-la, ou faites-en deux\u00a0: "
            "elle est gardée ici.",
        },
    )
    pillar = forms.CharField(max_length=40, required=False)
    key = forms.CharField(max_length=40, required=False)


class TitleForm(forms.Form):
    title = LineField(
        required=False, max_length=160, error_messages={"max_length": too_long("Le nom de ce groupe", 160)}
    )
    version = forms.IntegerField(required=False, min_value=0)


class NoteForm(forms.Form):
    note = PlainCharField(
        required=False, max_length=600, error_messages={"max_length": too_long("Cette note", 600)}
    )
    version = forms.IntegerField(required=False, min_value=0)


class RecordForm(forms.Form):
    text = PlainCharField(
        label="Ce que la table retient",
        help_text="Les accords, les désaccords, la suite. Les cartes et les pastilles sont déjà au compte rendu.",
        required=False,
        max_length=LONGEST_RECORD,
        error_messages={
            "max_length": f"Ce texte dépasse {LONGEST_RECORD} caractères. Raccourcissez-le. {_KEPT}"
        },
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
