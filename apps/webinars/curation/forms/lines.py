"""The repeated parts of a case: speakers, points of view, figures, levers, rows of the model."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.editorial.curation.fields import TextField
from apps.editorial.curation.lines import Line, Raw, Section
from apps.editorial.shape import SHORT
from apps.webinars.curation.forms.fields import ItemsField, NumberField, RefsField
from apps.webinars.enums import ModelLevel

LIST = {"list": "organisations-connues"}


def organisation(label: str = "Organisation") -> TextField:
    return TextField(label=label, max_length=160, widget=forms.TextInput(LIST))


class SpeakerLine(Line):
    """``ref``: her slug once she is known, a passing mark before."""

    CONTENT = ("first_name", "last_name", "organisation", "role")

    ref = TextField(max_length=120, widget=forms.HiddenInput)
    first_name = TextField(label="Prénom", max_length=80)
    last_name = TextField(label="Nom", max_length=80)
    organisation = organisation()
    role = TextField(label="Fonction ce jour-là", max_length=240)

    @classmethod
    def fresh(cls, others: list[Raw]) -> Raw:
        """A new speaker has a reference that no other line of this form has."""
        taken = {value for line in others for value in line.get("ref", [])}
        return {"ref": [next(f"n{n}" for n in range(1, 10_000) if f"n{n}" not in taken)]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first_name") and not data.get("last_name"):
            self.add_error("last_name", "Écrivez aussi son nom : une personne se retrouve par lui.")
        return data


class ViewLine(Line):
    CONTENT = ("theme", "people", "organisation", "question", "text")

    theme = TextField(label="Titre du regard", max_length=120)
    people = RefsField(label="Qui le dit")
    organisation = organisation()
    question = TextField(label="Question posée", max_length=SHORT, rows=2)
    text = TextField(label="Ce qui est dit", rows=6)


class FigureLine(Line):
    CONTENT = ("value", "number", "unit", "label", "whole", "year", "organisation")

    value = TextField(label="Chiffre, tel qu’il se lit", max_length=60)
    label = TextField(label="Ce qu’il compte", max_length=240)
    unit = TextField(label="Unité", max_length=60)
    number = NumberField(label="En nombre")
    whole = NumberField(label="Sur un total de")
    year = TextField(label="Année", max_length=30)
    organisation = organisation()


class LeverLine(Line):
    CONTENT = ("title", "text")

    title = TextField(label="Levier", max_length=240)
    text = TextField(label="En une ou deux phrases", rows=2)


class RowLine(Line):
    CONTENT = ("level", "human", "financial", "alliances")

    level = forms.ChoiceField(
        label="Échelon", required=False, choices=[("", "À choisir"), *ModelLevel.choices]
    )
    human = ItemsField(label="Richesses humaines", rows=5)
    financial = ItemsField(label="Ressources financières", rows=5)
    alliances = ItemsField(label="Alliances stratégiques", rows=5)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("level") and any(data.get(pillar) for pillar in self.CONTENT[1:]):
            self.add_error("level", "Choisissez l’échelon de cette ligne.")
        return data


SECTIONS: dict[str, Section] = {
    section.prefix: section
    for section in (
        Section("speakers", SpeakerLine, 4),
        Section("views", ViewLine, 2),
        Section("figures", FigureLine, 2),
        Section("levers", LeverLine, 2),
        Section("rows", RowLine, 0),
    )
}
