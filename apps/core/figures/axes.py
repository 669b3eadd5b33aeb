"""Scores of the axes from 0 to 100: the full shape is now, the ring is the previous campaign."""

from dataclasses import dataclass

from apps.core.figures.marks import shape
from apps.core.figures.palette import AXES, EDGE, INK_SOFT, LEAF, LINE
from apps.core.figures.svg import Element, Svg, circle, line, text
from apps.core.microtypography import nbsp
from apps.core.typography import Number, exact, number

WIDTH, ROW, FOOT = 440, 72, 16
START, END = 18, 364  # x of 0 and of 100; the score stands after
MISSING = "non calculé"
TICKS = ((0.0, "0"), (100 / 3, "33"), (200 / 3, "67"), (100.0, "100"))


@dataclass(frozen=True)
class Score:
    """0 to 100, or None when it could not be computed."""

    axis: str  # A to E
    now: Number | None
    previous: Number | None = None

    def text(self) -> str:
        return MISSING if self.now is None else number(self.now, 1)

    def previous_text(self) -> str:
        return MISSING if self.previous is None else number(self.previous, 1)


@dataclass(frozen=True)
class Axes:
    """Without `previous_label`, previous scores are neither drawn nor said."""

    scores: tuple[Score, ...]
    label: str
    previous_label: str = ""


def draw(data: Axes) -> Svg:
    """ValueError for a score outside 0 to 100."""
    with_previous = bool(data.previous_label)
    when = f"en {data.previous_label} puis en {data.label}" if with_previous else f"en {data.label}"
    body = [e for rank, score in enumerate(data.scores) for e in _row(score, 46 + ROW * rank, with_previous)]
    base = ROW * len(data.scores)
    for value, label in TICKS:
        body.append(text((_x(value), base + 8), label, size=15, fill=INK_SOFT, text_anchor="middle"))
    columns = (data.previous_label, data.label) if with_previous else (data.label,)
    return Svg(
        WIDTH,
        base + FOOT,
        nbsp(
            f"Scores par axe, de 0 à 100, {when}. {' ; '.join(_said(s, with_previous) for s in data.scores)}."
        ),
        tuple(body),
        ("Axe", *columns),
        tuple((AXES[s.axis].name, *_cells(s, with_previous)) for s in data.scores),
    )


def _cells(score: Score, with_previous: bool) -> tuple[str, ...]:
    return (score.previous_text(), score.text()) if with_previous else (score.text(),)


def _said(score: Score, with_previous: bool) -> str:
    return f"{AXES[score.axis].name} : {' puis '.join(_cells(score, with_previous))}"


def _x(value: Number) -> float:
    exactly = exact(value)
    if not 0 <= exactly <= 100:
        raise ValueError("a score goes from 0 to 100")
    return START + (END - START) * float(exactly) / 100


def _row(score: Score, y: float, with_previous: bool) -> list[Element]:
    axis = AXES[score.axis]
    colour = axis.tone.strong
    dash = {"stroke_dasharray": "4 6"} if score.now is None else {}
    drawn = [
        shape(axis.shape, (13, y - 28), 7, fill=colour),
        text((31, y - 22), axis.name, size=17, font_weight=600),
        line((START, y), (END, y), EDGE if score.now is None else LINE, 2, **dash),
        *(line((_x(tick), y - 5), (_x(tick), y + 5), EDGE, 1.5) for tick, _ in TICKS),
    ]
    before = _x(score.previous) if with_previous and score.previous is not None else None
    if score.now is None:
        ring = [] if before is None else [_ring(before, y, 6.5, colour)]
        return [*drawn, *ring, text((438, y - 22), MISSING, size=16, fill=INK_SOFT, text_anchor="end")]
    now = _x(score.now)
    if before is not None:
        # Nearly the same score: the ring goes round the shape instead of under it.
        drawn += [
            line((before, y), (now, y), colour, 5),
            _ring(before, y, 14 if abs(now - before) < 7 else 6.5, colour),
        ]
    drawn.append(shape(axis.shape, (now, y), 10, fill=colour))
    drawn.append(text((438, y + 7), score.text(), size=20, font_weight=700, text_anchor="end"))
    return drawn


def _ring(x: float, y: float, radius: float, colour: str) -> Element:
    return circle((x, y), radius, fill=LEAF, stroke=colour, stroke_width=2.5)
