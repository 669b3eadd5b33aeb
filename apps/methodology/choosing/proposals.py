"""What a chosen scenario asks of the roadmap (pure): an action for each hypothesis, indicators for what it promises.

Values are those that the fields of step 7 and step 8 hold; figures are the simulator’s own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from apps.core.typography import rounded
from apps.methodology.choosing import costing
from apps.methodology.roadmap.timeline import shortened
from apps.methodology.simulation.reading import LABELS
from apps.methodology.simulation.words import signed, span, when
from apps.methodology.tools.follow_up import INDICATOR
from apps.methodology.tools.roadmap import ACTION
from apps.simulator.outcome import Projection
from apps.simulator.plan import COSTS, Hypothesis
from apps.simulator.study import Study

ROOM = 110  # letters of a hypothesis’s name in a title
EVE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Way:
    """How a sort becomes an action. ``before``: in place the day before it starts; ``months``: of work until then."""

    title: str
    pillar: str
    done: str
    months: int
    before: bool = False


WAYS: Mapping[str, Way] = {
    "funder_won": Way("Obtenir {}", "financial", "L’accord est écrit", 6, before=True),
    "funder_lost": Way(
        "Préparer la fin de {}", "financial", "Le budget tient sans ce soutien", 6, before=True
    ),
    "agreement": Way("Signer la convention {}", "financial", "La convention est signée", 6, before=True),
    "giving": Way("Lancer la collecte {}", "financial", "La collecte est ouverte", 4),
    "activity": Way("Préparer le changement {}", "financial", "Le tarif ou le volume a changé", 3),
    "membership": Way("Mener la campagne d’adhésion {}", "human", "Le nombre de membres est atteint", 3),
    "hiring": Way("Recruter {}", "human", "Le contrat de travail est signé", 4),
    "volunteering": Way("Accueillir des bénévoles {}", "human", "Les heures prévues sont tenues", 3),
    "investment": Way(
        "Décider et financer {}", "financial", "L’achat est décidé, son financement est acquis", 9
    ),
    "pooling": Way("Mettre en commun {}", "alliances", "La fonction partagée fonctionne", 6),
    "alliance": Way("Conclure {}", "alliances", "L’accord entre partenaires est signé", 9, before=True),
}
# The same sorts the other way round, when less is expected.
LESS: Mapping[str, Way] = {
    "membership": Way(
        "Préparer la baisse des adhésions {}", "human", "Le budget tient avec moins de membres", 3
    ),
    "giving": Way(
        "Préparer la baisse de la collecte {}", "financial", "Le budget tient avec moins de dons", 4
    ),
    "hiring": Way("Préparer la fin du poste {}", "human", "La suite du poste est dite à chaque personne", 6),
    "volunteering": Way("S’organiser avec moins d’heures {}", "human", "Les tâches sont réparties", 3),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is planned at a year’s end."""

    on: date
    planned: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """``key``: of the hypothesis, or the name of what is followed. ``kind``: « action » or « indicator ».

    ``fields``: code → stored value. ``day``: the code of its date that may be changed.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    readings: tuple[Reading, ...] = field(default=())

    @property
    def day(self) -> str:
        return "due" if self.kind == "action" else "goal_on"


def proposals(scenario: str, study: Study, today: date) -> list[Proposal]:
    """Actions in the order of their dates, then indicators. ``scenario``: its title."""
    plan, told = study.plan, study.projection
    actions = [
        action(one, scenario, told, today)
        for one in plan.hypotheses
        if one.sort in WAYS and moves(one, plan.base.year, told)
    ]
    actions.sort(key=lambda one: (one.fields["due"], one.fields["title"]))
    indexed = [
        index(one, scenario, study)
        for one in plan.hypotheses
        if one.sort == "indexation" and moves(one, plan.base.year, told)
    ]
    return [*actions, result(scenario, study), *cash(scenario, study), *indexed]


def moves(one: Hypothesis, base: int, told: Projection) -> bool:
    """Whether it starts within the years that are counted."""
    return one.starts is None or one.starts.year <= max(told.years[-1], base)


# --- actions --------------------------------------------------------------------------------------------------------------
def action(one: Hypothesis, scenario: str, told: Projection, today: date) -> Proposal:
    way = way_of(one)
    first = one.starts or date(told.years[0], 1, 1)
    due = first - EVE if way.before else first
    fields = {
        "title": titled(way, one)[: ACTION.field("title").most],
        "starts": min(due, max(today, earlier(due, way.months))).isoformat(),
        "due": due.isoformat(),
        "pillar": way.pillar,
        "cost": costing.cost(one),
        "funding": costing.funding(one),
        "indicator": way.done,
        "notes": notes(one, scenario, told)[: ACTION.field("notes").most],
    }
    return Proposal(one.key, "action", kept(fields))


def way_of(one: Hypothesis) -> Way:
    """By its sign: fewer hours, fewer members, a post that goes."""
    sign = one.amounts.get("fte", Decimal(0)) if one.sort == "hiring" else one.mid
    return LESS[one.sort] if sign < 0 and one.sort in LESS else WAYS[one.sort]


def titled(way: Way, one: Hypothesis) -> str:
    return way.title.format(f"« {shortened(one.title, ROOM)} »")


def earlier(day: date, months: int) -> date:
    """The first of the month, so many months before."""
    rank = day.year * 12 + day.month - 1 - months
    return date(rank // 12, rank % 12 + 1, 1)


def notes(one: Hypothesis, scenario: str, told: Projection) -> str:
    """The scenario, the figures of the hypothesis, what it changes each year, and its costs."""
    lines = [f"Scénario retenu\u00a0: {scenario}."]
    lines.append(f"Hypothèse, {costing.small(', '.join(filter(None, (span(one), when(one)))))}.")
    lines += costing.details(one)
    effect = told.effects.get(one.key)
    if effect and any(effect.result):
        years = zip(told.years, effect.result, strict=True)
        said = "\u00a0; ".join(f"{year}\u00a0: {signed(amount)}" for year, amount in years)
        lines.append(f"Effet sur le résultat\u00a0: {said}.")
    return "\n".join(lines)


# --- indicators -----------------------------------------------------------------------------------------------------------
def result(scenario: str, study: Study) -> Proposal:
    plan, told = study.plan, study.projection
    start = sum(plan.base.of(code) for code in told.resources) - sum(plan.base.of(code) for code in COSTS)
    values = [euros_of(amount) for amount in told.results]
    return followed("result", "Résultat de l’exercice", "€", (euros_of(start), *values), scenario, study)


def cash(scenario: str, study: Study) -> list[Proposal]:
    """None for a year whose charges are not paid."""
    told, base = study.projection, study.plan.base
    if any(value is None for value in told.months_of_cash):
        return []
    values = [tenths(value) for value in told.months_of_cash if value is not None]
    paid = sum(base.of(code) for code in COSTS if code != "depreciation")
    start = tenths(Fraction(12 * base.treasury, paid)) if paid > 0 else ""
    return [followed("cash", "Mois de trésorerie en fin d’année", "mois", (start, *values), scenario, study)]


def index(one: Hypothesis, scenario: str, study: Study) -> Proposal:
    """What an evolution makes of a charge or a resource, alone."""
    plan, told = study.plan, study.projection
    nature = one.choices.get("nature", "")
    codes = [code for code in COSTS if code != "depreciation"] if nature == "all_costs" else [nature]
    start, effect = sum(plan.base.of(code) for code in codes), told.effects[one.key]
    changes = [
        sum(side[code][t] for side in (effect.resources, effect.costs) for code in codes if code in side)
        for t in range(len(told.years))
    ]
    name = "Charges, sauf les amortissements" if nature == "all_costs" else LABELS.get(nature, one.title)
    values = [euros_of(start), *(euros_of(start + change) for change in changes)]
    return followed(one.key, name, "€", values, scenario, study)


def followed(key: str, title: str, unit: str, values: Sequence[str], scenario: str, study: Study) -> Proposal:
    """``values``: at the start, then at each year’s end."""
    base, years = study.plan.base.year, study.projection.years
    start, *planned = values
    fields = {
        "title": title[: INDICATOR.field("title").most],
        "pillar": "financial",
        "unit": unit,
        "start": start,
        "start_on": date(base, 12, 31).isoformat(),
        "goal": planned[-1],
        "goal_on": date(years[-1], 12, 31).isoformat(),
        "source": f"Comptes de l’année ; prévu par le scénario « {shortened(scenario, 90)} »",
    }
    readings = [Reading(date(year, 12, 31), value) for year, value in zip(years, planned, strict=True)]
    return Proposal(key, "indicator", kept(fields), tuple(readings))


def kept(fields: Mapping[str, str]) -> dict[str, str]:
    """What says something, with the plain spaces that fields keep; pages put French ones back."""
    return {
        code: value if code == "notes" else " ".join(value.split()) for code, value in fields.items() if value
    }


def euros_of(cents: int) -> str:
    """Whole euros, as the page says it."""
    return f"{rounded(Fraction(cents, 100), 0)}"


def tenths(value: Fraction) -> str:
    """As the page says it: one decimal."""
    shown = rounded(value, 1)
    return f"{Decimal(shown.numerator) / Decimal(shown.denominator):f}"
