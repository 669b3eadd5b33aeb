"""Reads YAML that someone sends (pure): plain data, no alias, no tag of a program, bounded in depth and size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from apps.editorial.shape import plain
from apps.webinars.exchange.rows import FileError

# Written in C where the library has it: two hundred cases take seconds otherwise.
Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12
LONGEST_NUMBER = 40
MOST_NODES = 300_000


class Loader(Fast):  # type: ignore[misc, valid-type]
    """A key that comes twice is a mistake, not a choice; names lose their hidden characters, as values do later."""

    def construct_scalar(self, node: Any) -> Any:
        return plain(super().construct_scalar(node))

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "un nom de champ est attendu, pas une liste", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"« {key.value} » y est deux fois", key.start_mark
                )
            seen.add(key.value)
        built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return built


def number(kind: str) -> Callable[[Loader, Any], Any]:
    """« 1:1:1… » is a number in base 60, whose reading takes the square of its length."""

    def read(loader: Loader, node: Any) -> Any:
        if len(node.value) > LONGEST_NUMBER:
            raise yaml.constructor.ConstructorError(None, None, "ce nombre est trop long", node.start_mark)
        return getattr(loader, f"construct_yaml_{kind}")(node)

    return read


for _kind in ("int", "float"):
    Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", number(_kind))


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4000]:
        raise FileError("Ce texte n’est pas en UTF-8 : réenregistrez-le en « UTF-8 », puis renvoyez-le.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            "Ce texte n’est pas en UTF-8 : réenregistrez-le en « UTF-8 », puis renvoyez-le."
        ) from error


@dataclass(slots=True)
class Room:
    """What the files of one sending may still hold, all together: a small archive may open into hundreds of long ones."""

    nodes: int = MOST_NODES


def read(content: bytes, name: str, room: Room | None = None) -> Any:
    """FileError names the file, the line and the mistake."""
    text = decoded(content)
    try:
        check(text, name, room or Room())
        return yaml.load(text, Loader=Loader)  # noqa: S506 - a SafeLoader, and stricter
    except FileError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", ligne {mark.line + 1}" if mark else ""
        raise FileError(f"{name}{place} : ce YAML ne se lit pas ({error.problem}).") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise FileError(f"{name} : ce YAML ne se lit pas ({str(error)[:120]}).") from error


def check(text: str, name: str, room: Room) -> None:
    """Before anything is built: an alias may stand for a billion copies, a bracket for a thousand levels."""
    depth = 0
    for event in yaml.parse(text, Loader=Fast):
        room.nodes -= 1
        line = event.start_mark.line + 1 if event.start_mark else "?"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FileError(
                f"{name}, ligne {line} : les ancres et les alias (& et *) ne sont pas acceptés. "
                "Écrivez le texte à chaque endroit."
            )
        if explicit(event):
            raise FileError(
                f"{name}, ligne {line} : ce YAML ne se lit pas (un type y est annoncé par « !! »). "
                "Écrivez la valeur seule."
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or room.nodes < 0:
            raise FileError(f"{name} : ce fichier est trop profond ou trop long pour des fiches.")


def explicit(event: Any) -> bool:
    """A tag asks for a type: its constructor breaks on what is not of that type, instead of refusing it."""
    return getattr(event, "tag", None) is not None
