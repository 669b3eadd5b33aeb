"""The repeated parts of the form: speakers, points of view, figures, levers, rows of the model.

Their order is that of ``place``, a number that people change; a line without content does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from apps.webinars.curation.forms.fields import DraftForm, ItemsField, NumberField, RefsField, TextField
from apps.webinars.enums import ModelLevel
from apps.webinars.sheet import SHORT

# Lines that « Ajouter une ligne » gives at most; more come from a file, and none of them is lost.
MOST = 30
MOST_READ = 300
LIST = {"list": "organisations-connues"}


class Line(DraftForm):
    """``CONTENT``: the fields that make a line count."""

    CONTENT: tuple[str, ...] = ()

    place = forms.IntegerField(
        label="Place",
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 3}),
        error_messages={"invalid": "Écrivez un nombre entier.", "min_value": "Un nombre de 0 à 999.",
                        "max_value": "Un nombre de 0 à 999."},
    )  # fmt: skip

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, "") for name in self.CONTENT}

    @property
    def is_blank(self) -> bool:
        return not any(value not in ("", None, []) for value in self.content().values())


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


@dataclass(frozen=True, slots=True)
class Section:
    """A repeated part: its prefix, its form, and how many empty lines a new case shows."""

    prefix: str
    form: type[Line]
    first: int

    @property
    def fields(self) -> list[str]:
        return [*self.form.base_fields, "DELETE"]


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


class BaseLines(forms.BaseFormSet):  # type: ignore[type-arg]
    """Lines in the order that people gave, without the removed and the empty ones."""

    def kept(self) -> list[Any]:
        """After ``is_valid``; also the empty ones."""
        kept = [
            (rank(number, form.cleaned_data.get("place")), form)
            for number, form in enumerate(self.forms, 1)
            if not form.cleaned_data.get("DELETE")
        ]
        return [form for _, form in sorted(kept, key=lambda pair: pair[0])]

    def ordered(self) -> list[Any]:
        return [form for form in self.kept() if not form.is_blank]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Retirer cette ligne"
            form.fields["DELETE"].is_of_draft = True  # type: ignore[attr-defined]

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= MOST


def rank(number: int, place: int | None) -> tuple[int, int, int]:
    """A line that takes the place of another goes before it when it climbs, after it when it goes down."""
    wanted = number if place is None else place
    return wanted, (wanted > number) - (wanted < number), number


LINES: dict[str, Any] = {
    name: forms.formset_factory(
        section.form,
        formset=BaseLines,
        extra=0,
        can_delete=True,
        max_num=MOST_READ,
        absolute_max=MOST_READ,
    )
    for name, section in SECTIONS.items()
}


def read(data: QueryDict, section: Section) -> list[dict[str, list[str]]]:
    """The raw lines of a section, as they were sent."""
    total = data.get(f"{section.prefix}-TOTAL_FORMS", "0")
    count = min(int(total), MOST_READ) if total.isascii() and total.isdigit() else 0
    return [
        {
            name: data.getlist(f"{section.prefix}-{n}-{name}")
            for name in section.fields
            if f"{section.prefix}-{n}-{name}" in data
        }
        for n in range(count)
    ]


def write(data: QueryDict, section: Section, lines: list[dict[str, list[str]]]) -> None:
    """Replaces the lines of a section; their places are counted from one again."""
    for key in [key for key in data if key.startswith(f"{section.prefix}-")]:
        del data[key]
    data[f"{section.prefix}-TOTAL_FORMS"] = str(len(lines))
    data[f"{section.prefix}-INITIAL_FORMS"] = "0"
    for n, line in enumerate(lines):
        for name, values in {**line, "place": [str(n + 1)]}.items():
            data.setlist(f"{section.prefix}-{n}-{name}", values)


def one_more(data: QueryDict, section: Section) -> QueryDict:
    """The same form with its lines in order and an empty one at the end; nothing typed is lost."""
    longer = data.copy()
    lines = [line for _, line in sorted(placed(read(data, section)), key=lambda pair: pair[0])]
    write(longer, section, [*lines, blank(section, data)] if len(lines) < MOST else lines)
    return longer


def placed(lines: list[dict[str, list[str]]]) -> Iterator[tuple[tuple[int, int, int], dict[str, list[str]]]]:
    for number, line in enumerate(lines, 1):
        text = (line.get("place") or [""])[0].strip()
        yield rank(number, int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None), line


def blank(section: Section, data: QueryDict) -> dict[str, list[str]]:
    """A new speaker has a reference that no other line of this form has."""
    if section.prefix != "speakers":
        return {}
    taken = {value for line in read(data, section) for value in line.get("ref", [])}
    return {"ref": [next(f"n{n}" for n in range(1, 10_000) if f"n{n}" not in taken)]}
