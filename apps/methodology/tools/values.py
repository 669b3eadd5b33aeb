"""A typed value becomes a stored one, or says in French what is wrong (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.core.fields import is_hidden
from apps.methodology.tools.specs import FieldSpec, FieldType

LINE_LENGTH = 200
TEXT_LENGTH = 4000
GREATEST = Decimal("999999999999.99")
YEARS = (1900, 2200)
Value = str | bool | list[str] | list[int] | None


class ValueFault(ValueError):  # noqa: N818  # a word of the field, not a fault of ours
    """What is wrong and how to mend it, in French."""


def clean(spec: FieldSpec, raw: Any, allowed: Collection[str] = ()) -> Value:
    """``raw``: what a form, a spreadsheet or a JSON body holds, a text or a list. Empty gives "", [] or None.

    ``allowed``: the codes or keys that a choice may be, in their order.
    """
    return CLEANERS[spec.type](spec, raw, allowed)


def is_empty(value: Value) -> bool:
    return value in ("", None, [])


def _text(raw: Any) -> str:
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        raw = raw[0] if raw else ""
    text = "" if raw is None else str(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or not is_hidden(c)).strip()


def _list(raw: Any) -> list[str]:
    if raw is None:
        return []
    if isinstance(raw, str):
        raw = [raw]
    return [text for text in (_text(one) for one in raw) if text]


def line(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> str:
    return _short(" ".join(_text(raw).split()), spec.most or LINE_LENGTH)


def text(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> str:
    return _short(_text(raw), spec.most or TEXT_LENGTH)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueFault(f"C’est trop long de {len(text) - most} caractères\u00a0: {most} au plus.")
    return text


NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def number(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> str:
    typed = _text(raw)
    if not typed:
        return ""
    plain = re.sub(r"[\s\u00a0\u202f€%]", "", typed).replace("\u2212", "-").replace(",", ".")
    if not plain.isascii() or not NUMBER.fullmatch(plain):
        raise ValueFault("Écrivez un nombre, par exemple 1\u202f250,50.")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise ValueFault("Écrivez un nombre, par exemple 1\u202f250,50.") from error
    if value < 0 and not spec.is_signed:
        raise ValueFault("Ce nombre ne peut pas être négatif.")
    greatest = Decimal(spec.most) if spec.most else GREATEST
    if abs(value) > greatest:
        raise ValueFault(f"Ce nombre est trop grand\u00a0: {greatest:,.0f} au plus.".replace(",", "\u202f"))
    # Never « 1E+3 », which normalize() alone would give.
    return f"{value.quantize(Decimal('0.01')).normalize():f}" if value else "0"


def day(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> str:
    typed = _text(raw)
    if not typed:
        return ""
    french = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", typed)
    iso = f"{french[3]}-{int(french[2]):02}-{int(french[1]):02}" if french else typed
    try:
        value = date.fromisoformat(iso)
    except ValueError as error:
        raise ValueFault("Écrivez une date qui existe, par exemple 31/12/2027.") from error
    if not YEARS[0] <= value.year <= YEARS[1]:
        raise ValueFault(f"L’année doit être entre {YEARS[0]} et {YEARS[1]}.")
    return value.isoformat()


def yes_no(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> bool:
    if isinstance(raw, bool):
        return raw
    return _text(raw).lower() in ("1", "true", "on", "oui")


GONE = "Ce choix n’est plus dans la liste\u00a0: rechargez la page, puis choisissez à nouveau."


def choice(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> str:
    code = _text(raw)
    if code and code not in allowed:
        raise ValueFault(GONE)
    return code


def choices(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> list[str]:
    typed = set(_list(raw))
    if typed - set(allowed):
        raise ValueFault(GONE)
    if spec.most and len(typed) > spec.most:
        raise ValueFault(f"Gardez-en {spec.most} au plus.")
    return [code for code in allowed if code in typed]


def shares(spec: FieldSpec, raw: Any, allowed: Collection[str]) -> list[int]:
    typed = re.split(r"[;/]", raw) if isinstance(raw, str) else [_text(one) for one in raw or []]
    typed = [one.strip().rstrip("%").strip() for one in typed]
    if not any(typed):
        return []
    if len(typed) != 3 or not all(one.isascii() and one.isdigit() and len(one) < 4 for one in typed):
        raise ValueFault("Donnez trois nombres entiers, de 0 à 100.")
    numbers = [int(one) for one in typed]
    if sum(numbers) != 100:
        raise ValueFault(f"Les trois parts font {sum(numbers)}\u00a0: elles doivent faire 100.")
    return numbers


CLEANERS: dict[FieldType, Callable[[FieldSpec, Any, Collection[str]], Value]] = {
    FieldType.LINE: line,
    FieldType.TEXT: text,
    FieldType.NUMBER: number,
    FieldType.EUROS: number,
    FieldType.DATE: day,
    FieldType.YES_NO: yes_no,
    FieldType.CHOICE: choice,
    FieldType.CHOICES: choices,
    FieldType.MEMBER: choice,
    FieldType.ITEM: choice,
    FieldType.ITEMS: choices,
    FieldType.SHARES: shares,
}
