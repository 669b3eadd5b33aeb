"""Controls of the long forms: texts of any length, lists written line by line, labels kept in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.editorial.shape import LONG

PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
LONGEST_LIST = 20_000


class DraftForm(forms.Form):
    """Nothing is required, and no label says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.is_of_draft = True  # type: ignore[attr-defined]


class TextField(forms.CharField):
    """Never required; too long, it is told, where a browser would cut what is pasted without a word."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONG)
        kwargs.setdefault("error_messages", {}).setdefault(
            "max_length",
            "Ce texte est trop long : %(show_value)s caractères, pour %(limit_value)s au plus. Il est gardé : raccourcissez-le.",
        )
        if rows:
            kwargs["widget"] = forms.Textarea({"rows": rows, **kwargs.pop("attrs", {})})
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off"}


class ListField(TextField):
    """A list of texts in one control; ``limit`` is for each of them."""

    def __init__(self, *, limit: int = LONG, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(max_length=LONGEST_LIST, **kwargs)

    def parts(self, text: str) -> list[str]:
        return text.split("\n")

    def clean(self, value: Any) -> list[str]:
        found = [part.strip() for part in self.parts(super().clean(value)) if part.strip()]
        if any(len(part) > self.limit for part in found):
            raise ValidationError(
                f"L’un des textes dépasse {self.limit} caractères. Il est gardé : coupez-le en deux, ou raccourcissez-le."
            )
        return found


class ParagraphsField(ListField):
    """Texts with an empty line between two."""

    def parts(self, text: str) -> list[str]:
        return PARAGRAPHS.split(text)


class CodesField(forms.MultipleChoiceField):
    """Labels of a list. One that no longer exists stays ticked and shown: the checks say it, nothing drops it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, choices: Sequence[tuple[str, str]], posted: Iterable[str]) -> None:
        known = {code for code, _ in choices}
        self.choices = [
            *choices,
            *((code, f"{code} (n’existe plus)") for code in dict.fromkeys(posted) if code not in known),
        ]

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 40


def in_order(codes: Iterable[Any], before: Iterable[Any]) -> list[Any]:
    """These codes, in the order that they had; new ones after."""
    chosen, had = list(codes), list(before)
    return [*(code for code in had if code in chosen), *(code for code in chosen if code not in had)]
