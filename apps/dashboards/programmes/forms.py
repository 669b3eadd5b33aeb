"""Forms of a programme. Whatever is wrong, what was typed stays."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.accounts.codes import CodeField
from apps.core.fields import LineField, PlainCharField
from apps.dashboards.models import Programme

MOST_LINES = 50
LONGEST_NAME = 200
LONGEST_EMAIL = 254


class ProgrammeForm(forms.Form):
    """``key``: drawn with the page; the same form sent twice opens one programme.

    ``is_agreed_to``: associations have agreed, only the name may still change.
    """

    name = LineField(
        label="Nom du programme",
        help_text="Celui que les associations reconnaîtront.",
        max_length=160,
        error_messages={
            "required": "Donnez un nom au programme.",
            "max_length": "Ce nom dépasse 160 caractères. Raccourcissez-le.",
        },
    )
    funder_name = LineField(
        label="Qui le porte",
        help_text="La fondation, la collectivité, le réseau\u00a0: en toutes lettres.",
        max_length=160,
        error_messages={
            "required": "Dites qui porte le programme\u00a0: une association n’accepte pas sans le savoir.",
            "max_length": "Ce nom dépasse 160 caractères. Raccourcissez-le.",
        },
    )
    purpose = PlainCharField(
        label="À quoi serviront ces chiffres",
        help_text="Lu par chaque association avant d’accepter. Une ou deux phrases franches.",
        max_length=1000,
        error_messages={
            "required": "Dites à quoi serviront ces chiffres\u00a0: c’est ce que les associations acceptent.",
            "max_length": "Ce texte dépasse 1000 caractères. Raccourcissez-le.",
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        initial: Any = None,
        programme: Programme | None = None,
        is_agreed_to: bool = False,
    ) -> None:
        known = {name: getattr(programme, name) for name in ("name", "funder_name", "purpose") if programme}
        super().__init__(data, initial={"key": uuid.uuid4(), **known, **(initial or {})})
        for name in ("funder_name", "purpose") if programme and is_agreed_to else ():
            self.fields[name].disabled, self.initial[name] = True, known[name]


class PersonForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique de sa connexion",
        error_messages={
            "required": "Indiquez l’adresse de la personne.",
            "invalid": "Cette adresse est incomplète\u00a0: il y manque peut-être le @ ou la fin.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class JoinForm(forms.Form):
    code = CodeField(label="Code du programme")


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that can be sent."""

    text: str
    association: str
    email: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that stays in the box, and why."""

    text: str
    why: str


class LinesForm(forms.Form):
    """« association ; adresse », one a line; from a spreadsheet a tab separates them as well."""

    lines = PlainCharField(
        label="Associations à inviter",
        help_text="Une par ligne\u00a0: le nom, un point-virgule, l’adresse. "
        "Par exemple\u00a0: Les Ateliers du Canal\u202f; contact@ateliers-du-canal.fr",
        max_length=20_000,
        error_messages={
            "required": "Écrivez au moins une ligne\u00a0: le nom, un point-virgule, l’adresse.",
            "max_length": f"C’est trop long pour un seul envoi\u00a0: {MOST_LINES} lignes au plus.",
        },
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_lines(self) -> str:
        """Sorts the lines in ``rows`` and ``faults``."""
        text: str = self.cleaned_data["lines"]
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(
                f"{len(lines)} lignes\u00a0: c’est trop pour un seul envoi. {MOST_LINES} au plus, puis recommencez."
            )
        self.rows, self.faults = sort(lines)
        return text


def sort(lines: list[str]) -> tuple[list[Typed], list[Fault]]:
    rows: list[Typed] = []
    faults: list[Fault] = []
    for line in lines:
        row = read(line)
        if isinstance(row, Typed) and any(row.email == other.email for other in rows):
            row = Fault(line, "cette adresse est déjà plus haut")
        (rows if isinstance(row, Typed) else faults).append(row)  # type: ignore[arg-type]
    return rows, faults


def read(line: str) -> Typed | Fault:
    name, separator, email = line.replace("\t", ";").rpartition(";")
    name, email = " ".join(name.split(";")[0].split()), email.strip().lower()
    if not separator or not name:
        return Fault(line, "il y faut le nom, un point-virgule, puis l’adresse")
    if len(name) > LONGEST_NAME:
        return Fault(line, f"ce nom dépasse {LONGEST_NAME} caractères")
    try:
        validate_email(email)
    except ValidationError:
        return Fault(line, "cette adresse est incomplète ou mal écrite")
    if len(email) > LONGEST_EMAIL:
        return Fault(line, "cette adresse est trop longue")
    return Typed(line, name, email)


def left(faults: list[Fault]) -> LinesForm:
    """The form again, with only the lines that were refused."""
    form = LinesForm({"lines": "\n".join(fault.text for fault in faults)})
    form.full_clean()
    form.errors.clear()
    form.add_error(
        "lines", "Cette ligne n’est pas partie." if len(faults) == 1 else "Ces lignes ne sont pas parties."
    )
    return form
