"""What the page of the roadmap shows above its actions: the calendar, what does not hold, the costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from apps.core.figures.svg import Svg
from apps.core.microtypography import nbsp
from apps.methodology.bench.sheet import Sheet
from apps.methodology.roadmap import periods, reading, rules, timeline, words
from apps.methodology.roadmap.rules import Action, Costs

TOTAL = "En tout"
COLUMNS = {**{key: axis.name for key, axis in timeline.TONES.items()}, "": timeline.NO_PILLAR}


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def show_roadmap(sheet: Sheet) -> dict[str, Any]:
    """No query of its own."""
    return told(reading.actions(sheet), timezone.localdate())


def told(actions: Sequence[Action], today: date) -> dict[str, Any]:
    money, span, missing = rules.costs(actions), periods.around(actions, today), rules.lacks(actions)
    figure = calendar(actions, span, today)
    return {
        "is_empty": not actions,
        "summary": words.summary(actions, money, today),
        "figure": figure,
        "sentence": " ".join(filter(None, (figure.alt, words.outside(actions, span)))) if figure else "",
        "troubles": [nbsp(text) for text in words.troubles(rules.order(actions))],
        "late": rules.late(actions, today),
        "alone": missing.owner,
        "undated": missing.due,
        "costs": costs_table(money),
        "costs_sentence": words.shares(money, COLUMNS) if money.total else "",
        "measures": sum(bool(action.indicator) for action in actions if not action.is_dropped),
    }


def calendar(actions: Sequence[Action], span: periods.Span, today: date) -> Svg | None:
    """None when nothing has a date."""
    if not any(span.meets(action) for action in actions if not action.is_dropped):
        return None
    return timeline.draw(actions, span, today, words.drawn(actions, span, today))


def costs_table(money: Costs) -> Table | None:
    """Years in lines, pillars that cost something in columns; None when no cost is written."""
    if not money.parts:
        return None
    keys = [key for key in COLUMNS if key in money.parts]
    lines = [
        (str(line.year) if line.year else "Sans date", *cells(line.parts, keys), words.amount(line.total))
        for line in money.years
    ]
    if len(lines) > 1:
        lines.append((TOTAL, *cells(money.parts, keys), words.amount(money.total)))
    return Table(("Année de l’échéance", *(COLUMNS[key] for key in keys), TOTAL), tuple(lines))


def cells(parts: Any, keys: Sequence[str]) -> list[str]:
    return [words.amount(parts[key]) if key in parts else "–" for key in keys]
