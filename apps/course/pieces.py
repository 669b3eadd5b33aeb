"""A page cut into pieces that two people may change apart, and put together again (pure).

A piece is a field of the page, a field of one of its parts (« case.title »), or one element of a coded list
(« sections.tripod »). The order of such a list is a piece too, when the two versions do not agree on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from apps.course.sheet import Page
from apps.editorial.curation.conflicts import MINE, Versions

CODED = ("sections", "quiz", "sequences", "sources")
HOLDERS = ("case", "sheet", "exercise", "decision")
APART = ("kind", "slug")
P = TypeVar("P", bound=Any)


def fields(page: Page) -> list[str]:
    return [name for name in type(page).model_fields if name not in APART]


def keys(page: Page, name: str) -> list[str]:
    """The pieces of a coded list, in its order; a code that is there twice has two keys."""
    found: list[str] = []
    for part in getattr(page, name):
        times = sum(key.partition("~")[0] == f"{name}.{part.code}" for key in found)
        found.append(f"{name}.{part.code}~{times + 1}" if times else f"{name}.{part.code}")
    return found


def pieces(page: Page) -> dict[str, Any]:
    """Piece → its value, in the order of the page."""
    found: dict[str, Any] = {}
    for name in fields(page):
        value = getattr(page, name)
        if name in CODED:
            found |= dict(zip(keys(page, name), value, strict=True))
        elif name in HOLDERS:
            found |= {f"{name}.{key}": getattr(value, key) for key in type(value).model_fields}
        else:
            found[name] = value
    return found


def versions(mine: P, theirs: P, started: P | None = None) -> Versions:
    """Both versions and the one they come from, piece by piece."""
    orders = [name for name in CODED if name in fields(mine) and not same_order(mine, theirs, name)]

    def cut(page: Page) -> dict[str, Any]:
        return pieces(page) | {name: common(page, name, mine, theirs) for name in orders}

    return Versions(cut(mine), cut(theirs), cut(started) if started else None)


def common(page: Page, name: str, mine: Page, theirs: Page) -> list[str]:
    both = {*keys(mine, name)} & {*keys(theirs, name)}
    return [key for key in keys(page, name) if key in both]


def same_order(mine: Page, theirs: Page, name: str) -> bool:
    return common(mine, name, mine, theirs) == common(theirs, name, mine, theirs)


def undecided(both: Versions) -> list[str]:
    """The pieces that a person must choose between: both changed them."""
    return [name for name in both.differing if both.who(name) in ("both", "unknown")]


def settled(both: Versions) -> dict[str, str]:
    """Piece → whose version stays, where only one of them changed it."""
    return {name: who for name in both.differing if (who := both.who(name)) in ("mine", "theirs")}


def merged(mine: P, theirs: P, kept: Mapping[str, str]) -> P:
    """Their page with the pieces of mine that ``kept`` says."""
    own, others = pieces(mine), pieces(theirs)
    chosen = {
        key: (own if kept.get(key) == MINE else others).get(key) for key in dict.fromkeys([*others, *own])
    }
    update: dict[str, Any] = {}
    for name in fields(theirs):
        if name in CODED:
            first, second = keys(theirs, name), keys(mine, name)
            order = together(second, first) if kept.get(name) == MINE else together(first, second)
            update[name] = [part for key in order if (part := chosen[key]) is not None]
        elif name in HOLDERS:
            held = getattr(theirs, name)
            update[name] = held.model_copy(
                update={key: chosen[f"{name}.{key}"] for key in type(held).model_fields}
            )
        else:
            update[name] = chosen[name]
    result: P = theirs.model_copy(update=update)
    return result


def together(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """All of ``first`` in its order; what only ``second`` has follows what it follows there."""
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            order.insert(order.index(second[place - 1]) + 1 if place else 0, key)
    return order
