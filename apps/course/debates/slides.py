"""A sequence of the module as a slide: what the projector and the console share."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.figures.svg import Svg
from apps.course import figures, sheet
from apps.course.figures.read import IncompleteError


@dataclass(frozen=True, slots=True)
class Slide:
    """``number`` from 1."""

    number: int
    count: int
    title: str
    minutes: int
    headline: str
    lines: list[str]
    figure: Svg | None
    figure_title: str
    figure_text: str


def slide(module: sheet.Module, place: int) -> Slide:
    """2 queries at most, for the figure."""
    count = len(module.sequences)
    place = min(place, count - 1)
    part = module.sequences[place]
    return Slide(
        number=place + 1,
        count=count,
        title=part.title,
        minutes=part.minutes,
        headline=part.headline,
        lines=part.lines,
        figure=drawn(part.figure),
        figure_title=part.figure_title,
        figure_text=part.figure_text,
    )


def drawn(code: str) -> Svg | None:
    """None when the module names none, or one that no longer is: the slide goes on without it."""
    try:
        return figures.draw(code) if code else None
    except (KeyError, IncompleteError):
        return None
