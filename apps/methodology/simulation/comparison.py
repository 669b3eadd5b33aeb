"""The scenarios side by side, « sans hypothèse » first: what the tool’s page shows above its settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.core.figures.svg import Svg
from apps.core.typography import count, join_list, nbsp, percent
from apps.methodology.bench.sheet import Sheet
from apps.methodology.simulation import figures, pictures, taking, words
from apps.methodology.simulation.reading import Future, Start
from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.study import Study

ALONE = "Sans hypothèse"


@dataclass(frozen=True, slots=True)
class Column:
    """``url``: of the scenario’s page, "" for the base alone."""

    title: str
    url: str
    is_chosen: bool
    study: Study
    small: Svg
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: list[str]


def show(sheet: Sheet) -> dict[str, Any]:
    """No query beside the sheet's, but what ``taking.offer`` asks. ``begin``: None when step 3 has no amount."""
    found = figures.every(sheet)
    titles = [(row.title, address(sheet, row.id)) for row in sheet.rows("scenario")]
    if found is None:
        return {"begin": None, "titles": titles}
    begin, alone, told = found
    columns = side_by_side(sheet, alone, told)
    return {
        "begin": begin,
        "title": started(begin),
        "more": doubts(begin),
        "columns": columns,
        "lines": [Line(label, [cell(column.study) for column in columns]) for label, cell in lines(alone)],
        "offer": taking.offer(sheet, begin) if sheet.place.writes else None,
        "titles": titles,
    }


def address(sheet: Sheet, key: Any) -> str:
    return reverse("method:simulation", args=[sheet.engagement.pk, key])


def side_by_side(sheet: Sheet, alone: Study, told: Sequence[tuple[Future, Study]]) -> list[Column]:
    low, high = pictures.extent([alone, *(study for _, study in told)])
    made = [
        Column(
            ALONE,
            "",
            False,
            alone,
            pictures.small(ALONE, alone, low, high),
            "les comptes de départ, reconduits",
        )
    ]
    for one, study in told:
        made.append(
            Column(
                one.row.title,
                address(sheet, one.row.id),
                bool(one.row.get("is_chosen")),
                study,
                pictures.small(one.row.title, study, low, high),
                counted(one),
            )
        )
    return made


def counted(one: Future) -> str:
    held, out = len(one.plan.hypotheses), len(one.left_out)
    if not held and not out:
        return "aucune hypothèse"
    said = count(held, "hypothèse", "hypothèses")
    return nbsp(f"{said}, {count(out, 'incomplète', 'incomplètes')}" if out else said)


# --- where one starts from -------------------------------------------------------------------------------------------------
def started(begin: Start) -> str:
    amounts = begin.base
    came = sum(amounts.of(code) for code in RESOURCES)
    went = sum(amounts.of(code) for code in COSTS)
    return nbsp(
        f"Départ : {amounts.year}, {words.money(came)} de ressources, {words.money(went)} de charges, "
        f"{words.money(amounts.treasury)} de trésorerie."
    )


def doubts(begin: Start) -> list[str]:
    """An empty line is zero here, and this is said."""
    said = []
    if begin.blanks:
        some = join_list(label.lower() for label in begin.blanks[:4])
        rest = len(begin.blanks) - 4
        more = f", et {count(rest, 'autre', 'autres')}" if rest > 0 else ""
        said.append(f"Lignes vides en {begin.base.year}, comptées pour zéro : {some}{more}.")
    if begin.lacking:
        some = join_list(label.lower() for label in begin.lacking)
        said.append(f"Réglages vides, comptés pour zéro : {some}.")
    return [nbsp(sentence) for sentence in said]


# --- the lines -------------------------------------------------------------------------------------------------------------
def lines(alone: Study) -> list[tuple[str, Callable[[Study], str]]]:
    last = alone.projection.years[-1]
    return [
        *((f"Résultat {year}", result(rank)) for rank, year in enumerate(alone.projection.years)),
        ("Résultats cumulés", lambda one: words.signed(one.projection.total_result)),
        ("Équilibre", balance),
        ("Trésorerie la plus basse", lowest),
        (f"Mois de trésorerie fin {last}", lambda one: words.cash(one.projection.months_of_cash[-1])),
        ("Passer sous 1 mois de trésorerie", lambda one: words.risk(one, one.band.under_one.whole)),
        ("Passer sous 3 mois de trésorerie", lambda one: words.risk(one, one.band.under_three.whole)),
        (f"Fonds propres fin {last}", lambda one: words.money(one.projection.equity[-1])),
        (f"Parts des trois piliers {last}", shares),
        ("Valeur des alliances", worth),
    ]


def result(rank: int) -> Callable[[Study], str]:
    return lambda one: words.signed(one.projection.results[rank])


def balance(one: Study) -> str:
    since = one.projection.break_even_year
    if since is None:
        return "pas atteint"
    return "chaque année" if since == one.projection.years[0] else nbsp(f"dès {since}")


def lowest(one: Study) -> str:
    month, amount = one.projection.lowest
    return nbsp(f"{words.money(amount)}, fin {words.month_name(one.projection.years[0], month)}")


def shares(one: Study) -> str:
    return " / ".join(percent(share) for share in one.projection.pillars[-1].shares)


def worth(one: Study) -> str:
    told = one.projection.alliances
    return words.signed(sum(alliance.total for alliance in told)) if told else "–"
