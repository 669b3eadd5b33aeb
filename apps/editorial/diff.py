"""What changed between two lists of texts (pure): element by element, then word by word. Nothing is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["", "ins", "del"]
Kind = Literal["same", "changed", "added", "removed"]
WORD = re.compile(r"\S+\s*|\s+")
# Beyond, a text is shown whole on both sides: comparing word by word would take seconds.
MOST_WORDS = 1200
# Two elements under it have nothing in common: one went, the other came.
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept (""), removed or added."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One element of a field: a paragraph, a speaker, a figure."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.mark != "ins")

    @property
    def after(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.mark != "del")


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose texts differ."""

    field: str
    rows: tuple[Row, ...]

    @property
    def told(self) -> tuple[Row, ...]:
        """The rows that changed."""
        return tuple(row for row in self.rows if row.kind != "same")

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.told)

    @property
    def before(self) -> list[tuple[Piece, ...]]:
        """Each element as it was, what went marked; empty when there was nothing."""
        return [row.before for row in self.rows if row.before]

    @property
    def after(self) -> list[tuple[Piece, ...]]:
        return [row.after for row in self.rows if row.after]


def changes(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> list[Change]:
    """In the order of ``after``; only the fields that differ."""
    return [
        Change(field, tuple(rows(before.get(field, ()), texts)))
        for field, texts in after.items()
        if list(before.get(field, ())) != list(texts)
    ]


def rows(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    """Elements in reading order, removed ones where they were."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Row("same", (Piece("", text),)) for text in after[j1:j2])
        else:
            yield from replaced(before[i1:i2], after[j1:j2])


def replaced(gone: Sequence[str], come: Sequence[str]) -> Iterator[Row]:
    """In a block that changed, elements of the same rank are told word by word when they look alike."""
    for old, new in zip(gone, come, strict=False):
        pieces = words(old, new)
        kept = sum(len(piece.text) for piece in pieces if not piece.mark)
        if kept >= ALIKE * max(len(old), len(new)) or len(gone) == len(come) == 1:
            yield Row("changed", pieces)
        else:
            yield from (removed(old), added(new))
    yield from (removed(text) for text in gone[len(come) :])
    yield from (added(text) for text in come[len(gone) :])


def added(text: str) -> Row:
    return Row("added", (Piece("ins", text),))


def removed(text: str) -> Row:
    return Row("removed", (Piece("del", text),))


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Joined without the added pieces it reads ``before``, without the removed ones ``after``."""
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return tuple(piece for piece in (Piece("del", before), Piece("ins", after)) if piece.text)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("del", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("ins", "".join(new[j1:j2])))
    return tuple(pieces)
