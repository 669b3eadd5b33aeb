"""What a closed diagnostic puts on the table: only what its own page shows, the widest divergence first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from apps.core.figures.palette import AXES
from apps.core.figures.svg import Svg
from apps.core.typography import nbsp
from apps.diagnostic.levers import Chooser
from apps.diagnostic.models import Lever, Result
from apps.diagnostic.presenters_crossed import Item, crossed
from apps.diagnostic.presenters_levers import why
from apps.diagnostic.presenters_words import css_of
from apps.diagnostic.selectors import questionnaire

# Minutes of debate by width of the divergence, as the guide of the step gives them; an opening question takes the least.
MINUTES = {"3": 15, "2": 10}
LEAST = 10
WORKSHOP = 60


@dataclass(frozen=True, slots=True)
class Point:
    """``axis``: a key of the palette and a class of the pages. ``said``, ``svg``: of the result, for its readers only.

    ``fits``: within an hour with those before it.
    """

    code: str
    axis: str
    topic: str
    text: str
    question: str
    minutes: int
    said: str = ""
    svg: Svg | None = None
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Agenda:
    """``title``, ``text`` and ``rule`` are the result page’s own. ``divide``: False for questions that only open the talk."""

    title: str
    text: str
    rule: str
    divide: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A lever as the result page shows it. ``pillar``: "" for a statement of no pillar."""

    code: str
    axis: str
    pillar: str
    title: str
    text: str
    why: str


def agenda(result: Result) -> Agenda:
    """No query when people disagree; 1 when the result has no divergence to show: then the levers’ questions."""
    asked = questionnaire(result.campaign.instrument)
    shown = crossed(asked, result.payload, result.statements, result.respondent_count)
    items = [*shown.widest, *shown.others]
    points = [divergence(item) for item in items] or openings(result)
    return Agenda(shown.title, shown.text, shown.rule, bool(items), within_an_hour(points))


def divergence(item: Item) -> Point:
    minutes = MINUTES.get(item.spread, LEAST)
    return Point(item.code, item.css, item.topic, item.text, item.debate, minutes, item.said, item.svg)


def openings(result: Result) -> list[Point]:
    asked = questionnaire(result.campaign.instrument)
    statements = [asked.statement(lever.code) for lever in proposed(result)]
    return [
        Point(one.code, css_of(one.code), one.topic, nbsp(one.text), nbsp(one.debate), LEAST)
        for one in statements
    ]


def within_an_hour(points: list[Point]) -> tuple[Point, ...]:
    ends = accumulate(point.minutes for point in points)
    return tuple(replace(point, fits=end <= WORKSHOP) for point, end in zip(points, ends, strict=True))


def proposed(result: Result) -> tuple[Proposed, ...]:
    """The levers of the result page, chosen and explained by the same functions. 1 query."""
    levers = Lever.objects.in_bulk()
    asked = questionnaire(result.campaign.instrument)
    chosen = Chooser(
        result.payload, result.statements, result.respondent_count, asked, levers.keys()
    ).choose()
    return tuple(
        Proposed(
            code=one.statement,
            axis=css_of(one.statement),
            pillar=pillar_of(one.statement),
            title=levers[one.statement].title,
            text=levers[one.statement].text,
            why=nbsp(why(one)),
        )
        for one in chosen
    )


def pillar_of(code: str) -> str:
    """« A7 » → human; "" for an axis that is no pillar."""
    return AXES[code[0]].key if code[0] in "ABC" else ""
