"""Which modules of the platform use a library, found in their source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def sources(*roots: str) -> dict[str, str]:
    """Dotted name → text; migrations left out."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text()
        for root in roots
        for path in sorted((ROOT / root).rglob("*.py"))
        if "migrations" not in path.parts
    }


def imported(tree: ast.Module) -> Iterator[str]:
    """« csv », « urllib.request », « openpyxl.Workbook »…: modules, and names taken from them; anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def users_of(wanted: Iterable[str], *roots: str) -> set[str]:
    """Modules that import one of ``wanted``, or something inside it."""
    heads = tuple(wanted)
    return {
        name
        for name, text in sources(*roots).items()
        if any(head.split(".")[0] in text for head in heads)
        and any(
            one == head or one.startswith(f"{head}.") for one in imported(ast.parse(text)) for head in heads
        )
    }
