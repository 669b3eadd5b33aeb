"""Each statement: where the group stands, how far apart, and what the next level looks like (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.core.figures import rungs
from apps.core.figures.palette import AXES
from apps.core.figures.svg import Element, Svg, rect
from apps.core.typography import nbsp, number
from apps.diagnostic.disclosure import MEDIAN_FROM
from apps.diagnostic.instrument import Axis, Questionnaire, Statement
from apps.diagnostic.presenters_crossed import Item
from apps.diagnostic.presenters_headline import score_text
from apps.diagnostic.presenters_words import css_of

TOP = 3
FEW, FEW_OUTSIDE = 6, 2  # debates whose figures fit under the table of an axis, on paper
AT_THE_TOP = "Niveau le plus haut : dites comment vous le gardez vivant."


@dataclass(frozen=True, slots=True)
class Line:
    """``hidden`` says why there is no median; then ``median``, ``rung`` and ``next_level`` are empty."""

    code: str
    topic: str
    text: str
    median: str
    rung: Svg | None
    spread: str
    hidden: str
    next_level: str
    next_text: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class AxisPage:
    code: str
    css: str
    name: str
    intro: str
    score: str
    why_no_score: str
    lines: tuple[Line, ...]
    shows_medians: bool
    pillar: bool
    debates: tuple[Item, ...]  # on paper: divergences that are not among the widest

    @property
    def few_debates(self) -> bool:
        return len(self.debates) <= (FEW if self.pillar else FEW_OUTSIDE)

    @property
    def kind(self) -> str:
        return "Un des trois appuis" if self.pillar else "Hors du triangle"


def axis_pages(questionnaire: Questionnaire, payload: Mapping[str, Any], rows: Sequence[Mapping[str, Any]],
               respondents: int, debates: Sequence[Item] = ()) -> tuple[AxisPage, ...]:  # fmt: skip
    by_code = {row["code"]: row for row in rows}
    return tuple(
        _axis_page(
            axis,
            questionnaire,
            payload["axes"].get(axis.code, {}),
            by_code,
            respondents,
            tuple(item for item in debates if item.code[0] == axis.code),
        )
        for axis in questionnaire.axes
    )


def _axis_page(axis: Axis, questionnaire: Questionnaire, score: Mapping[str, Any],
               rows: Mapping[str, Mapping[str, Any]], respondents: int,
               debates: tuple[Item, ...]) -> AxisPage:  # fmt: skip
    value = score.get("score")
    return AxisPage(
        axis.code,
        css_of(axis.code),
        axis.name,
        nbsp(axis.intro),
        score_text(value),
        "" if value is not None else _why_no_score(score.get("coverage")),
        tuple(
            line(s, rows.get(s.code, {}), questionnaire, respondents)
            for s in questionnaire.of_axis(axis.code)
        ),
        respondents >= MEDIAN_FROM,
        axis.pillar,
        debates,
    )


def _why_no_score(coverage: float | None) -> str:
    if coverage is None:
        return "Aucun énoncé de cet axe ne vous concerne."
    return nbsp("Un score demande au moins trois énoncés répondus, et 60 % de l’axe.")


def line(
    statement: Statement, row: Mapping[str, Any], questionnaire: Questionnaire, respondents: int
) -> Line:
    median, spread = row.get("median"), row.get("spread")
    reached = None if median is None else int(median)
    following = TOP if reached is None else min(TOP, reached + 1)
    return Line(
        code=statement.code,
        topic=statement.topic,
        text=nbsp(statement.text),
        median="" if median is None else number(median),
        rung=None if median is None else gauge(median, AXES[statement.code[0]].tone.strong),
        spread="–" if spread is None else str(spread),
        hidden="" if median is not None else _why_hidden(row, respondents),
        next_level="" if median == TOP else questionnaire.scale[following].label,
        next_text=nbsp(AT_THE_TOP if median == TOP else statement.anchors[following]),
        is_wide=bool(spread is not None and spread >= 2),
    )


def _why_hidden(row: Mapping[str, Any], respondents: int) -> str:
    if not row.get("applicable", True):
        return "non concerné"
    if respondents < MEDIAN_FROM:
        return "moins de 3 répondants"
    return "aucun niveau"


def gauge(median: float, colour: str) -> Svg:
    """The staircase of the scale, in the colour of its axis; a median between two levels fills half a step."""
    reached = int(median)
    steps = rungs.draw(reached)
    body = tuple(_painted(step, colour) for step in steps.body)
    if median != reached:
        height = 6 + 6 * reached
        body += (rect(1 + 8 * reached, 19 - height / 2, 6, height / 2, fill=colour),)
    return replace(steps, alt=nbsp(f"Médiane {number(median)} sur 3"), body=body)


def _painted(step: Element, colour: str) -> Element:
    paint = tuple((name, colour if value == "currentColor" else value) for name, value in step.attributes)
    return replace(step, attributes=paint)
