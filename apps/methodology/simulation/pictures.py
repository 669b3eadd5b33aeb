"""From a study to what the page shows: figures with their tables, key figures, terms. Money in cents until here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.typography import join_list, nbsp, percent
from apps.core.typography import number as figure
from apps.methodology.simulation import words
from apps.methodology.simulation.drawings import alliance, path, spark, tornado, treasury, years
from apps.methodology.simulation.reading import LABELS
from apps.simulator.outcome import AllianceValue, Projection
from apps.simulator.plan import COSTS, RESOURCES
from apps.simulator.study import Study

PILLARS = ("richesses humaines", "ressources financières", "alliances")


@dataclass(frozen=True, slots=True)
class Key:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A sentence that says what to see, a drawing, its table."""

    title: str
    text: str
    svg: Svg
    caption: str


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Alliance:
    """``terms``: (term, amount) over the horizon; ``table``: by year, with share and leverage."""

    title: str
    text: str
    svg: Svg
    table: Table


@dataclass(frozen=True, slots=True)
class Shown:
    headline: str
    more: list[str]
    keys: list[Key]
    treasury: Figure
    results: Figure
    natures: Table
    yearly: Table
    path: Figure
    tornado: Figure | None
    alliances: list[Alliance]
    certain: bool


def show(study: Study, target: Sequence[int] | None = None) -> Shown:
    """``target``: the shares that the démarche aims at, out of 100."""
    return Shown(
        words.headline(study),
        words.more(study),
        keys(study),
        cash(study),
        results(study),
        natures(study.projection),
        yearly(study),
        way(study, target),
        moved(study),
        [terms(one, study.projection.years) for one in study.projection.alliances],
        words.is_certain(study),
    )


# --- key figures -----------------------------------------------------------------------------------------------------------
def keys(study: Study) -> list[Key]:
    told, last = study.projection, study.projection.years[-1]
    found = [
        Key(f"Résultat {last}", words.signed(told.results[-1])),
        Key(f"Mois de trésorerie fin {last}", words.cash(told.months_of_cash[-1])),
        Key(f"Fonds propres fin {last}", words.money(told.equity[-1])),
    ]
    if not words.is_certain(study):
        risk = study.band.under_one.whole
        found.append(Key("Futurs qui passent sous 1 mois de trésorerie", words.odds(risk)))
    return found


# --- money ---------------------------------------------------------------------------------------------------------------
def data_of(study: Study) -> treasury.Treasury:
    told, band = study.projection, study.band
    unpaid = told.costs.get("depreciation", (0,) * len(told.years))
    return treasury.Treasury(
        told.years[0],
        study.plan.base.treasury,
        told.treasury,
        band.treasury_low,
        band.treasury_high,
        tuple(
            round(Fraction(spent - not_paid, 12))
            for spent, not_paid in zip(told.total_costs, unpaid, strict=True)
        ),
        words.is_certain(study),
    )


def cash(study: Study) -> Figure:
    data = data_of(study)
    month, lowest = study.projection.lowest
    title = f"Au plus bas, {words.money(lowest)} fin {words.month_name(data.first_year, month)}."
    text = (
        "La ligne est le futur le plus probable."
        if data.is_certain
        else "La ligne est le futur le plus probable ; huit futurs sur dix tiennent dans la bande."
    )
    if leaves_band(data):
        text += " Elle sort de la bande : une valeur au moins est au bord de ce que vous jugez possible."
    return Figure(nbsp(title), nbsp(text), treasury.draw(data), "Trésorerie à la fin de chaque mois")


def leaves_band(data: treasury.Treasury) -> bool:
    """Where the likeliest of a hypothesis is its low or its high, the line is not among eight in ten."""
    months = zip(data.low, data.central, data.high, strict=True)
    # The band is of one drawing, not exact: a cent or two apart is no way out.
    return not data.is_certain and any(not low - 100 <= at <= high + 100 for low, at, high in months)


def results(study: Study) -> Figure:
    told, base = study.projection, study.plan.base
    start = years.Year(f"{base.year} (départ)", sum(map(base.of, RESOURCES)), sum(map(base.of, COSTS)))
    rows = [
        years.Year(str(year), came, went)
        for year, came, went in zip(told.years, told.total_resources, told.total_costs, strict=True)
    ]
    title = f"De {told.years[0]} à {told.years[-1]}, les résultats s’ajoutent à {words.signed(told.total_result)}."
    return Figure(
        nbsp(title),
        nbsp(words.balance(told)),
        years.draw((start, *rows)),
        "Ressources, charges et résultat par année",
    )


def natures(told: Projection) -> Table:
    """Lines that are zero every year are left out."""
    rows = []
    for side, codes, total, name in (
        (told.resources, RESOURCES, told.total_resources, "Total des ressources"),
        (told.costs, COSTS, told.total_costs, "Total des charges"),
    ):
        rows += [(LABELS[code], *map(words.money, side[code])) for code in codes if any(side.get(code, ()))]
        rows.append((name, *map(words.money, total)))
    rows.append(("Résultat", *map(words.signed, told.results)))
    return Table("Ressources et charges par nature", ("Nature", *map(str, told.years)), tuple(rows))


