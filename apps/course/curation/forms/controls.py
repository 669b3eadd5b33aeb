"""Controls that the course adds to the long forms: numbers, choices of a list, Markdown; and what each writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from apps.course import markdown
from apps.course.markdown import Reading
from apps.course.sheet import BODY
from apps.editorial.curation.fields import CodesField, DraftForm, ListField, ParagraphsField, TextField
from apps.editorial.curation.lines import Line

Offers = dict[str, Sequence[tuple[str, str]]]


class WholeField(forms.IntegerField):
    """Empty, the sheet keeps its usual value."""

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        said = f"Écrivez un nombre de {low} à {high}."
        super().__init__(
            required=False,
            min_value=low,
            max_value=high,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": 4}),
            error_messages={"invalid": said, "min_value": said, "max_value": said},
            **kwargs,
        )


class PickField(forms.ChoiceField):
    """One of a list read from the database. A code that left the list stays chosen: the checks say it, nothing drops it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def offer(self, choices: Sequence[tuple[str, str]], posted: Iterable[str]) -> None:
        known = {code for code, _ in choices}
        lost = [(code, f"{code} (n’existe plus)") for code in posted if code and code not in known]
        self.choices = [("", "Aucun choix"), *choices, *lost]

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 80


class TickField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class MarkdownField(TextField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", BODY)
        kwargs.setdefault("rows", 10)
        super().__init__(**kwargs)


class Drawn:
    """What a form of the course adds: rows of controls, and a preview of its Markdown. For a ``forms.Form``."""

    LAYOUT: tuple[tuple[str, ...], ...] = ()
    preview: SafeString | str = ""

    @property
    def rows(self) -> list[list[BoundField]]:
        form: Any = self
        return [[form[name] for name in row] for row in self.LAYOUT]

    def look(self, reading: Reading) -> None:
        """Fills ``preview`` with what is typed."""
        form: Any = self
        texts = [
            str(form[name].value() or "")
            for name, field in form.fields.items()
            if isinstance(field, MarkdownField)
        ]
        if any(texts):
            self.preview = SafeString("".join(markdown.html(text, reading) for text in texts))

    def offer(self, offers: Offers) -> None:
        form: Any = self
        for name, field in form.fields.items():
            if name in offers and isinstance(field, PickField | CodesField):
                value = form[name].value() or []
                field.offer(offers[name], [value] if isinstance(value, str) else [str(v) for v in value])


class ChapterForm(Drawn, DraftForm):
    """The controls of a chapter that are no lines; every field but ``reason`` is one of the sheet's."""

    reason = TextField(
        label="Ce que vous avez changé",
        help_text="Facultatif. L’historique le montrera, et la phrase du journal public se préparera avec.",
        max_length=400,
    )

    @property
    def names(self) -> list[str]:
        return [name for name in self.fields if name != "reason"]


class CourseLine(Drawn, Line):
    """A line of a page. ``ALSO``: fields that are kept with it, but alone make no line."""

    NAME = ADD = NONE = ""
    ALSO: tuple[str, ...] = ()
    # Templates read ``NAME`` of the class itself.
    do_not_call_in_templates = True

    @property
    def code_kept(self) -> BoundField | str:
        """The control that nobody sees and that the line is known by."""
        return ""

    def stored(self) -> dict[str, Any]:
        return {**{name: self.cleaned_data.get(name) for name in self.ALSO}, **self.content()}


class CodedLine(CourseLine):
    """Its code never changes: what learners did is kept by it. A new line gets one from its ``SPOKEN`` text."""

    ALSO: tuple[str, ...] = ("code",)
    SPOKEN = "title"

    code = TextField(max_length=40, widget=forms.HiddenInput)

    @property
    def code_kept(self) -> BoundField | str:
        return self["code"]


def written(field: forms.Field, value: Any) -> list[str]:
    """What a browser sends of this value of the sheet."""
    if isinstance(field, TickField):
        return ["on"] if value else []
    if isinstance(field, CodesField):
        return [str(code) for code in value]
    if isinstance(field, ParagraphsField):
        return ["\n\n".join(value)]
    if isinstance(field, ListField):
        return ["\n".join(" ".join(text.split("\n")) for text in value)]
    return [str(value)]
