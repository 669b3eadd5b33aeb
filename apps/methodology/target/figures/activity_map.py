"""Activities × fragilities, grouped by family: a mark where an activity answers a fragility (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.core.figures.palette import EDGE, INK, INK_SOFT, LEAF, LINE, SAND
from apps.core.figures.svg import Element, Svg, circle, line, rect, text
from apps.core.microtypography import nbsp
from apps.core.typography import join_list
from apps.methodology.target.figures.fitting import fitted

WIDTH, LABEL, SIZE = 480, 206, 16
ROW, HEAD = 30, 30  # heights: a fragility, a line of names or numbers
BAND = 12  # activities side by side; the next ones stand below, so that a phone can read them
COLUMN = 22.0
UNANSWERED = "déclarée, sans activité"
PLACES = {
    "core": "au cœur du projet",
    "support": "soutient le cœur",
    "trial": "en expérimentation",
    "leaving": "à transmettre ou à arrêter",
    "": "place non dite",
}


@dataclass(frozen=True)
class Family:
    """``fragilities``: (code, name), in their order."""

    name: str
    fragilities: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Activity:
    """``number``: as in the list beside the drawing; ``place``: a key of ``PLACES``."""

    number: int
    name: str
    fragilities: frozenset[str]
    place: str = ""


@dataclass(frozen=True)
class ActivityMap:
    """``declared``: the codes of the fragilities that the association says it answers."""

    families: tuple[Family, ...]
    activities: tuple[Activity, ...]
    declared: frozenset[str] = frozenset()

    @property
    def answered(self) -> frozenset[str]:
        return frozenset().union(*(activity.fragilities for activity in self.activities))

    @property
    def shown(self) -> tuple[Family, ...]:
        """Only what is answered or declared."""
        wanted = self.answered | self.declared
        kept = (
            Family(f.name, tuple(one for one in f.fragilities if one[0] in wanted)) for f in self.families
        )
        return tuple(family for family in kept if family.fragilities)

    def of(self, code: str) -> list[Activity]:
        return [activity for activity in self.activities if code in activity.fragilities]


def draw(data: ActivityMap) -> Svg:
    """ValueError when there is nothing to show."""
    if not data.shown or not data.activities:
        raise ValueError("no activity answers a fragility")
    bands = [data.activities[at : at + BAND] for at in range(0, len(data.activities), BAND)]
    body: list[Element] = []
    y = 0.0
    for band in bands:
        drawn, y = _band(data, band, y)
        body += drawn
        y += 14
    drawn, y = _legend(data.activities, y)
    return Svg(
        WIDTH,
        y,
        nbsp(f"Activités par fragilité. {' '.join(_said(data))}"),
        (*body, *drawn),
        ("Fragilité", "Famille", "Activités"),
        tuple(_rows(data)),
    )


def _band(data: ActivityMap, band: Sequence[Activity], y: float) -> tuple[list[Element], float]:
    columns = {activity.number: _x(rank) for rank, activity in enumerate(band)}
    drawn = [
        text((x, y + 20), str(number), size=SIZE, font_weight=700, text_anchor="middle")
        for number, x in columns.items()
    ]
    top, y = y, y + HEAD
    for family in data.shown:
        drawn.append(text((0, y + 21), family.name, size=14, fill=INK_SOFT, font_weight=700))
        y += HEAD - 4
        for code, name in family.fragilities:
            drawn += _row(data, band, code, name, y)
            y += ROW
    rules = [line((x, top + HEAD - 2), (x, y), LINE, 1) for x in columns.values()]
    return [*rules, *drawn], y


def _x(rank: int) -> float:
    return LABEL + COLUMN / 2 + rank * COLUMN


def _row(data: ActivityMap, band: Sequence[Activity], code: str, name: str, y: float) -> list[Element]:
    alone = code not in data.answered
    middle = y + ROW / 2
    drawn: list[Element] = []
    if alone:
        drawn.append(rect(0, y + 1, WIDTH, ROW - 2, fill=SAND))
    drawn.append(text((8, y + 20), fitted(name, SIZE, LABEL - 14), size=SIZE))
    drawn.append(line((0, y + ROW), (WIDTH, y + ROW), LINE, 1))
    if alone:
        drawn.append(text((LABEL, y + 20), UNANSWERED, size=SIZE, fill=INK_SOFT))
        return drawn
    marked = (a for a in band if code in a.fragilities)
    ranks = {activity.number: rank for rank, activity in enumerate(band)}
    return drawn + [e for a in marked for e in mark(a.place, _x(ranks[a.number]), middle)]


def mark(place: str, x: float, y: float) -> list[Element]:
    """Told apart by shape, not by colour."""
    if place == "core":
        return [circle((x, y), 9, fill=INK)]
    if place == "support":
        return [circle((x, y), 5.5, fill=INK)]
    dash: dict[str, str | float] = {"stroke_dasharray": "3.5 3"} if place == "leaving" else {}
    ring = circle((x, y), 8, fill=LEAF, stroke=INK if place else EDGE, stroke_width=2.5, **dash)
    return [ring, circle((x, y), 3, fill=INK)] if place == "trial" else [ring]


def _legend(activities: Sequence[Activity], y: float) -> tuple[list[Element], float]:
    used = [place for place in PLACES if any(activity.place == place for activity in activities)]
    drawn: list[Element] = []
    for rank, place in enumerate(used):
        x, top = (rank % 2) * WIDTH / 2, y + (rank // 2) * 26
        drawn += [
            *mark(place, x + 10, top + 12),
            text((x + 28, top + 17), PLACES[place], size=15, fill=INK_SOFT),
        ]
    return drawn, y + 26 * ((len(used) + 1) // 2)


def _said(data: ActivityMap) -> Iterator[str]:
    for family in data.shown:
        for code, name in family.fragilities:
            names = [activity.name for activity in data.of(code)]
            yield f"{name} : {join_list(names) if names else UNANSWERED}."


def _rows(data: ActivityMap) -> Iterator[tuple[str, ...]]:
    for family in data.shown:
        for code, name in family.fragilities:
            names = [f"{activity.number}. {activity.name}" for activity in data.of(code)]
            yield name, family.name, ", ".join(names) or UNANSWERED
