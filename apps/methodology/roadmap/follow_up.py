"""What the page of step 8 shows: indicators with their gaps, what is to be read, the next review, what to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.core.figures.svg import Svg
from apps.core.typography import count, date_long, join_list, plural
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.models import Field
from apps.methodology.roadmap import gauge, indicators, reading
from apps.methodology.roadmap.indicators import Indicator, Reading, Review


@dataclass(frozen=True, slots=True)
class View:
    """An indicator on a page. ``figure``: None before any number; ``told``: what to see."""

    id: str
    title: str
    told: str
    figure: Svg | None
    next_on: date | None
    awaited: int
    keeper: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action whose result could be followed."""

    id: str
    title: str
    indicator: str


def indicator(sheet: Sheet, row: Row) -> Indicator:
    readings = [
        Reading(
            str(one.id),
            reading.day(one.get("date")),
            reading.number(one.get("planned")),
            reading.number(one.get("actual")),
            str(one.get("comment")),
        )
        for one in sheet.children(row, "reading")
    ]
    return Indicator(
        id=str(row.id),
        title=row.title,
        unit=str(row.get("unit")),
        pillar=str(row.get("pillar")),
        start=reading.number(row.get("start")),
        start_on=reading.day(row.get("start_on")),
        goal=reading.number(row.get("goal")),
        goal_on=reading.day(row.get("goal_on")),
        readings=indicators.sorted_readings(readings),
    )


def view(sheet: Sheet, row: Row, today: date | None = None) -> View:
    today = today or timezone.localdate()
    found = indicator(sheet, row)
    told = sentence(found)
    figure = gauge.draw(found, f"{found.title}\u00a0: {told}")
    next_on = found.next_on(today)
    return View(
        found.id, found.title, told, figure, next_on, len(found.awaited(today)), sheet.said(row, "keeper")
    )


def sentence(found: Indicator) -> str:
    """« Le 30 juin 2027 : 48 heures, 12 de moins que prévu. Visé : 120 heures le 31 décembre 2027. »"""
    said = [last_told(found)]
    if found.goal is not None:
        on = f" le {date_long(found.goal_on)}" if found.goal_on else ""
        said.append(f"Visé\u00a0: {gauge.value(found.goal, found.unit)}{on}.")
    return " ".join(filter(None, said))


def last_told(found: Indicator) -> str:
    last = found.last
    if last is None or last.on is None or last.actual is None:
        if found.start is None:
            return "Rien de relevé pour l’instant."
        since = f", relevés le {date_long(found.start_on)}" if found.start_on else ""
        return f"Au départ\u00a0: {gauge.value(found.start, found.unit)}{since}. Aucun relevé depuis."
    gap = found.gap(last)
    told = "" if gap is None else f", {gap_told(gap, found.unit)}"
    return f"Le {date_long(last.on)}\u00a0: {gauge.value(last.actual, found.unit)}{told}."


def gap_told(gap: Decimal, unit: str) -> str:
    """« 12 de moins que prévu », « 3 points de plus que prévu » for a share, « comme prévu »."""
    size = abs(gap)
    if not round(size, 1):
        return "comme prévu"
    points = f"\u00a0{plural(size, 'point', 'points')}" if unit.strip() == "%" else ""
    return f"{gauge.value(round(size, 1))}{points} de {'moins' if gap < 0 else 'plus'} que prévu"


def show_follow_up(sheet: Sheet) -> dict[str, Any]:
    """1 query beside the sheet: what the actions promise."""
    today = timezone.localdate()
    views = [view(sheet, row, today) for row in sheet.rows("indicator")]
    awaited = [one for one in views if one.awaited]
    return {
        "views": views,
        "summary": summary(views),
        "awaited": awaited,
        "next_on": min((one.next_on for one in views if one.next_on), default=None),
        "review": review(sheet, today),
        "proposals": proposals(sheet),
    }


def summary(views: Sequence[View]) -> str:
    if not views:
        return ""
    behind = sum("de moins que prévu" in one.told for one in views)
    beyond = sum("de plus que prévu" in one.told for one in views)
    even = sum("comme prévu" in one.told for one in views)
    parts = [
        f"{behind}\u00a0sous ce qui était prévu" if behind else "",
        f"{even}\u00a0comme prévu" if even else "",
        f"{beyond}\u00a0au-dessus" if beyond else "",
    ]
    said = join_list([part for part in parts if part])
    return count(len(views), "indicateur", "indicateurs") + (
        f"\u00a0: {said}." if said else ", sans relevé à comparer."
    )


def review(sheet: Sheet, today: date) -> dict[str, Any] | None:
    """The next review and how far it is; None when no day is given."""
    rows = [
        Review(str(row.id), reading.day(row.get("date")), reading.day(row.get("next_on")))
        for row in sheet.rows("review")
    ]
    day = indicators.next_review(rows, today)
    if day is None:
        return None
    return {"day": day, "is_past": day < today, "days": abs((day - today).days)}


def proposals(sheet: Sheet) -> list[Proposal]:
    """Actions that say how one will know they are done, and that no indicator follows. 1 query."""
    followed = {str(row.get("action")) for row in sheet.rows("indicator")}
    titles = {str(row.id): row.title for row in sheet.rows("action")}
    rows = Field.objects.filter(
        item__engagement=sheet.engagement, item__kind="action", item__gone_at=None, code="indicator"
    )
    said = dict(rows.order_by("item__place", "item__made_at").values_list("item_id", "value"))
    return [
        Proposal(str(key), titles[str(key)], str(text))
        for key, text in said.items()
        if text and str(key) in titles and str(key) not in followed
    ]
