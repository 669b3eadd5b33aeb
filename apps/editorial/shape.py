"""What every document of the curation space is made of: parts, their problems in French (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

LONG, SHORT = 4000, 400
S = TypeVar("S", bound="Part")


@dataclass(frozen=True, slots=True)
class Lack:
    """What a document needs before readers see it. ``field`` is one of its fields, which the form shows beside;
    ``text`` is a whole French sentence that says how to mend it.
    """

    field: str
    text: str


class ShapeError(ValueError):
    """The data have not the shape. ``problems``: (where, what is wrong and how to mend it), in French."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ; ".join(f"{where} : {what}" for where, what in problems))
        self.problems = problems


# Control characters, halves of pairs, and signs that are no characters: XML, spreadsheets and PostgreSQL refuse them.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(value: Any) -> Any:
    """No hidden character in a text, nor in a list of texts."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    return HIDDEN.sub("", value) if isinstance(value, str) else value


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=LONG)

    @field_validator("*", mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return plain(value)


def read(shape: type[S], data: Any) -> S:
    """ShapeError, with every problem at once, when ``data`` has not this shape."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise ShapeError([(where(e["loc"]), said(e)) for e in error.errors()]) from error


def stored(part: Part) -> dict[str, Any]:
    """What JSON keeps; ``read(type(part), stored(part)) == part``."""
    return part.model_dump(mode="json")


def where(loc: tuple[int | str, ...]) -> str:
    """« figures 2, value »: places are counted from one, as people do."""
    words: list[str] = []
    for step in loc:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) or "fiche"


SENTENCES = {
    "missing": "ce champ manque.",
    "extra_forbidden": "ce champ n’existe pas.",
    "string_type": "un texte est attendu.",
    "string_too_long": "ce texte est trop long : {max_length} caractères au plus.",
    "list_type": "une liste est attendue.",
    "int_type": "un nombre entier est attendu.",
    "int_parsing": "un nombre entier est attendu.",
    "int_from_float": "un nombre entier est attendu.",
    "float_type": "un nombre est attendu.",
    "float_parsing": "un nombre est attendu.",
    "finite_number": "un nombre fini est attendu.",
    "literal_error": "cette valeur n’est pas dans la liste ({expected}).",
    "date_from_datetime_parsing": "une date est attendue, par exemple 2022-01-20.",
    "date_parsing": "une date est attendue, par exemple 2022-01-20.",
    "date_type": "une date est attendue, par exemple 2022-01-20.",
    "model_type": "un groupe de champs est attendu.",
}


def said(error: Any) -> str:
    """The problem in French; an unforeseen kind is still told."""
    context = cast(dict[str, Any], error.get("ctx", {}))
    return SENTENCES.get(error["type"], "cette valeur n’est pas comprise.").format(**context)


def is_web(url: str) -> bool:
    """Whether a reader may be sent there: an address of the web, without a password in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return False
