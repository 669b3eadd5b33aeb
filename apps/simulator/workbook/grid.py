"""The sheets before they have a format (pure): cells with a content and a named style. Rows and columns from 1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.core.microtypography import nbsp
from apps.core.spreadsheets import one_line
from apps.simulator.workbook.counting import Result
from apps.simulator.workbook.formula import Formula, Ref, Span

Content = Formula | float | int | Decimal | str | date | None
# Not drawn yet: a formula that asks for itself would go round for ever.
PENDING = object()


def clean(text: str) -> str:
    """On one line, no formula, French spaces, and none of the characters that XML has no place for."""
    return nbsp(one_line(text))


@dataclass(slots=True)
class Cell:
    """``style``: a key of ``styles.STYLES``."""

    content: Content
    style: str
    kept: object = None
    is_kept: bool = False

    def result(self) -> Result:
        """What a spreadsheet shows here. RecursionError when the cell depends on itself."""
        if not isinstance(self.content, Formula):
            return self.content
        if not self.is_kept:
            if self.kept is PENDING:
                raise RecursionError("a formula depends on itself")
            self.kept = PENDING
            self.kept, self.is_kept = self.content.result(), True
        return self.kept  # type: ignore[return-value]


@dataclass(slots=True, eq=False)
class Sheet:
    """``name``: 31 characters at most, without []:*?/\\ nor apostrophe. ``frozen``: the first cell that scrolls.

    ``heads``: rows repeated on each printed page; ``pages_wide``: across how many pages it is printed, 0 for as many as needed.
    """

    name: str
    widths: dict[int, float] = field(default_factory=dict)
    frozen: tuple[int, int] = (1, 1)
    heads: tuple[int, int] | None = None
    pages_wide: int = 1
    is_landscape: bool = True
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    # What an input cell takes: the least and the most of a whole number, or words between commas.
    limits: dict[tuple[int, int], tuple[int, int] | str] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Content, style: str = "text") -> Ref:
        """A text is only ever a text: people type some of them."""
        self.cells[row, column] = Cell(clean(content) if isinstance(content, str) else content, style)
        return Ref(self, row, column)

    def line(self, row: int, column: int, contents: Iterable[Content], style: str) -> Span:
        """Side by side from ``column``; at least one."""
        refs = [self.put(row, column + i, content, style) for i, content in enumerate(contents)]
        return Span(refs[0], refs[-1])

    def ref(self, row: int, column: int) -> Ref:
        return Ref(self, row, column)

    def result(self, row: int, column: int) -> Result:
        cell = self.cells.get((row, column))
        return cell.result() if cell else None

    @property
    def last(self) -> tuple[int, int]:
        return max(row for row, _ in self.cells), max(column for _, column in self.cells)
