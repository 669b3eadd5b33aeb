"""The simulation in the dossier (pure): a section of the fifth step, and the figures for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from apps.core.typography import date_long, rounded
from apps.methodology.choosing.ballots import COLUMNS, Ballot, Voice
from apps.methodology.choosing.report import Line, Report, Told
from apps.methodology.dossier.blocks import Block, Cell, Entry, Facts, Grid, Picture, Points, Said, Section
from apps.methodology.dossier.contents import Contents
from apps.methodology.dossier.prose import Passage
from apps.methodology.simulation.pictures import Figure, Shown, Table
from apps.methodology.simulation.reading import LABELS
from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.study import Study

STEP = 5
TITLE, CHOSEN = "Simulation", "Scénario retenu"
ABOUT = (
    "Ce que chaque scénario donnerait, avec les hypothèses écrites ici. Ce sont des calculs, pas des prévisions ; "
    "l’équilibre des trois piliers est une proposition pédagogique."
)
NO_BASE = (
    "Il manque un exercice de départ : les hypothèses sont écrites, leurs figures ne sont pas calculées."
)
AS_ALONE = "Aucune hypothèse n’est comptée : ses figures sont celles de « Sans hypothèse », plus haut."
# Scenarios beside « Sans hypothèse »: with more, a column is too narrow for its amounts.
ABREAST = 4
TOTALS = ("Total des ressources", "Total des charges", "Résultat", "Résultats cumulés", "Valeur")
ASKED = ("Hypothèse", "Au plus bas", "Le plus probable", "Au plus haut", "Quand", "Avec")
Value = str | int | Decimal | date | None


# --- on paper and as a text ------------------------------------------------------------------------------------------------
def section(report: Report) -> Section:
    start: list[Block] = [listed(report.start)] if report.start else [listed((NO_BASE,))]
    start += [Facts(report.facts)] if report.facts else []
    start += side_by_side(report.compared) if report.compared else []
    alone = [entry(report.alone, figured=True)] if report.alone else []
    return Section(TITLE, (*start, *alone, *map(entry, report.scenarios)), ABOUT)


def side_by_side(table: Table) -> list[Block]:
    """« Sans hypothèse » first in each grid."""
    found: list[Block] = []
    for first in range(2, len(table.header), ABREAST):
        kept = [0, 1, *range(first, min(first + ABREAST, len(table.header)))]
        header = [table.header[place] or "En bref" for place in kept]
        rows = [[row[place] for place in kept] for row in table.rows]
        found.append(
            grid(table.caption if first == 2 else f"{table.caption} (suite)", header, rows, "compared")
        )
    return found


def listed(sentences: Iterable[str], label: str = "") -> Said:
    return Said(label, (Passage(tuple(sentences), is_list=True),))


def entry(one: Told, *, figured: bool = False) -> Entry:
    """``figured``: with its figures even when it has no hypothesis, as the base alone."""
    blocks: list[Block] = []
    shown = one.shown if figured or (one.study and one.study.plan.hypotheses) else None
    if shown:
        blocks.append(listed((shown.headline, *shown.more)))
    elif one.shown:
        blocks.append(listed((AS_ALONE,)))
    if one.lines:
        blocks.append(hypotheses(one.lines))
    if shown:
        blocks += figures(shown)
    if one.ballot:
        blocks += votes(one.ballot)
    return Entry(one.title, tuple(blocks), CHOSEN if one.is_chosen else "")


def hypotheses(lines: Sequence[Line]) -> Grid:
    rows = tuple(
        (
            Cell(one.title, one.sort),
            Cell(one.low, is_number=True),
            Cell(one.mid, is_number=True),
            Cell(one.high, is_number=True),
            Cell(one.when),
            Cell(" ".join(one.details), " ".join(filter(None, (one.notes, left_out(one))))),
        )
        for one in lines
    )
    return Grid("hypotheses", "Hypothèses", headed(ASKED, numbers=(1, 2, 3)), rows)


def left_out(one: Line) -> str:
    return f"Pas comptée. {one.fault}" if one.fault else ""


def headed(names: Sequence[str], numbers: Iterable[int] | None = None) -> tuple[Cell, ...]:
    right = set(range(1, len(names)) if numbers is None else numbers)
    return tuple(Cell(name, is_number=place in right) for place, name in enumerate(names))


def figures(shown: Shown) -> list[Block]:
    found: list[Block] = [
        by_year(shown.natures),
        by_year(shown.yearly),
        Picture(shown.treasury.title, shown.treasury.text, shown.treasury.svg),
        *drawn(shown.path, "triangle"),
    ]
    if shown.tornado:
        found += drawn(shown.tornado, "tornado")
    for alliance in shown.alliances:
        found += [Said(alliance.title, (Passage((alliance.text,)),)), by_year(alliance.table)]
    return found


def by_year(table: Table) -> Grid:
    return grid(table.caption, table.header, table.rows)


def drawn(figure: Figure, name: str) -> list[Block]:
    """The drawing, then its numbers."""
    svg = figure.svg
    return [Picture(figure.title, figure.text, svg, name), grid(figure.caption, svg.header, svg.rows)]


def grid(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], name: str = "simulated") -> Grid:
    lines = tuple(
        (Cell(row[0], is_total=row[0] in TOTALS), *(Cell(text, is_number=True) for text in row[1:]))
        for row in rows
    )
    return Grid(name, caption, headed(("Par année" if not header[0] else header[0], *header[1:])), lines)


def votes(ballot: Ballot) -> list[Block]:
    if not ballot.voices:
        return []
    said = [voice_words(one) for one in ballot.voices]
    return [grid("Voix par rôle", COLUMNS, ballot.rows), Points("Ce que chacun en dit", tuple(said))]


def voice_words(one: Voice) -> str:
    when = date_long(timezone.localtime(one.at))
    since = f" ({one.since_words})" if one.since else ""
    reason = f"\u00a0: {one.reason}" if one.reason else ""
    return f"{one.said}, {one.name}, {one.role_word}, le {when}{since}{reason}"


# --- for a spreadsheet -----------------------------------------------------------------------------------------------------
def tables(contents: Contents) -> Iterator[tuple[str, list[str], list[list[Value]]]]:
    """(name of the sheet, header, rows); none without a simulation."""
    report = contents.simulation
    if report is None:
        return
    told = [one for one in (report.alone, *report.scenarios) if one and one.study]
    if told and told[0].study:
        years = [str(year) for year in told[0].study.projection.years]
        rows = [row for one in told if one.study for row in lines(one.title, one.study)]
        yield TITLE, ["Scénario", "Quoi", "Unité", *years], rows
    voices = [
        voice_row(one.title, voice) for one in report.scenarios if one.ballot for voice in one.ballot.voices
    ]
    if voices:
        head = ["Scénario", "Avis", "Qui", "Place", "Pourquoi", "Le", "Hypothèses changées depuis"]
        yield "Voix sur les scénarios", head, voices


def voice_row(title: str, one: Voice) -> list[Value]:
    day = timezone.localtime(one.at).date()
    return [title, one.said, one.name, one.role_word, one.reason, day, one.since]


def lines(title: str, study: Study) -> Iterator[list[Value]]:
    """Exact amounts; months of cash with one decimal, as they are shown."""
    told, band = study.projection, study.band

    def money(what: str, amounts: Iterable[int | None]) -> list[Value]:
        return [title, what, "€", *(None if one is None else Decimal(one) / 100 for one in amounts)]

    for side, codes in ((told.resources, RESOURCES), (told.costs, COSTS)):
        for code in codes:
            if any(side.get(code, ())):
                yield money(LABELS[code], side[code])
    yield money("Total des ressources", told.total_resources)
    yield money("Total des charges", told.total_costs)
    yield money("Résultat", told.results)
    yield money("Résultat, 1 futur sur 10 est sous", band.result_low)
    yield money("Résultat, 1 futur sur 10 est au-dessus de", band.result_high)
    yield money("Fonds propres", told.equity)
    yield money("Trésorerie fin d’année", told.treasury[11::12])
    yield [title, "Mois de trésorerie", "mois", *(decimal(one, 1) for one in told.months_of_cash)]
    yield money("Ventes qui équilibreraient l’année", told.break_even_sales)
    for what, risk in (("1 mois", band.under_one), ("3 mois", band.under_three)):
        shares = [decimal(Fraction(one) * 100, 1) for one in risk.by_year]
        yield [title, f"Passer sous {what} dans l’année", "% des futurs tirés", *shares]
    for place, name in enumerate(("Richesses humaines", "Ressources financières", "Alliances")):
        shares = [decimal(one.shares[place] * 100, 1) for one in told.pillars]
        yield [title, f"Part\u00a0: {name}", "%", *shares]
    for one in told.alliances:
        yield money(f"{one.title}\u00a0: coûts évités", one.avoided)
        yield money(f"{one.title}\u00a0: apports non monétaires", one.given)
        yield money(f"{one.title}\u00a0: ressources mobilisées", one.levered)
        yield money(f"{one.title}\u00a0: ingénierie", one.engineering)
        yield money(f"{one.title}\u00a0: valeur", one.values)


def decimal(value: Any, decimals: int) -> Decimal | None:
    if value is None:
        return None
    shown = rounded(value, decimals)
    return Decimal(shown.numerator) / Decimal(shown.denominator)
