"""Six letters that let somebody in: how they are typed, and how guesses are counted where they are asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from apps.accounts import throttle

T = TypeVar("T")
TOO_MANY = (
    "Trop de codes inconnus ont été essayés depuis cette connexion. Attendez dix minutes, puis réessayez."
)


def tidy_code(text: str) -> str:
    """« bcd-fgh » → « BCDFGH »: accents, spaces and signs go; at most twelve letters are read."""
    bare = unicodedata.normalize("NFKD", text[:60]).upper()
    return re.sub(r"[^A-Z]", "", bare)[:12]


class CodeField(forms.CharField):
    """``missing``: what is said when nothing was typed. Gives the code as ``tidy_code`` reads it."""

    widget = forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    )

    def __init__(self, *, missing: str = "Écrivez le code de six lettres.", **kwargs: Any) -> None:
        too_long = "Un code compte six lettres\u00a0: vérifiez ce que vous avez écrit."
        messages = {"required": missing, "max_length": too_long}
        super().__init__(max_length=40, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        return tidy_code(super().clean(value))


@dataclass(frozen=True, slots=True)
class Gate:
    """Where codes of one kind are asked. ``about`` names its counter, ``unknown`` is said of a code that opens nothing.

    Letters can be guessed by a machine, not by a person: after ``most`` unknown codes from one connection in ten
    minutes, no code is looked at.
    """

    about: str
    unknown: str
    most: int = 20

    def is_shut(self, request: HttpRequest) -> bool:
        return throttle.tries(request, self.about) >= self.most

    def count_unknown(self, request: HttpRequest) -> None:
        throttle.count(request, self.about)

    def find(
        self, request: HttpRequest, code: str, by_code: Callable[[str], T | None]
    ) -> tuple[T | None, str, int]:
        """(what this code opens, "", 200), or (None, the sentence to show, its status)."""
        if self.is_shut(request):
            return None, TOO_MANY, 429
        found = by_code(tidy_code(code))
        if found is None:
            self.count_unknown(request)
            return None, self.unknown, 404
        return found, "", 200
