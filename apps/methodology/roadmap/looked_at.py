"""What a yearly review looks at, in words (pure): indicators on its day, the actions of its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from apps.core.figures.svg import Svg
from apps.core.typography import count, date_long
from apps.methodology.roadmap import follow_up, gauge, timeline
from apps.methodology.roadmap.indicators import Indicator, Reading
from apps.methodology.roadmap.rules import Action

# A worker has forty seconds, on a machine that does other things: what could grow without end is bounded.
READINGS = (2, 12)  # of one indicator: at least, at most
ALL_READINGS = 160
COMMENT = (100, 1000)  # letters of what explains a gap: at least, at most
ALL_COMMENTS = 12_000


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator on the day of the review, in words. ``rows``: its readings of the year; ``left``: those not shown."""

    title: str
    pillar: str
    planned: str
    told: str
    figure: Svg | None
    rows: tuple[tuple[str, ...], ...]
    left: str


@dataclass(frozen=True, slots=True)
class Group:
    """Actions in one state: (title, the rest in words). ``none``: said when there are none; ``left``: those not listed."""

    name: str
    lines: tuple[tuple[str, str], ...]
    none: str
    left: str = ""


# --- indicators ---------------------------------------------------------------------------------------------------------
def year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def as_known(found: Indicator, on: date) -> Indicator:
    """Nothing read after that day; what was planned for later stays, for it bends the line."""
    kept = [
        one if one.on and one.on <= on else replace(one, actual=None, comment="") for one in found.readings
    ]
    return replace(
        found, readings=tuple(one for one in kept if (one.on and one.on <= on) or one.planned is not None)
    )


def of_the_year(found: Indicator, on: date) -> list[Reading]:
    since = year_before(on)
    return [one for one in found.readings if one.on and since < one.on <= on]


def measures(found: Sequence[Indicator], on: date) -> tuple[Measure, ...]:
    known = [as_known(one, on) for one in found]
    most = between(READINGS, ALL_READINGS, len(known))
    shown = sum(min(len(of_the_year(one, on)), most) for one in known)
    letters = between(COMMENT, ALL_COMMENTS, shown)
    return tuple(measure(one, on, most, letters) for one in known)


def between(bounds: tuple[int, int], room: int, among: int) -> int:
    return min(max(room // max(among, 1), bounds[0]), bounds[1])


def measure(found: Indicator, on: date, most: int, letters: int) -> Measure:
    """At most so many readings, the last ones; at most so many letters to explain each."""
    expected, year, told = found.expected(on), of_the_year(found, on), follow_up.sentence(found)
    planned = "Rien de prévu à cette date."
    if expected is not None:
        planned = f"Prévu le {date_long(on)}\u00a0: {gauge.value(round(expected, 1), found.unit)}."
    left = len(year) - most
    return Measure(
        found.title,
        found.pillar if found.pillar in timeline.TONES else "",
        planned,
        told,
        gauge.draw(found, f"{found.title}\u00a0: {told}"),
        tuple(look(found, one, letters) for one in year[-most:]),
        f"{count(left, 'relevé', 'relevés')} plus tôt dans l’année." if left > 0 else "",
    )


def look(found: Indicator, one: Reading, letters: int) -> tuple[str, ...]:
    """Date, planned, read, gap, what explains it."""
    assert one.on
    planned = one.planned if one.planned is not None else found.expected(one.on)
    gap = found.gap(one)
    return (
        date_long(one.on),
        "–" if planned is None else gauge.value(round(planned, 1), found.unit),
        "pas encore" if one.actual is None else gauge.value(one.actual, found.unit),
        "–" if gap is None else gauge.signed(round(gap, 1)),
        timeline.shortened(" ".join(one.comment.split()), letters),
    )


# --- actions ------------------------------------------------------------------------------------------------------------
def as_it_was(action: Action, at: date) -> Action:
    """Done later is not done yet."""
    return replace(action, progress="", done_on=None) if action.done_on and action.done_on > at else action


def groups(actions: Sequence[Action], at: date) -> tuple[Group, ...]:
    """Those done in the year, the late ones, those to come: earliest first. Dropped ones are only counted."""
    known, since = [as_it_was(action, at) for action in actions], year_before(at)
    done = [one for one in known if one.is_done]
    before = [one for one in done if one.done_on and one.done_on <= since]
    late = [one for one in known if one.is_late(at)]
    coming = [one for one in known if one.is_live and one not in late]
    dropped = sum(one.is_dropped for one in known)
    return (
        Group(
            "Faites dans l’année",
            lines([one for one in done if one not in before], at),
            "Aucune action faite dans l’année.",
            f"{count(len(before), 'action faite', 'actions faites')} avant." if before else "",
        ),
        Group("En retard", lines(late, at), "Aucune action en retard."),
        Group(
            "À venir",
            lines(coming, at),
            "Aucune action à venir.",
            f"{count(dropped, 'action abandonnée', 'actions abandonnées')}." if dropped else "",
        ),
    )


def lines(actions: Sequence[Action], at: date) -> tuple[tuple[str, str], ...]:
    ranked = sorted(actions, key=lambda one: (one.done_on or one.last or date.max, one.title))
    return tuple((one.title, ", ".join(words(one, at))) for one in ranked)


def words(action: Action, at: date) -> list[str]:
    owner = [action.owner] if action.owner else ["sans responsable"] if action.is_live else []
    if action.is_done:
        return [f"faite le {date_long(action.done_on)}" if action.done_on else "faite", *owner]
    due = f"pour le {date_long(action.due)}" if action.due else "sans échéance"
    if action.is_late(at):
        due = f"due le {date_long(action.due or at)}"
    return [due, *(["en cours"] if action.progress == "doing" else []), *owner]
