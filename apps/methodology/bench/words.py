"""A stored value in the words that people read (pure but for the typography of the house)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apps.core import typography
from apps.methodology.tools.specs import FieldSpec, FieldType
from apps.methodology.tools.values import is_empty

GONE = "retiré depuis"


def said(spec: FieldSpec, value: Any, labels: Mapping[str, str] | None = None) -> str:
    """« 12 500 € », « 3 mars 2027 », « Numérique, Mobilité »; "" for nothing. ``labels``: see ``choices.allowed``."""
    if is_empty(value):
        return ""
    if spec.type in (FieldType.NUMBER, FieldType.EUROS):
        return with_unit(spec, str(value))
    if spec.type == FieldType.DATE:
        return typography.date_long(date.fromisoformat(str(value)))
    if spec.type == FieldType.YES_NO:
        return "oui" if value else ""
    if spec.type == FieldType.SHARES:
        return " / ".join(f"{share}\u00a0%" for share in value)
    words = dict(spec.choices) | dict(labels or {})
    if isinstance(value, list):
        return ", ".join(words.get(str(code), GONE) for code in value)
    if words or spec.source or spec.type in (FieldType.MEMBER, FieldType.ITEM):
        return words.get(str(value), GONE)
    return str(value)


def with_unit(spec: FieldSpec, value: str) -> str:
    if spec.type == FieldType.NUMBER and spec.code in ("year", "base_year"):
        return value  # 2027, never « 2 027 »
    number = typography.number(Fraction(Decimal(value)))
    return f"{number}\u00a0{spec.unit}" if spec.unit else number


def typed(spec: FieldSpec, value: Any) -> str:
    """A stored number as one types it: a comma, no grouping."""
    return str(value).replace(".", ",") if spec.type in (FieldType.NUMBER, FieldType.EUROS) else str(value)
