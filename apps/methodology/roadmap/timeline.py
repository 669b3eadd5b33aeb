"""The actions on a calendar (pure): one lane a pillar, a bar from start to due date, its name above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.figures.lettering import text_width
from apps.core.figures.marks import shape
from apps.core.figures.palette import ACCENT_DEEP, DANGER, EDGE, INK, INK_SOFT, LEAF, LINE, NEUTRAL
from apps.core.figures.palette import PILLARS as AXES
from apps.core.figures.svg import Element, Svg, el, line, rect, text
from apps.core.typography import date_long
from apps.methodology.roadmap.periods import QUARTER, YEAR, Span, month_of
from apps.methodology.roadmap.rules import Action

WIDTH, ROW, BAR, HEAD, TITLE = 960, 40, 12, 52, 40
SIZE, GAP, LEAST = 15, 14, 10  # of names; between two; the shortest bar
LONGEST = 34  # letters of a name
TONES = {axis.key: axis for axis in AXES}
NO_PILLAR = "Sans pilier"
STATES = {"done": "Faite", "late": "En retard", "doing": "En cours", "dropped": "Abandonnée", "": "À faire"}
HEADER = ("Action", "Pilier", "Qui", "Début", "Échéance", "Où elle en est")


@dataclass(frozen=True, slots=True)
class Spot:
    """An action in its lane: its bar from ``x`` to ``end``, its name from ``left``, on row ``row``."""

    action: Action
    x: float
    end: float
    label: str
    left: float
    right: float
    row: int = 0


def state_of(action: Action, today: date) -> str:
    if action.is_dropped:
        return "dropped"
    if action.is_done:
        return "done"
    if action.is_late(today):
        return "late"
    return "doing" if action.progress == "doing" else ""


def pillar_name(action: Action) -> str:
    return TONES[action.pillar].name if action.pillar in TONES else NO_PILLAR


def shortened(title: str, most: int = LONGEST) -> str:
    """Cut between two words where it can be."""
    if len(title) <= most:
        return title
    cut = title[: most - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{(head if space and len(head) > most // 2 else cut).rstrip(' ,;:')}…"


def draw(actions: Sequence[Action], span: Span, today: date, alt: str) -> Svg:
    """Dated actions that meet the span are drawn; the table has all that are not dropped."""
    kept = [action for action in actions if not action.is_dropped]
    body: list[Element] = []
    y = float(HEAD)
    for key in (*TONES, ""):
        spots = packed(
            [a for a in kept if span.meets(a) and (a.pillar if a.pillar in TONES else "") == key], span
        )
        if spots:
            body += lane(key, spots, y, today)
            y += TITLE + ROW * (max(spot.row for spot in spots) + 1) + 8
    height = max(y, HEAD + 20)
    return Svg(
        WIDTH,
        height,
        alt,
        (*grid(span, height), *now(span, today, height), *body),
        HEADER,
        tuple(table_row(action, today) for action in kept),
    )


def table_row(action: Action, today: date) -> tuple[str, ...]:
    return (
        action.title,
        pillar_name(action),
        action.owner or "personne encore",
        date_long(action.starts) if action.starts else "non dite",
        date_long(action.due) if action.due else "non dite",
        STATES[state_of(action, today)],
    )


def at(day: date, span: Span) -> float:
    part = (day - span.start).days / max((span.end - span.start).days, 1)
    return min(max(part, 0), 1) * WIDTH


def packed(actions: Sequence[Action], span: Span) -> list[Spot]:
    """Each on the first row where neither its bar nor its name touches another."""
    ends: list[float] = []
    spots = []
    for action in sorted(actions, key=lambda a: (a.first or date.max, a.last or date.max, a.title)):
        spot = placed(action, span)
        low, high = min(spot.x, spot.left), max(spot.end, spot.right)
        row = next((n for n, end in enumerate(ends) if end + GAP <= low), len(ends))
        ends[row : row + 1] = [high]
        spots.append(Spot(action, spot.x, spot.end, spot.label, spot.left, spot.right, row))
    return spots


def placed(action: Action, span: Span) -> Spot:
    assert action.first
    assert action.last
    x = min(at(action.first, span), WIDTH - LEAST)
    end = max(at(action.last, span), x + LEAST)
    label = shortened(action.title)
    width = text_width(label, SIZE)
    left = max(min(x, WIDTH - width - 2), 0)
    return Spot(action, x, end, label, left, left + width)


def ground(left: float, base: float, label: str, size: float) -> Element:
    """Under a name, so that no line of the calendar crosses it."""
    return rect(left - 2, base - 0.8 * size, text_width(label, size) + 4, size * 1.05, fill=LEAF)


def lane(key: str, spots: Sequence[Spot], y: float, today: date) -> list[Element]:
    axis = TONES.get(key)
    tone = axis.tone if axis else NEUTRAL
    drawn = [line((0, y), (WIDTH, y), LINE, 1.5)]
    if axis:
        drawn.append(shape(axis.shape, (10, y + 20), 8, fill=tone.strong))
    name = axis.name if axis else NO_PILLAR
    at_x = 26 if axis else 2
    drawn.append(ground(at_x, y + 26, name, 18))
    drawn.append(text((at_x, y + 26), name, size=17, fill=tone.strong, font_weight=700))
    for spot in spots:
        drawn += bar(spot, y + TITLE + ROW * spot.row, tone.strong, tone.soft, state_of(spot.action, today))
    return drawn


def bar(spot: Spot, y: float, strong: str, soft: str, state: str) -> list[Element]:
    """Full: under way; hollow: to do; pale with a tick: done; with an exclamation mark: late."""
    fill = {"doing": strong, "done": soft}.get(state, LEAF)
    colour = DANGER if state == "late" else strong
    width, top = spot.end - spot.x, y + 21
    drawn = [
        ground(spot.left, y + 14, spot.label, SIZE),
        text((spot.left, y + 14), spot.label, size=SIZE, font_weight=600),
        rect(spot.x + 1, top, max(width - 2, 6), BAR, rx=2, fill=fill, stroke=colour, stroke_width=2),
    ]
    middle = (spot.end - 8 if width > 24 else spot.x + width / 2, top + BAR / 2)
    if state == "done":
        x, y_mid = middle
        path = f"M{x - 4:.1f} {y_mid:.1f}l3 3.5 5.5-7"
        drawn.append(el("path", d=path, fill="none", stroke=strong, stroke_width=2))
    if state == "late":
        x, y_mid = middle
        drawn.append(line((x, y_mid - 4), (x, y_mid + 1), DANGER, 2.4))
        drawn.append(line((x, y_mid + 3), (x, y_mid + 4.6), DANGER, 2.4))
    return drawn


def grid(span: Span, height: float) -> list[Element]:
    """Years in full; quarters too while they have room to be named."""
    drawn: list[Element] = []
    quarters = span.cuts(QUARTER)
    is_wide = len(quarters) <= 12
    for day in quarters:
        x = at(day, span)
        is_year = day == month_of(day, YEAR)
        if is_wide or is_year:
            drawn.append(line((x, 28 if is_wide else 6), (x, height), EDGE if is_year else LINE, 1))
        if is_wide:
            rank = (day.month - 1) // QUARTER + 1
            drawn.append(text((x + 5, 44), f"T{rank}", size=14, fill=INK_SOFT))
    years = [day for day in span.cuts(YEAR) if at(day, span) < WIDTH - 40]
    return drawn + [text((at(day, span) + 5, 22), str(day.year), size=17, font_weight=700) for day in years]


def now(span: Span, today: date, height: float) -> list[Element]:
    if not span.holds(today):
        return []
    x = at(today, span)
    label = "aujourd’hui"
    width = text_width(label, 14)
    left = x + 6 if x + 12 + width < WIDTH else x - width - 6
    # Over the names of the quarters, on a ground of its own.
    return [
        line((x, 6), (x, height), ACCENT_DEEP, 2, stroke_dasharray="5 4"),
        rect(left - 3, 32, width + 6, 17, fill=LEAF),
        text((left, 45), label, size=14, fill=INK, font_weight=600),
    ]
