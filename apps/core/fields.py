"""Fields of forms that every app shares: plain text, whatever was pasted; a day."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms


class PlainCharField(forms.CharField):
    """Text without the hidden characters that mails, calendars, feeds, spreadsheets, PDF and PostgreSQL refuse."""

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        return "".join(c for c in text if c in "\n\t" or not is_hidden(c))


def is_hidden(character: str) -> bool:
    """Controls, halves of pairs, and the two signs that are no characters."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


class LineField(PlainCharField):
    """One line, single spaces between words."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class DayField(forms.DateField):
    """A date, picked or typed as in France."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, error_messages: dict[str, str] | None = None, **kwargs: Any) -> None:
        messages = {"invalid": "Écrivez la date ainsi\u00a0: 21/01/2027.", **(error_messages or {})}
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=messages, **kwargs)
