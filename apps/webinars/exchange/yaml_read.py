"""Reads YAML that someone sends (pure): plain data, no alias, no tag of a program, bounded in depth and size."""

from __future__ import annotations

from typing import Any

import yaml

from apps.webinars.exchange.rows import FileError

# Written in C where the library has it: two hundred cases take seconds otherwise.
Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12
MOST_NODES = 300_000


class Loader(Fast):  # type: ignore[misc, valid-type]
    """A key that comes twice is a mistake, not a choice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen if isinstance(key, yaml.ScalarNode) else True:
                raise yaml.constructor.ConstructorError(
                    None, None, f"« {getattr(key, 'value', '?')} » y est deux fois", key.start_mark
                )
            seen.add(key.value)
        built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return built


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4000]:
        raise FileError("Ce texte n’est pas en UTF-8 : réenregistrez-le en « UTF-8 », puis renvoyez-le.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            "Ce texte n’est pas en UTF-8 : réenregistrez-le en « UTF-8 », puis renvoyez-le."
        ) from error


def read(content: bytes, name: str) -> Any:
    """FileError names the file, the line and the mistake."""
    text = decoded(content)
    try:
        check(text, name)
        return yaml.load(text, Loader=Loader)  # noqa: S506 - a SafeLoader, and stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", ligne {mark.line + 1}" if mark else ""
        raise FileError(f"{name}{place} : ce YAML ne se lit pas ({error.problem}).") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise FileError(f"{name} : ce YAML ne se lit pas ({str(error)[:120]}).") from error


def check(text: str, name: str) -> None:
    """Before anything is built: an alias may stand for a billion copies, a bracket for a thousand levels."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=Fast)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1 if event.start_mark else "?"
            raise FileError(
                f"{name}, ligne {line} : les ancres et les alias (& et *) ne sont pas acceptés. "
                "Écrivez le texte à chaque endroit."
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or count > MOST_NODES:
            raise FileError(f"{name} : ce fichier est trop profond ou trop long pour des fiches.")
