"""Numbers as people write them: « 12 500,50 € », « 12.500,50 », « −800 »."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.core.typography import number

SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
UNITS = re.compile(r"(?:€|euros?|eur|heures?|h|etp)$", re.IGNORECASE)
# Plain, or in groups of three behind the same separator: « 1.2.3 » and « 12.05.2024 » are no amounts.
SHAPE = re.compile(
    r"-?(?:\d+(?:[.,]\d+)?|\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?)"
)
LONGEST = 60
# 12.500 is twelve and a half for one person, twelve thousand five hundred for another.
AMBIGUOUS = re.compile(r"-?\d{1,3}[.,]\d{3}")


def read_number(text: str) -> Decimal:
    """The number as written in French; ValidationError when it is not one, or could be two."""
    bare = UNITS.sub("", SPACES.sub("", text[:LONGEST])).replace("\u2212", "-").replace("\u2013", "-")
    if len(text) > LONGEST or not SHAPE.fullmatch(bare):
        raise ValidationError(
            f"« {text.strip()[:40]} » n’est pas un nombre. Écrivez par exemple 12 500 ou 12 500,50."
        )
    if AMBIGUOUS.fullmatch(bare) and not bare.lstrip("-").startswith("0"):
        whole, part = re.split(r"[.,]", bare)
        raise ValidationError(
            f"« {text.strip()} » peut se lire de deux façons. Écrivez {whole} {part} pour les milliers, "
            f"ou {whole},{part.rstrip('0') or '0'} pour les centimes."
        )
    return to_decimal(bare)


def to_decimal(bare: str) -> Decimal:
    """The last separator is the decimal one, unless the same one comes several times."""
    separators = re.findall(r"[.,]", bare)
    repeated = len(separators) > 1 and len(set(separators)) == 1
    if not separators or repeated:
        return Decimal(re.sub(r"[.,]", "", bare))
    whole, _, part = bare.rpartition(separators[-1])
    return Decimal(f"{re.sub('[.,]', '', whole)}.{part}")


class NumberInput(forms.TextInput):
    """A text control: the browser's own number control refuses spaces and commas without a word."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, Decimal):
            return super().format_value(value)  # type: ignore[no-any-return]
        return number(value, 0 if value == value.to_integral_value() else 2)


class FrenchNumberField(forms.Field):
    """A number between bounds, with at most two decimals; empty is unknown, never zero."""

    widget = NumberInput

    def __init__(self, *, lowest: int = 0, highest: int, unit: str = "", **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.lowest, self.highest, self.unit = Decimal(lowest), Decimal(highest), unit

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        return read_number(text) if text else None

    def validate(self, value: Any) -> None:
        if value is None:
            return
        if value < 0 and self.lowest == 0:
            raise ValidationError("Ce montant ne peut pas être négatif. Écrivez-le sans le signe moins.")
        if not self.lowest <= value <= self.highest:
            raise ValidationError(self.too_much())
        if value != round(value, 2):
            raise ValidationError("Deux chiffres après la virgule suffisent.")

    def too_much(self) -> str:
        highest = f"{number(self.highest)} {self.unit}".strip()
        return f"Cela dépasse {highest}. Vérifiez l’unité, et le nombre de zéros."
