"""Step 2, the map of activities: what the page shows beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse

from apps.core.typography import count, join_list, nbsp, number
from apps.diagnostic.presenters_words import capital, in_words
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.target.figures import activity_map
from apps.methodology.target.figures.activity_map import Activity, ActivityMap
from apps.methodology.target.selectors import declared_fragilities, families

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in the table, its number as in the drawing."""

    number: int
    title: str
    url: str
    cells: tuple[tuple[str, str], ...]  # (name of the column, what it says)


@dataclass(frozen=True, slots=True)
class Time:
    """How the activities share the time. ``missing``: how many do not say."""

    shares: Sequence[tuple[str, Decimal]]
    missing: int

    @property
    def total(self) -> Decimal:
        return sum((share for _, share in self.shares), Decimal(0))


COLUMNS = (
    ("Fragilités", "fragilities"),
    ("Échelons", "levels"),
    ("Pour qui", "beneficiaries"),
    ("Personnes par an", "people"),
    ("Part du temps", "share_of_effort"),
    ("Place", "place"),
)


def show(sheet: Sheet) -> dict[str, Any]:
    """2 queries beside the sheet's."""
    rows = sheet.rows("activity")
    data = mapped(rows, declared_fragilities(sheet.place))
    title, *more = sentences(data, time_of(rows))
    svg = activity_map.draw(data) if data.activities and data.shown else None
    return {"title": title, "more": more, "svg": svg, "lines": lines(sheet, rows), "columns": COLUMNS}


def mapped(rows: Sequence[Row], declared: frozenset[str]) -> ActivityMap:
    activities = (
        Activity(number, row.title, frozenset(row.get("fragilities") or ()), row.get("place"))
        for number, row in enumerate(rows, 1)
    )
    return ActivityMap(families(), tuple(activities), declared)


def lines(sheet: Sheet, rows: Sequence[Row]) -> list[Line]:
    return [
        Line(
            number_of,
            row.title,
            reverse("method:item", args=[sheet.engagement.pk, row.id]),
            tuple((name, sheet.said(row, code)) for name, code in COLUMNS),
        )
        for number_of, row in enumerate(rows, 1)
    ]


def time_of(rows: Sequence[Row]) -> Time:
    given = [(row.title, Decimal(row.get("share_of_effort"))) for row in rows if row.get("share_of_effort")]
    return Time(given, len(rows) - len(given))


# --- what there is to see ---------------------------------------------------------------------------------------------
def sentences(data: ActivityMap, time: Time) -> list[str]:
    """The first one says what to see, the others go on."""
    if not data.activities:
        return ["La carte se dessine avec votre première activité.", *_filled([_unanswered(data)])]
    said = [_unanswered(data), _silent(data), _most(data) or _number(data), *_time(time)]
    return [nbsp(sentence) for sentence in _filled(said)]


def _filled(said: Sequence[str]) -> list[str]:
    return [sentence for sentence in said if sentence]


def _unanswered(data: ActivityMap) -> str:
    names = [name for family in data.families for code, name in family.fragilities
             if code in data.declared - data.answered]  # fmt: skip
    if not names:
        return ""
    if len(names) == 1:
        return f"Une fragilité déclarée n’a aucune activité : {names[0]}."
    return f"{capital(in_words(len(names)))} fragilités déclarées n’ont aucune activité : {join_list(names)}."


def _silent(data: ActivityMap) -> str:
    silent = sum(not activity.fragilities for activity in data.activities)
    if not silent:
        return ""
    if silent == len(data.activities):
        return "Aucune activité ne dit encore à quelle fragilité elle répond."
    verb = (
        "ne disent pas à quelle fragilité elles répondent"
        if silent > 1
        else "ne dit pas à quelle fragilité elle répond"
    )
    return f"{count(silent, 'activité', 'activités')} {verb}."


def _most(data: ActivityMap) -> str:
    """The fragility that most activities answer, when there is one alone."""
    counts = [(len(data.of(code)), name) for family in data.families for code, name in family.fragilities]
    best = max((number_of for number_of, _ in counts), default=0)
    names = [name for number_of, name in counts if number_of == best]
    if best < 2 or len(names) > 1:
        return ""
    return f"Le plus d’activités répondent à « {names[0]} » : {best} sur {len(data.activities)}."


def _number(data: ActivityMap) -> str:
    answered = len(data.answered)
    if not all(activity.fragilities for activity in data.activities):
        return ""
    activities = count(len(data.activities), "activité", "activités")
    return f"{activities} pour {count(answered, 'fragilité', 'fragilités')}."


def _time(time: Time) -> list[str]:
    if not time.shares:
        return []
    name, most = max(time.shares, key=lambda pair: pair[1])
    said = [f"{_percent(most)} du temps va à « {name} »."] if most else []
    if time.total > WHOLE:
        said.append(
            f"Les parts de temps font {_percent(time.total)} : c’est plus que le tout, revoyez-les ensemble."
        )
    elif time.missing:
        lacking = count(time.missing, "activité", "activités")
        verb = "ne disent pas leur part" if time.missing > 1 else "ne dit pas sa part"
        said.append(f"{lacking} {verb} ; les autres font {_percent(time.total)}.")
    elif time.total < WHOLE:
        said.append(
            f"Les parts de temps font {_percent(time.total)} : il en manque {_percent(WHOLE - time.total)}."
        )
    return said


def _percent(share: Decimal) -> str:
    return f"{number(Fraction(share))} %"