def yearly(study: Study) -> Table:
    """What every year ends with."""
    told, band = study.projection, study.band
    rows = [
        ("Trésorerie fin d’année", *map(words.money, told.treasury[11::12])),
        ("Mois de trésorerie", *map(words.cash, told.months_of_cash)),
        ("Fonds propres", *map(words.money, told.equity)),
        (
            "Ventes qui équilibreraient l’année",
            *(words.money(one) if one is not None else "–" for one in told.break_even_sales),
        ),
    ]
    if not words.is_certain(study):
        rows += [
            ("Résultat bas : 1 futur sur 10 fait moins", *map(words.signed, band.result_low)),
            ("Résultat haut : 1 futur sur 10 fait plus", *map(words.signed, band.result_high)),
            ("Futurs qui passent sous 1 mois", *map(words.odds, band.under_one.by_year)),
            ("Futurs qui passent sous 3 mois", *map(words.odds, band.under_three.by_year)),
        ]
    if any(told.volunteer_hours):
        rows.append(("Heures de bénévolat", *(figure(one) for one in told.volunteer_hours)))
    return Table(
        "Trésorerie, fonds propres et équilibre par année",
        ("", *map(str, told.years)),
        tuple((nbsp(label), *cells) for label, *cells in rows),
    )


# --- the three pillars ---------------------------------------------------------------------------------------------------
def shares_of(told: Projection) -> list[tuple[str, Shares]]:
    return [(str(year), Shares(*one.shares)) for year, one in zip(told.years, told.pillars, strict=True)]


def way(study: Study, target: Sequence[int] | None) -> Figure:
    steps = tuple(shares_of(study.projection))
    goal = Shares(*(Fraction(share, 100) for share in target)) if target else None
    return Figure(
        nbsp(moves(steps)),
        nbsp(
            "Chaque euro compte une fois : ce qui paie des personnes, ce que des partenaires apportent, le reste."
        ),
        path.draw(path.Way(steps, goal)),
        "Parts des trois piliers par année",
    )


def moves(steps: Sequence[tuple[str, Shares]]) -> str:
    (first, start), (last, end) = steps[0], steps[-1]
    gaps = [round((b - a) * 100) for a, b in zip(start.parts(), end.parts(), strict=True)]
    if not any(gaps):
        return f"De {first} à {last}, l’équilibre des trois piliers ne bouge pas."
    most = max(range(3), key=lambda rank: abs(gaps[rank]))
    verb = "monte" if gaps[most] > 0 else "baisse"
    parts = zip(PILLARS, start.texts(), end.texts(), strict=True)
    name, before, after = list(parts)[most]
    return f"De {first} à {last}, la part {'des ' + name} {verb} le plus : de {before} à {after}."


# --- what moves, what alliances bring ------------------------------------------------------------------------------------
def moved(study: Study) -> Figure | None:
    central = study.projection.total_result
    drawn = tornado.draw(study.swings, central)
    if drawn is None:
        return None
    first = study.swings[0]
    text = f"Entre son bas et son haut, les résultats cumulés vont de {words.signed(first.low)} à {words.signed(first.high)}."
    return Figure(
        nbsp(f"« {first.title} » change le plus le résultat."),
        nbsp(text),
        drawn,
        "Ce que change chaque hypothèse",
    )


def terms(one: AllianceValue, named: Sequence[int]) -> Alliance:
    data = alliance.Terms(*(sum(side) for side in (one.avoided, one.given, one.levered, one.engineering)))
    rows = (
        ("Coûts évités", *map(words.signed, one.avoided)),
        ("Apports non monétaires", *map(words.signed, one.given)),
        ("Ressources mobilisées", *map(words.signed, one.levered)),
        ("Ingénierie", *(words.signed(-spent) for spent in one.engineering)),
        ("Valeur", *map(words.signed, one.values)),
        ("Part des charges", *(percent(share) if share is not None else "–" for share in one.shares)),
        (
            "Ressources mobilisées pour 1 € d’ingénierie",
            *(f"{figure(each, 2)}\u202f€" if each is not None else "–" for each in one.per_euro),
        ),
    )
    table = Table(f"« {one.title} » par année", ("Terme", *map(str, named)), rows)
    return Alliance(one.title, nbsp(worth(data)), alliance.draw(data), table)


def worth(data: alliance.Terms) -> str:
    said = [
        f"{words.money(data.avoided)} de coûts évités",
        f"{words.money(data.given)} d’apports non monétaires",
        f"{words.money(data.levered)} de ressources mobilisées",
    ]
    return (
        f"{words.signed(data.value)} : {join_list(said)}, moins {words.money(data.engineering)} d’ingénierie."
    )


# --- side by side --------------------------------------------------------------------------------------------------------
def small(title: str, study: Study, low: int, high: int) -> Svg:
    return spark.draw(title, data_of(study), low, high)


def extent(studies: Sequence[Study]) -> tuple[int, int]:
    """One scale for all."""
    amounts = [
        amount
        for one in studies
        for amount in (
            one.plan.base.treasury,
            min(one.band.treasury_low),
            max(one.band.treasury_high),
            *one.projection.treasury,
        )
    ]
    return min(amounts), max(amounts)
