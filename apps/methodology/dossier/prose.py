"""A typed text as paragraphs and lists (pure): a line that begins with a dash is a point of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

POINT = re.compile(r"\s*[-–—•*]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Passage:
    """``lines``: of one paragraph, or the points of a list."""

    lines: tuple[str, ...]
    is_list: bool = False


def passages(text: str) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in part.split("\n") if line.strip()]
        for is_list, run in groupby(lines, key=lambda line: bool(POINT.match(line))):
            said = tuple(POINT.sub("", line, count=1).strip() if is_list else line.strip() for line in run)
            found.append(Passage(said, is_list))
    return tuple(found)
