"""The controls of a case that are not repeated lines. Nothing is required: a draft may be incomplete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from apps.catalogue.provenance import STATUSES
from apps.editorial.curation.fields import CodesField, DraftForm, ListField, ParagraphsField, TextField
from apps.editorial.shape import SHORT
from apps.webinars.curation.forms.fields import RefsField
from apps.webinars.curation.forms.lines import LIST
from apps.webinars.curation.reads import Choices
from apps.webinars.enums import Cycle, LeversKind
from apps.webinars.sheet import PILLARS

# Leaving these texts counts their words again; without script, the button beside does. One count at a time for both:
# each answer shows both counters, and an older one that came last would show what is no longer there.
COUNTED = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-swap": "none",
    "hx-sync": "#section-texts:queue last",
    "hx-vals": '{"act": "count"}',
}
TAGS = ("goals", "related_goals", "fragilities", "pillars", "levels", "regions", "sizes")


class CaseForm(DraftForm):
    date = forms.DateField(
        label="Date du webinaire",
        required=False,
        help_text="Elle donne aussi l’adresse de la fiche, à la création.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez une date, par exemple 20/01/2022."},
    )
    title = TextField(label="Titre officiel", help_text="Tel qu’il a été annoncé.", max_length=300, rows=2)
    short_title = TextField(label="Titre court", help_text="Celui des listes.", max_length=200)
    cycle = forms.ChoiceField(
        label="Cycle", required=False, choices=[("", "À choisir"), *Cycle.choices], widget=forms.RadioSelect
    )
    goals = CodesField(label="ODD nommés par le titre")
    related_goals = CodesField(
        label="ODD proches", help_text="Ceux que le cas éclaire sans que le titre les nomme."
    )
    fragilities = CodesField(label="Fragilités", help_text="Au moins une.")
    pillars = CodesField(label="Appuis en jeu", help_text="Au moins un.")
    levels = CodesField(label="Échelons")
    regions = CodesField(label="Régions", help_text="Seulement celles que le cas nomme.")
    sizes = CodesField(label="Tailles d’association")
    teaser = TextField(
        label="Phrase de présentation", help_text="Une phrase, 260 caractères : les listes la montrent.",
        max_length=SHORT, rows=3,
    )  # fmt: skip
    essential = ParagraphsField(
        label="L’essentiel en trente secondes", help_text="Une ligne vide sépare deux paragraphes.",
        rows=5, attrs=COUNTED,
    )  # fmt: skip
    summary = ParagraphsField(
        label="Résumé", help_text="Une ligne vide sépare deux paragraphes.", rows=10, attrs=COUNTED
    )
    takeaway = TextField(
        label="À emporter", help_text="Une phrase que l’on retient.", max_length=SHORT, rows=2
    )
    your_turn = TextField(
        label="Et chez vous ?", help_text="Une question à poser à son équipe.", max_length=SHORT, rows=2
    )
    your_turn_axis = forms.ChoiceField(label="Appui de cette question", required=False)
    opening_text = TextField(label="Ouverture", help_text="Comment l’hôte pose le sujet.", rows=6)
    opening_questions = ListField(label="Questions posées d’emblée", help_text="Une par ligne.", rows=3)
    project_name = TextField(label="Nom du projet", max_length=200)
    project_people = RefsField(label="Qui le présente")
    project_organisation = TextField(label="Organisation", max_length=160, widget=forms.TextInput(LIST))
    project_text = TextField(label="Ce qu’est ce projet", rows=6)
    levers_kind = forms.ChoiceField(
        label="Ce que conclut le webinaire", required=False, choices=LeversKind.choices
    )
    levers_intro = TextField(label="Introduction des leviers", max_length=SHORT, rows=2)
    reading_human = TextField(label="Richesses humaines", rows=3)
    reading_financial = TextField(label="Ressources financières", rows=3)
    reading_alliances = TextField(label="Alliances stratégiques", rows=3)
    model_title = TextField(label="Titre du tableau", max_length=200)
    model_note = TextField(label="Note du tableau", help_text="Pourquoi il est vide, s’il l’est.", rows=3)
    replay_url = TextField(
        label="Lien de l’enregistrement", max_length=500, widget=forms.TextInput({"inputmode": "url"})
    )
    replay_reason = TextField(label="Sans lien : pourquoi", rows=2)
    source_status = forms.ChoiceField(
        label="Nature des faits",
        required=False,
        choices=[(code, name.capitalize()) for code, name in STATUSES.items()],
    )
    source_label = TextField(label="D’où viennent les faits", max_length=300)
    source_year = TextField(label="Année de la source", max_length=30)
    source_url = TextField(
        label="Lien de la source", max_length=500, widget=forms.TextInput({"inputmode": "url"})
    )
    curator_note = ParagraphsField(
        label="Note de curation", help_text="Vos choix de lecture ; une ligne vide sépare deux notes.", rows=6
    )
    reason = TextField(
        label="Ce que vous avez changé",
        help_text="Facultatif : l’historique le montrera.",
        max_length=SHORT,
    )

    def __init__(self, data: QueryDict, *, choices: Choices, speakers: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        for name in TAGS:
            field: Any = self.fields[name]
            field.offer(choices.of("goals" if name == "related_goals" else name), data.getlist(name))
        people: Any = self.fields["project_people"]
        people.offer(list(speakers), ())
        axis: Any = self.fields["your_turn_axis"]
        known = dict(choices.of("pillars"))
        axis.choices = [("", "Aucun"), *((pillar, known.get(pillar, pillar)) for pillar in PILLARS)]
        for select in (name for name, row in self.fields.items() if isinstance(row, forms.ChoiceField)):
            self.fields[select].error_messages["invalid_choice"] = "Choisissez dans la liste."

    def clean_pillars(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["pillars"]
        if set(chosen) - set(PILLARS):
            raise forms.ValidationError("Choisissez dans la liste.")
        return chosen

    def clean_goals(self) -> list[int]:
        return numbers(self.cleaned_data["goals"])

    def clean_related_goals(self) -> list[int]:
        return numbers(self.cleaned_data["related_goals"])


def numbers(codes: Iterable[str]) -> list[int]:
    if not all(code.isascii() and code.isdigit() for code in codes):
        raise forms.ValidationError("Choisissez dans la liste.")
    return [int(code) for code in codes]
