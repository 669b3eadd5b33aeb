"""What the pages of levers and partnerships ask of their sheet."""

from __future__ import annotations

from django import template

from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.levers.show import partner
from apps.methodology.levers.square import STEPS, Partner
from apps.methodology.levers.tree import branch_names

register = template.Library()


@register.simple_tag
def branches(sheet: Sheet) -> list[str]:
    """Those that the tree has, to choose from. No query."""
    return branch_names(row.get("branch") or "" for row in sheet.rows("lever"))


@register.simple_tag
def partner_line(sheet: Sheet, row: Row) -> Partner:
    """A partnership in a few words. No query."""
    return partner(sheet, row, 0)


@register.simple_tag
def partnership_steps() -> int:
    return STEPS
