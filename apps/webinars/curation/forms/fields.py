"""Controls that only a case has: elements of a cell, numbers, people ticked among the speakers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from apps.editorial.curation.fields import CodesField, ListField, TextField
from apps.editorial.shape import SHORT
from apps.webinars.enums import Maturity

SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
STATES = {f"[{state.label}]": state.value for state in Maturity}


class ItemsField(ListField):
    """Elements of a cell, one a line: « [existant] 120 bénévoles »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=SHORT, **kwargs)

    def clean(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        return [read_item(text) for text in super().clean(value)]


def read_item(line: str) -> dict[str, str]:
    for mark, state in STATES.items():
        if line.lower().startswith(mark):
            return {"state": state, "text": line[len(mark) :].strip()}
    return {"state": "", "text": line}


def write_item(state: str, text: str) -> str:
    one_line = " ".join(text.split("\n"))
    return f"[{Maturity(state).label}] {one_line}" if state else one_line


class NumberField(TextField):
    """« 16 000 000 », « 0,2 »; empty is no number, never zero."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> float | None:
        text = SPACES.sub("", super().clean(value)).replace(",", ".").replace("\u2212", "-")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or "_" in text:
            raise ValidationError(
                f"« {str(value).strip()[:40]} » n’est pas un nombre. Écrivez par exemple 12 500 ou 0,5, ou laissez vide."
            )
        return number


def write_number(number: float | None) -> str:
    """Every digit, thousands apart."""
    if number is None:
        return ""
    text = repr(number).removesuffix(".0")
    whole, dot, part = text.partition(".")
    if "e" in text:
        return text.replace(".", ",")
    sign, digits = whole[: whole.startswith("-")], whole.lstrip("-")
    return f"{sign}{int(digits):,}".replace(",", "\u202f") + (f",{part}" if dot else "")


class RefsField(CodesField):
    """People of a point of view, ticked among the speakers of the same form."""

    def offer(self, choices: Sequence[tuple[str, str]], posted: Iterable[str]) -> None:
        """Whoever was taken off the list of speakers is no longer offered."""
        self.choices = list(choices)

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 120
