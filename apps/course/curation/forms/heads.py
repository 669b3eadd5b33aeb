"""The controls of a page that are no lines, a form a chapter."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.catalogue.enums import Audience
from apps.course.curation.forms.controls import ChapterForm, MarkdownField, PickField, WholeField
from apps.course.curation.forms.lines import STATUS_CHOICES
from apps.editorial.curation.fields import CodesField, ListField, ParagraphsField, TextField
from apps.editorial.shape import LONG, SHORT

# The parts of the self-diagnostic, by code: the exercise is shown again beside them.
AXES = [
    ("", "Nulle part"),
    ("A", "Richesses humaines"),
    ("B", "Ressources financières"),
    ("C", "Alliances stratégiques"),
    ("D", "Ancrage et échelons"),
    ("E", "Trajectoire et maturité"),
]
AUDIENCES = [(code, name.capitalize()) for code, name in Audience.choices]


class HeadForm(ChapterForm):
    title = TextField(label="Titre", max_length=160)
    summary = TextField(
        label="Phrase de présentation", help_text="Les listes la montrent.", max_length=SHORT, rows=2
    )
    aim = TextField(label="Objectif", help_text="Une phrase.", max_length=SHORT, rows=2)
    minutes = WholeField(label="Durée en minutes", low=1, high=120)
    audience = CodesField(label="À qui elle s’adresse", help_text="Au moins un choix.")
    pillars = CodesField(label="Appuis en jeu")
    goals = CodesField(label="ODD")
    status = forms.ChoiceField(label="Nature", required=False, choices=STATUS_CHOICES)
    curator_note = ParagraphsField(
        label="Notes de curation",
        help_text="Pour les curatrices et curateurs seulement ; une ligne vide sépare deux notes.",
        limit=LONG,
        rows=6,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = AUDIENCES  # type: ignore[attr-defined]

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or "R"

    def clean_goals(self) -> list[int]:
        codes = self.cleaned_data["goals"]
        if not all(code.isascii() and code.isdigit() for code in codes):
            raise forms.ValidationError("Choisissez dans la liste.")
        return [int(code) for code in codes]


class StepForm(HeadForm):
    LAYOUT = (("title",), ("summary",), ("aim",), ("outcomes",), ("minutes", "status"), ("audience", "pillars"),
              ("goals",), ("curator_note",))  # fmt: skip

    outcomes = ListField(
        label="Ce que l’on sait faire après", help_text="Une chose par ligne.", limit=LONG, rows=4
    )


class ModuleForm(HeadForm):
    LAYOUT = (("title",), ("summary",), ("aim",), ("before",), ("minutes", "status"), ("audience", "pillars"),
              ("goals",), ("curator_note",))  # fmt: skip

    before = ListField(label="Avant la réunion", help_text="Une chose par ligne.", limit=LONG, rows=5)


class CaseForm(ChapterForm):
    LAYOUT = (("webinar",), ("title", "minutes"), ("intro",), ("ask",))

    webinar = PickField(label="Cas de la bibliothèque", help_text="Seuls les cas publics sont proposés.")
    title = TextField(label="Titre de la lecture", max_length=160)
    minutes = WholeField(label="Minutes de lecture", low=1, high=30)
    intro = MarkdownField(label="Présentation du cas")
    ask = TextField(
        label="Et chez vous ?", help_text="Une question à poser à son équipe.", max_length=SHORT, rows=2
    )


class PracticalForm(ChapterForm):
    LAYOUT = (("title", "duration"), ("intro",))

    title = TextField(label="Titre de la fiche", max_length=160)
    duration = TextField(label="Durée à prévoir", help_text="Par exemple : 45 minutes.", max_length=80)
    intro = TextField(label="Mode d’emploi", max_length=600, rows=3)


class ExerciseForm(ChapterForm):
    LAYOUT = (("title", "minutes"), ("intro",), ("axis", "method_step"))

    title = TextField(label="Titre de l’exercice", max_length=160)
    minutes = WholeField(label="Minutes de travail", low=1, high=90)
    intro = TextField(label="Consigne", max_length=1200, rows=4)
    axis = forms.ChoiceField(label="Rappelé dans l’auto-diagnostic", required=False, choices=AXES)
    method_step = WholeField(label="Étape de la démarche", help_text="De 1 à 8.", low=1, high=8)


class DecisionForm(ChapterForm):
    LAYOUT = (("prompt",), ("yes", "no"), ("later",), ("mandate",))

    prompt = TextField(label="La question posée", max_length=SHORT, rows=2)
    yes = TextField(label="Réponse : oui", max_length=160)
    no = TextField(label="Réponse : non", max_length=160)
    later = TextField(label="Réponse : plus tard", max_length=160)
    mandate = TextField(label="Modèle de mandat", max_length=1200, rows=5)
