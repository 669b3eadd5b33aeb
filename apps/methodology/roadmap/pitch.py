"""The model told on one page: what it holds, and letters small enough for it to stay one page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.figures import emblem, ternary
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.pdf import render_pdf
from apps.documents.registry import DocumentSource
from apps.methodology.bench.sheet import Sheet
from apps.methodology.models import Engagement
from apps.methodology.roadmap import reading
from apps.methodology.tools.follow_up import PITCH
from apps.methodology.tools.target import TARGET

PILLARS = (
    ("human", "Richesses humaines"),
    ("financial", "Ressources financières"),
    ("alliances", "Alliances"),
)
# From the largest letters to the smallest; in the last one, lines follow each other without a break.
SIZES = ("huge", "large", "medium", "small", "tiny", "tight")
# About how many letters a line holds, and how many lines a page, at each size: a rendering that has no chance to fit
# is not tried, for a worker has forty seconds.
ROOM = {"huge": (70, 40), "large": (82, 48), "medium": (94, 56), "small": (106, 64), "tiny": (120, 72)}
FURNITURE = 14  # lines of titles and spaces
HOPE = 1.4  # how far this count may be wrong


@dataclass(frozen=True, slots=True)
class Pillar:
    code: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Pitch:
    """``triangle``: the balance that is aimed at, None before it is chosen."""

    need: str
    answer: str
    pillars: tuple[Pillar, ...]
    proof: str
    trajectory: str
    ask: str
    triangle: Svg | None

    @property
    def is_empty(self) -> bool:
        return not any(self.texts)

    @property
    def texts(self) -> list[str]:
        return [
            self.need,
            self.answer,
            *(one.text for one in self.pillars),
            self.proof,
            self.trajectory,
            self.ask,
        ]


def kinds() -> tuple[Any, ...]:
    return PITCH, TARGET


def of_sheet(sheet: Sheet) -> Pitch:
    """``sheet``: of ``kinds()``. No query."""
    row = sheet.single("pitch")
    balance = sheet.single("target").get("balance")
    return Pitch(
        need=row.get("need"),
        answer=row.get("answer"),
        pillars=tuple(Pillar(code, name, row.get(code)) for code, name in PILLARS),
        proof=row.get("proof"),
        trajectory=row.get("trajectory"),
        ask=row.get("ask"),
        triangle=triangle(balance) if balance else None,
    )


def triangle(balance: list[int]) -> Svg:
    human, financial, alliances = (share / 100 for share in balance)
    return ternary.draw(ternary.Ternary(Shares(human, financial, alliances), "visé"))


def html(engagement: Engagement, pitch: Pitch, size: str = SIZES[0]) -> str:
    """The whole page. ``engagement``: with its organisation."""
    context = {
        "engagement": engagement,
        "organisation": engagement.organisation,
        "pitch": run_on(pitch) if size == SIZES[-1] else pitch,
        "size": size,
        "emblem": emblem.logo(),
        "site_name": settings.SITE_NAME,
        "today": timezone.localdate(),
    }
    return render_to_string("methodology/roadmap/pitch_paper.html", context)


def run_on(pitch: Pitch) -> Pitch:
    """The same without line breaks: two hundred lines of one letter would fill any page."""
    return Pitch(
        need=joined(pitch.need),
        answer=joined(pitch.answer),
        pillars=tuple(replace(one, text=joined(one.text)) for one in pitch.pillars),
        proof=joined(pitch.proof),
        trajectory=joined(pitch.trajectory),
        ask=joined(pitch.ask),
        triangle=pitch.triangle,
    )


def joined(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def lines(pitch: Pitch, letters: int, room: int) -> int:
    """About how many lines it takes, ``letters`` to a line; it stops counting well over ``room``."""

    def of(text: str, width: int) -> int:
        return sum(max(1, -(-len(line) // width)) for line in text.split("\n")[: room * 2])

    beside = letters * 2 // 3 if pitch.triangle else letters
    pillars = max(of(one.text, letters // 4) for one in pitch.pillars)
    after = of(pitch.proof, beside) + of(pitch.trajectory, beside)
    return (
        FURNITURE
        + of(pitch.need, letters)
        + of(pitch.answer, letters * 3 // 4)
        + pillars
        + after
        + of(pitch.ask, letters)
    )


def on_one_page(engagement: Engagement, pitch: Pitch) -> str:
    """With the largest letters that keep it on one page."""
    now = timezone.now()
    for size in SIZES[:-1]:
        if lines(pitch, *ROOM[size]) > ROOM[size][1] * HOPE:
            continue
        written = html(engagement, pitch, size)
        if render_pdf(written, at=now).pages == 1:
            return written
    return html(engagement, pitch, SIZES[-1])


def build(engagement_id: UUID) -> DocumentSource:
    """Run by a worker. Engagement.DoesNotExist when it was erased meanwhile."""
    engagement = Engagement.objects.select_related("organisation").get(pk=engagement_id)
    pitch = of_sheet(reading.for_paper(engagement, kinds()))
    return DocumentSource(on_one_page(engagement, pitch), timezone.now())
