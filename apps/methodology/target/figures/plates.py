"""The numbers of scenarios on the triangle (pure): plates that cover neither each other nor anything else."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.core.figures.lettering import Box, crowding, text_width
from apps.core.figures.palette import INK, LEAF
from apps.core.figures.svg import Element, Point, circle, line, rect, text
from apps.core.figures.ternary import TRIANGLE
from apps.core.figures.triangle import Shares

MARK, NEAR = 22, 26  # size of a number; closer than NEAR, two scenarios share one plate
HALF, MARGIN = 16, 9  # half the height of a plate; beside its number
IN_A_ROW = 4  # parts of a plate of many scenarios, before another row
CLEAR = 36  # from a plate to a spot
APART = 3  # between a plate and anything else
TURNS, FIRST, STEP, FAR = 16, 36, 12, 600  # where a plate may stand around its place
TOUCH = 60


@dataclass(frozen=True)
class Scenario:
    number: int
    said: str
    shares: Shares
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    """Scenarios at one place. ``rows``: what their plate says."""

    at: Point
    rows: tuple[str, ...]
    is_chosen: bool

    def box(self, centre: Point) -> Box:
        wide = max(text_width(row, MARK) for row in self.rows) / 2 + MARGIN
        high = HALF + (len(self.rows) - 1) * MARK * 0.6
        return Box(centre[0] - wide, centre[1] - high, centre[0] + wide, centre[1] + high)


@dataclass(frozen=True)
class Plate:
    group: Group
    centre: Point

    @property
    def box(self) -> Box:
        return self.group.box(self.centre)

    @property
    def is_moved(self) -> bool:
        return self.centre != self.group.at


def gathered(scenarios: Sequence[Scenario]) -> list[Group]:
    found: list[tuple[Point, list[Scenario]]] = []
    for one in scenarios:
        at = TRIANGLE.point(one.shares)
        beside = next((group for place, group in found if math.dist(place, at) < NEAR), None)
        if beside is None:
            found.append((at, [one]))
        else:
            beside.append(one)
    return [
        Group(at, rows([one.number for one in group]), any(one.is_chosen for one in group))
        for at, group in found
    ]


def rows(numbers: Sequence[int]) -> tuple[str, ...]:
    """« 1, 2 », « 1–4, 7 »: three in a row or more are told by the first and the last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))]
    return tuple(", ".join(parts[at : at + IN_A_ROW]) for at in range(0, len(parts), IN_A_ROW))


def placed(groups: Sequence[Group], taken: Sequence[Box], spots: Sequence[Point], canvas: Box) -> list[Plate]:
    """Those that may stay in place first; the others as near as they can, where they hide nothing."""
    boxes, found = list(taken), dict[int, Plate]()
    for rank, group in enumerate(groups):
        if is_clear(group.box(group.at), boxes, canvas) and far(group.at, spots):
            found[rank] = Plate(group, group.at)
            boxes.append(group.box(group.at))
    for rank, group in enumerate(groups):
        if rank not in found:
            others = list(found.values())
            found[rank] = Plate(group, moved(group, boxes, others, spots, canvas))
            boxes.append(found[rank].box)
    return [found[rank] for rank in range(len(groups))]


def moved(
    group: Group, taken: Sequence[Box], others: Sequence[Plate], spots: Sequence[Point], canvas: Box
) -> Point:
    """The nearest place where nothing is hidden and no leader crosses a plate; else one where nothing is hidden."""
    free = [
        place for place in around(group.at) if is_clear(group.box(place), taken, canvas) and far(place, spots)
    ]
    for place in free:
        if not any(is_crossed(Plate(group, place), other) for other in others):
            return place
    return free[0] if free else least(group, taken, canvas)


def around(at: Point) -> Iterator[Point]:
    """In circles, to the sides first; a hand-drawn order keeps the same picture for the same scenarios."""
    for distance in range(FIRST, FAR, STEP):
        for turn in range(TURNS):
            # 0, 1, −1, 2, −2… sixteenths of a turn from the right.
            angle = (turn + 1) // 2 * (-1 if turn % 2 else 1) * 2 * math.pi / TURNS
            yield at[0] + distance * math.cos(angle), at[1] + distance * math.sin(angle)


def is_clear(box: Box, taken: Sequence[Box], canvas: Box) -> bool:
    wide = Box(box.left - APART, box.top - APART, box.right + APART, box.bottom + APART)
    return box.inside(canvas) and not any(wide.overlap(other) for other in taken)


def far(place: Point, spots: Sequence[Point]) -> bool:
    return all(math.dist(place, spot) >= CLEAR for spot in spots)


def is_crossed(plate: Plate, other: Plate) -> bool:
    """Whether the leader of one passes under the other."""
    return other.box.crosses(plate.group.at, plate.centre) or (
        other.is_moved and plate.box.crosses(other.group.at, other.centre)
    )


def least(group: Group, taken: Sequence[Box], canvas: Box) -> Point:
    inside = [place for place in around(group.at) if group.box(place).inside(canvas)]
    return min(inside, key=lambda place: crowding(group.box(place), taken, TOUCH), default=group.at)


def leaders(plates: Sequence[Plate]) -> list[Element]:
    """From the place of a scenario, a dot, to a plate that had to stand beside it."""
    drawn: list[Element] = []
    for plate in plates:
        if plate.is_moved:
            drawn.append(line(plate.group.at, plate.centre, INK, 2))
            drawn.append(circle(plate.group.at, 4, fill=INK))
    return drawn


def drawn(plates: Sequence[Plate]) -> list[Element]:
    return [element for plate in plates for element in one_drawn(plate)]


def one_drawn(plate: Plate) -> list[Element]:
    box, (x, _), group = plate.box, plate.centre, plate.group
    fill, ink = (INK, LEAF) if group.is_chosen else (LEAF, INK)
    wide, high = box.right - box.left, box.bottom - box.top
    return [
        rect(box.left, box.top, wide, high, rx=6, fill=fill, stroke=INK, stroke_width=2),
        *(
            text(
                (x, box.top + HALF + 8 + rank * MARK * 1.2),
                words,
                size=MARK,
                fill=ink,
                font_weight=700,
                text_anchor="middle",
            )
            for rank, words in enumerate(group.rows)
        ),
    ]
