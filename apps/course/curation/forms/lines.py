"""The repeated parts of a page: sections, points, questions, blocks, prompts, sequences, sources."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from apps.catalogue.provenance import STATUSES
from apps.course.curation.forms.controls import (
    CodedLine,
    CourseLine,
    MarkdownField,
    PickField,
    TickField,
    WholeField,
)
from apps.course.sheet import CODE
from apps.editorial.curation.fields import ListField, TextField
from apps.editorial.curation.lines import Raw, Section
from apps.editorial.shape import LONG, SHORT

STATUS_CHOICES = [(code, name.capitalize()) for code, name in STATUSES.items()]
FIGURE_HELP = "Une phrase : ce qu’il faut y voir."


class SectionLine(CodedLine):
    NAME, ADD, NONE = "Section", "Ajouter une section", "Aucune section pour l’instant."
    CONTENT = ("title", "body", "figure", "figure_title", "figure_text")
    ALSO = ("code", "minutes")
    LAYOUT = (("title", "minutes"), ("body",), ("figure", "figure_title"), ("figure_text",))

    title = TextField(label="Titre de la section", max_length=120)
    minutes = WholeField(label="Minutes de lecture", low=1, high=30)
    body = MarkdownField(label="Texte", rows=16)
    figure = PickField(label="Figure")
    figure_title = TextField(label="Titre de la figure", max_length=160)
    figure_text = TextField(label="Sous la figure", help_text=FIGURE_HELP, max_length=SHORT, rows=2)


class PointLine(CourseLine):
    NAME, ADD, NONE = "Point", "Ajouter un point", "Aucun point pour l’instant."
    CONTENT = ("title", "text")
    LAYOUT = (("title",), ("text",))

    title = TextField(label="Ce qu’il faut regarder", max_length=160)
    text = MarkdownField(label="Texte", rows=8)


class ChoiceLine(CourseLine):
    NAME, ADD, NONE = "Réponse", "Ajouter une réponse", "Aucune réponse pour l’instant."
    CONTENT = ("text", "why")
    ALSO = ("right",)
    LAYOUT = (("text", "why"), ("right",))

    text = TextField(label="Réponse proposée", max_length=300, rows=3)
    right = TickField(label="C’est une bonne réponse")
    why = TextField(label="Son explication, juste ou non", max_length=600, rows=3)


class QuestionLine(CodedLine):
    NAME, ADD, NONE = "Question", "Ajouter une question", "Aucune question pour l’instant."
    CONTENT = ("prompt", "explanation")
    ALSO = ("code", "many")
    LAYOUT = (("prompt",), ("many",), ("explanation",))
    SPOKEN = "prompt"

    prompt = TextField(label="Question", max_length=SHORT, rows=2)
    many = TickField(label="Plusieurs réponses sont justes, toutes sont attendues")
    explanation = TextField(label="Ce qu’il faut en retenir", max_length=800, rows=3)

    @classmethod
    def fresh(cls, others: list[Raw]) -> Raw:
        return {"choices": [{}, {}, {}]}


class BlockLine(CourseLine):
    NAME, ADD, NONE = "Bloc", "Ajouter un bloc", "Aucun bloc pour l’instant."
    CONTENT = ("title", "text", "items", "columns")
    ALSO = ("kind", "lines")
    LAYOUT = (("kind", "title"), ("text",), ("items", "columns"), ("lines",))

    kind = forms.ChoiceField(
        label="Sorte de bloc",
        required=False,
        choices=[
            ("text", "Un texte"),
            ("checklist", "Une liste à cocher"),
            ("lines", "Des lignes pour écrire"),
            ("table", "Un tableau à remplir"),
        ],
    )
    title = TextField(label="Titre du bloc", max_length=160)
    text = TextField(label="Texte", max_length=1200, rows=3)
    items = ListField(label="Liste, ou lignes du tableau", help_text="Une par ligne.", limit=LONG, rows=5)
    columns = ListField(label="Colonnes du tableau", help_text="Une par ligne.", limit=LONG, rows=5)
    lines = WholeField(label="Lignes vides, en plus", low=0, high=30)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or "text"


class PromptLine(CodedLine):
    NAME, ADD, NONE = "Question", "Ajouter une question", "Aucune question pour l’instant."
    CONTENT = ("label", "help", "choices")
    ALSO = ("code", "kind")
    LAYOUT = (("label",), ("help",), ("kind", "choices"))
    SPOKEN = "label"

    label = TextField(label="Question", max_length=200)
    help = TextField(label="Aide sous la question", max_length=300)
    kind = forms.ChoiceField(
        label="On répond par",
        required=False,
        choices=[
            ("long", "Un texte de plusieurs lignes"),
            ("text", "Un texte court"),
            ("number", "Un nombre"),
            ("choice", "Un seul choix"),
            ("choices", "Plusieurs choix"),
        ],
    )
    choices = ListField(label="Choix, s’il y en a", help_text="Un par ligne.", limit=LONG, rows=4)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or "long"


class DebateLine(CodedLine):
    NAME, ADD, NONE = "Question à débattre", "Ajouter une question à débattre", "Aucune question à débattre."
    CONTENT = ("prompt", "help", "choices")
    LAYOUT = (("prompt",), ("help", "choices"))
    SPOKEN = "prompt"

    prompt = TextField(label="Question", max_length=SHORT, rows=2)
    help = TextField(label="Comment la lire", max_length=SHORT, rows=4)
    choices = ListField(label="Réponses à voter", help_text="Une par ligne.", limit=LONG, rows=4)


class SequenceLine(CodedLine):
    NAME, ADD, NONE = "Séquence", "Ajouter une séquence", "Aucune séquence pour l’instant."
    CONTENT = ("title", "headline", "lines", "figure", "figure_title", "figure_text", "notes")
    ALSO = ("code", "minutes")
    LAYOUT = (("title", "minutes"), ("headline",), ("lines",), ("figure", "figure_title"),
              ("figure_text",), ("notes",))  # fmt: skip

    title = TextField(label="Titre de la séquence", max_length=120)
    minutes = WholeField(label="Minutes", low=1, high=30)
    headline = TextField(label="La phrase à l’écran", max_length=160)
    lines = ListField(label="Lignes sous la phrase", help_text="Une par ligne.", limit=LONG, rows=3)
    figure = PickField(label="Figure")
    figure_title = TextField(label="Titre de la figure", max_length=160)
    figure_text = TextField(label="Sous la figure", help_text=FIGURE_HELP, max_length=SHORT, rows=2)
    notes = MarkdownField(label="Notes pour la personne qui présente", rows=12)


class SourceLine(CourseLine):
    """Its code is typed: texts cite it."""

    NAME, ADD, NONE = "Source", "Ajouter une source", "Aucune source pour l’instant."
    CONTENT = ("code", "what", "label", "year", "url")
    ALSO = ("status",)
    LAYOUT = (("code", "status"), ("what",), ("label",), ("year", "url"))

    code = TextField(label="Code", help_text="Le texte la cite ainsi : [@code].", max_length=40)
    what = TextField(label="Ce qu’elle établit", max_length=SHORT, rows=2)
    label = TextField(label="D’où elle vient", max_length=300)
    year = TextField(label="Année de la mesure", max_length=30)
    url = TextField(label="Lien", max_length=500, widget=forms.TextInput({"inputmode": "url"}))
    status = forms.ChoiceField(label="Nature", required=False, choices=STATUS_CHOICES)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and not re.fullmatch(CODE, code):
            raise forms.ValidationError(
                "Écrivez des lettres minuscules sans accent, des chiffres et des tirets, par exemple rapport-2024."
            )
        return code

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or "S"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("code") and any(data.get(name) for name in self.CONTENT[1:]):
            self.add_error("code", "Donnez-lui un code court : le texte la citera par lui.")
        return data


SECTIONS = Section("sections", SectionLine, 2)
POINTS = Section("points", PointLine, 2)
QUIZ = Section("quiz", QuestionLine, 1, (Section("choices", ChoiceLine, 3),))
BLOCKS = Section("blocks", BlockLine, 1)
PROMPTS = Section("prompts", PromptLine, 2)
SEQUENCES = Section("sequences", SequenceLine, 1, (Section("questions", DebateLine, 0),))
SOURCES = Section("sources", SourceLine, 1)
