"""The result of a vote drawn for paper (pure): a bar a choice, its words above, its number at the end."""

from __future__ import annotations

from apps.core.figures.palette import EDGE, INK, LEAF
from apps.core.figures.svg import Element, Svg, rect, text
from apps.core.microtypography import nbsp
from apps.core.typography import count
from apps.course.debates.asks import Line, Tally
from apps.course.figures.kit import paragraph, wrapped

WIDTH, BAR, SIZE, GAP = 640, 18, 17, 14
LEADING = 1.3
ROOM = 130  # for the number at the end of a bar


def draw(tally: Tally) -> Svg:
    body: list[Element] = []
    y = 0.0
    for line in tally.lines:
        words = nbsp(line.label)
        body += paragraph((0, y + SIZE), words, WIDTH - ROOM, size=SIZE)
        y += len(wrapped(words, WIDTH - ROOM, SIZE)) * SIZE * LEADING + 4
        body += bar(line, y)
        y += BAR + GAP
    rows = tuple((line.label, str(line.ballots), f"{line.percent}\u202f%") for line in tally.lines)
    return Svg(WIDTH, y, told(tally), tuple(body), ("Réponse", "Voix", "Part"), rows)


def bar(line: Line, y: float) -> list[Element]:
    room = WIDTH - ROOM
    number = text((room + 12, y + BAR - 3), said(line), size=SIZE, fill=INK, font_weight=700)
    track = rect(0, y, room, BAR, fill=LEAF, stroke=EDGE, stroke_width=1)
    return [track, rect(0, y, float(room * line.share), BAR, fill=INK), number]


def said(line: Line) -> str:
    """« 12 · 40 % »."""
    return f"{line.ballots} · {line.percent}\u202f%"


def told(tally: Tally) -> str:
    """The whole result in a sentence."""
    parts = "\u202f; ".join(f"{nbsp(line.label)}\u00a0: {said(line)}" for line in tally.lines)
    return f"{nbsp(tally.ask.prompt)} {count(tally.total, 'réponse', 'réponses')}. {parts}."
