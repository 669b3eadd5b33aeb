"""The printed sheet: what a worker turns into a PDF/UA file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from apps.core.figures import emblem
from apps.course import sheet
from apps.course.models import Page
from apps.documents.registry import DocumentSource

# When a table says neither its rows nor how many.
BLANK_ROWS = 4
# A table up to here stays on one page.
SHORT_TABLE = 6
# Millimetres, as the style sheet draws them: the page without its margins, what stands before the blocks and after
# them, the head of a block, a row, a ruled line, a box to tick.
PAGE, AROUND, HEAD, ROW, RULE, BOX = 269, 66, 14, 9.6, 9, 6


@dataclass(frozen=True, slots=True)
class Row:
    """``name``: its first cell, "" when it is blank too. ``blanks``: one item a cell to fill."""

    name: str
    blanks: range


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block and, for a table, its rows; for lines, one item a line."""

    block: sheet.Block
    rows: list[Row]
    lines: range

    @property
    def is_short(self) -> bool:
        return len(self.rows) <= SHORT_TABLE

    @property
    def height(self) -> float:
        """About how many millimetres it takes when set close."""
        boxes = 0 if self.block.kind == "table" else len(self.block.items)
        return HEAD + ROW * len(self.rows) + RULE * len(self.lines) + BOX * boxes


def rows(block: sheet.Block) -> list[Row]:
    """Named rows first, then ``lines`` blank ones; a table without either gets a few."""
    after = range(len(block.columns) - 1)
    named = [Row(name, after) for name in block.items]
    blank = block.lines or (0 if named else BLANK_ROWS)
    return [*named, *(Row("", after) for _ in range(blank))]


def views(said: sheet.PracticalSheet) -> list[BlockView]:
    return [
        BlockView(block, rows(block) if block.kind == "table" else [], range(block.lines))
        for block in said.blocks
    ]


def is_long(blocks: list[BlockView]) -> bool:
    """Whether it takes a second page: then there is room to write larger."""
    return AROUND + sum(view.height for view in blocks) > PAGE


def build(page_id: UUID) -> DocumentSource:
    """Run by a worker. Page.DoesNotExist, or ValueError for a page that is no step: neither has a sheet."""
    page = Page.objects.get(pk=page_id, sheet__isnull=False)
    step = sheet.read(page.sheet)
    if not isinstance(step, sheet.Step) or page.published_at is None:
        raise ValueError(f"{page.slug} has no practical sheet")
    return DocumentSource(html(step), page.published_at)


def html(step: sheet.Step) -> str:
    address = f"{settings.SITE_URL}{reverse('course:step', args=[step.slug])}"
    blocks = views(step.sheet)
    return render_to_string(
        "course/practical_paper.html",
        {
            "step": step,
            "said": step.sheet,
            "blocks": blocks,
            "is_long": is_long(blocks),
            "emblem": emblem.logo(),
            "full_address": address,
            "address": address.split("://", 1)[-1],
            "site_name": settings.SITE_NAME,
        },
    )
