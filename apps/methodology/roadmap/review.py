"""The yearly review on paper: what it says, the indicators beside what was planned, the actions, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.figures import emblem
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.microtypography import nbsp
from apps.core.typography import date_long
from apps.documents.registry import DocumentSource
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.models import Engagement, Item
from apps.methodology.roadmap import follow_up, pitch, reading
from apps.methodology.roadmap.looked_at import Group, Measure, groups, measures
from apps.methodology.tools.follow_up import INDICATOR, READING, REVIEW
from apps.methodology.tools.roadmap import ACTION
from apps.methodology.tools.specs import FieldType, Kind
from apps.methodology.tools.target import TARGET

TEXTS = [field for field in REVIEW.fields if field.type == FieldType.TEXT]
LINE_BREAKS = 40  # kept in a text, for the pages to be counted; the lines after them follow one another
TO_SIGN = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the review. ``text``: "" when it is to be written."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """``on``: the day of the review, None when it is to be chosen; ``at``: the day its actions are looked at."""

    title: str
    on: date | None
    at: date
    who: str
    parts: tuple[Part, ...]
    measures: tuple[Measure, ...]
    groups: tuple[Group, ...]
    triangle: Svg | None
    target: str
    next_on: date | None
    missing: tuple[str, ...]
    is_empty: bool


def kinds() -> tuple[Kind, ...]:
    return REVIEW, INDICATOR, READING, ACTION, TARGET


def row_of(sheet: Sheet, review: UUID) -> Row | None:
    """None for a review of another démarche, or one that was removed."""
    return next((row for row in sheet.rows("review") if row.id == review), None)


def of_sheet(sheet: Sheet, row: Row, today: date | None = None) -> Paper:
    """``sheet``: of ``kinds()``. 1 query beside the sheet's: the names of the team."""
    today = today or timezone.localdate()
    on = reading.day(row.get("date"))
    at = min(on or today, today)  # nobody knows what will be done by a day ahead
    balance = sheet.single("target").get("balance")
    return Paper(
        title=f"Revue annuelle du {date_long(on)}" if on else "Revue annuelle",
        on=on,
        at=at,
        who=str(row.get("who")),
        parts=tuple(Part(field.label, bounded(str(row.get(field.code)))) for field in TEXTS),
        measures=measures([follow_up.indicator(sheet, one) for one in sheet.rows("indicator")], on or today),
        groups=groups(reading.actions(sheet), at),
        triangle=pitch.triangle(balance) if balance else None,
        target=shares(balance) if balance else "",
        next_on=reading.day(row.get("next_on")),
        missing=tuple(field.label for field in REVIEW.fields if not row.get(field.code)),
        is_empty=not any(row.get(field.code) for field in REVIEW.fields),
    )


def bounded(text: str) -> str:
    """All its letters, but not two thousand lines of one letter."""
    lines = text.split("\n")
    rest = " ".join(filter(None, map(str.strip, lines[LINE_BREAKS:])))
    return "\n".join([*lines[:LINE_BREAKS], *([rest] if rest else [])])


def shares(balance: Sequence[int]) -> str:
    human, financial, alliances = (share / 100 for share in balance)
    return nbsp(Shares(human, financial, alliances).sentence())


def html(engagement: Engagement, found: Paper) -> str:
    """The whole page that a worker turns into PDF/UA. ``engagement``: with its organisation."""
    context: dict[str, Any] = {
        "engagement": engagement,
        "organisation": engagement.organisation,
        "paper": found,
        "today": timezone.localdate(),
        "blanks": range(TO_SIGN),
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
    }
    return render_to_string("methodology/roadmap/review_paper.html", context)


def build(review: UUID) -> DocumentSource:
    """Run by a worker. Item.DoesNotExist when it was removed or erased meanwhile."""
    item = Item.objects.select_related("engagement__organisation").get(pk=review, gone_at=None)
    sheet = reading.for_paper(item.engagement, kinds())
    row = row_of(sheet, review)
    if row is None:
        raise Item.DoesNotExist
    return DocumentSource(html(item.engagement, of_sheet(sheet, row)), timezone.now())
