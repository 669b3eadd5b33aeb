"""The quiz and the exercise of a step, drawn from its sheet. Whatever is wrong, what was typed stays."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from apps.core.fields import PlainCharField
from apps.course.sheet import Exercise, ExercisePrompt, Question

ANSWER = "Choisissez une réponse : il n’y a pas de mauvaise note, seulement des explications."
LIST = "Choisissez dans la liste."
TEXT, LONG = 200, 3000


class QuizForm(forms.Form):
    """``key``: drawn with the page; the same form sent twice counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, questions: Sequence[Question], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), **(initial or {})})
        self.questions = questions
        for question in questions:
            self.fields[name(question.code)] = question_field(question)

    def answers(self) -> dict[str, list[int]]:
        """Question code → places of the chosen choices; only once valid."""
        return {q.code: places(self.cleaned_data[name(q.code)]) for q in self.questions}

    def form_key(self) -> uuid.UUID:
        """A form without its key counts for itself."""
        found: uuid.UUID | None = self.cleaned_data.get("key")
        return found or uuid.uuid4()


def name(code: str) -> str:
    return f"q-{code}"


def places(value: str | list[str]) -> list[int]:
    return [int(place) for place in (value if isinstance(value, list) else [value])]


def question_field(question: Question) -> forms.Field:
    field = forms.MultipleChoiceField if question.many else forms.ChoiceField
    widget = forms.CheckboxSelectMultiple if question.many else forms.RadioSelect
    return field(
        label=question.prompt,
        help_text="Plusieurs réponses possibles." if question.many else "",
        choices=[(str(place), choice.text) for place, choice in enumerate(question.choices)],
        widget=widget,
        error_messages={"required": ANSWER, "invalid_choice": LIST, "invalid_list": LIST},
    )


class ExerciseForm(forms.Form):
    """``version``: that of what was there when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, exercise: Exercise, data: Any = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.exercise = exercise
        for prompt in exercise.prompts:
            self.fields[prompt.code] = prompt_field(prompt)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.get(prompt.code) for prompt in self.exercise.prompts):
            raise forms.ValidationError("Rien n’est encore écrit : répondez à une question au moins.")
        return said

    def values(self) -> dict[str, Any]:
        return {prompt.code: self.cleaned_data[prompt.code] for prompt in self.exercise.prompts}


def prompt_field(prompt: ExercisePrompt) -> forms.Field:
    field = FIELDS[prompt.kind](prompt)
    field.is_of_draft = True  # type: ignore[attr-defined]  # nothing is required: « facultatif » everywhere says nothing
    return field


def _text(prompt: ExercisePrompt) -> forms.Field:
    return PlainCharField(label=prompt.label, help_text=prompt.help, required=False, max_length=TEXT)


def _long(prompt: ExercisePrompt) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 4})
    return PlainCharField(
        label=prompt.label, help_text=prompt.help, required=False, max_length=LONG, widget=area
    )


def _number(prompt: ExercisePrompt) -> forms.Field:
    wide = forms.TextInput(attrs={"inputmode": "decimal"})
    return PlainCharField(
        label=prompt.label, help_text=prompt.help, required=False, max_length=40, widget=wide
    )


def _choice(prompt: ExercisePrompt) -> forms.Field:
    return forms.ChoiceField(
        label=prompt.label,
        help_text=prompt.help,
        required=False,
        choices=[(text, text) for text in prompt.choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": LIST},
    )


def _choices(prompt: ExercisePrompt) -> forms.Field:
    return forms.MultipleChoiceField(
        label=prompt.label,
        help_text=prompt.help,
        required=False,
        choices=[(text, text) for text in prompt.choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": LIST, "invalid_list": LIST},
    )


FIELDS = {"text": _text, "long": _long, "number": _number, "choice": _choice, "choices": _choices}
