"""A page told as texts, piece by piece, with names instead of codes: what histories and conflicts compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from apps.catalogue.enums import Audience
from apps.catalogue.provenance import STATUSES
from apps.core.microtypography import NO_BREAK
from apps.course import pieces
from apps.course.curation.forms.heads import AXES
from apps.course.curation.forms.lines import BlockLine, PromptLine
from apps.course.curation.wording import FIELDS, INNER, NAMED
from apps.course.figures import FIGURES
from apps.editorial.curation.conflicts import Versions
from apps.editorial.shape import Part

CODES: dict[str, dict[str, str]] = {
    "status": STATUSES,
    "figure": {code: figure.name for code, figure in FIGURES.items()},
    "axis": dict(AXES),
    "audience": {str(code): str(name) for code, name in Audience.choices},
    "kind": {
        **dict(BlockLine.base_fields["kind"].choices),  # type: ignore[attr-defined]
        **{code: name for code, name in PromptLine.base_fields["kind"].choices if code != "text"},  # type: ignore[attr-defined]
    },
}
Texts = dict[str, list[str]]


def tell(both: Versions) -> tuple[Texts, Texts]:
    """Their version and mine, in the same order."""
    names = list(dict.fromkeys([*both.theirs, *both.mine]))
    titles = {key: title(both.mine.get(key) or both.theirs.get(key)) for key in names if is_element(key)}
    theirs, mine = (
        {name: list(texts(name, values.get(name), titles)) for name in names}
        for values in (both.theirs, both.mine)
    )
    return theirs, mine


def labels(both: Versions) -> dict[str, str]:
    """Piece → how the form calls it."""
    names = dict.fromkeys([*both.theirs, *both.mine])
    return {name: label(name, both.mine.get(name) or both.theirs.get(name)) for name in names}


def is_element(name: str) -> bool:
    field, _, inner = name.partition(".")
    return bool(inner) and field in pieces.CODED


def label(name: str, value: Any) -> str:
    field, _, inner = name.partition(".")
    if not inner:
        return f"{FIELDS[field]}{NO_BREAK}: ordre" if field in pieces.CODED else FIELDS[field]
    if field in pieces.CODED:
        return f"{NAMED[field]} «{NO_BREAK}{title(value)}{NO_BREAK}»"
    return f"{FIELDS[field]}, {INNER[inner].lower()}"


def title(part: Any) -> str:
    """What a person knows an element by."""
    said = (getattr(part, name, "") for name in ("title", "prompt", "label", "code"))
    return next((text for text in said if text), "sans titre")


def texts(name: str, value: Any, titles: dict[str, str]) -> Iterator[str]:
    if name in pieces.CODED:
        yield from (titles[key] for key in value or [])
    elif isinstance(value, Part):
        yield from part(value)
    elif isinstance(value, list) and value and isinstance(value[0], Part):
        yield from ("\n".join(part(one)) for one in value)
    elif isinstance(value, list):
        yield from words(name, value)
    elif value is not None:
        yield from (text for text in words(name, [value])[0].split("\n\n") if text)


def part(value: Part) -> Iterator[str]:
    """Each field on its own line, with its name; paragraphs apart; then what it is made of."""
    for name in type(value).model_fields:
        said = getattr(value, name)
        if name == "code" or said in ("", [], False, None):
            continue
        if isinstance(said, list) and isinstance(said[0], Part):
            yield from ("\n".join(part(one)) for one in said)
        elif isinstance(said, list):
            yield labelled(name, "\n".join(("", *words(name, said))))
        elif name in ("body", "notes"):
            yield from said.split("\n\n")
        else:
            yield labelled(name, words(name, [said])[0])


def labelled(name: str, text: str) -> str:
    return f"{INNER.get(name, name)}{NO_BREAK}: {text}"


def words(name: str, values: Iterable[Any]) -> list[str]:
    known = CODES.get(name.rpartition(".")[2], {})
    return [
        "oui" if value is True else "non" if value is False else known.get(str(value), str(value))
        for value in values
    ]
