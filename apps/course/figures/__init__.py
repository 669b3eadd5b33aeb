"""The figures of the course: ``draw(code)`` for a page, ``FIGURES`` for the list that curators choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps.catalogue import models
from apps.catalogue.enums import ResourceKind
from apps.core.figures.svg import Svg
from apps.course.figures import (
    alliance_value,
    economy,
    invest,
    moves,
    partnerships,
    people,
    read,
    resource_models,
    steps,
)  # fmt: skip
from apps.course.figures.sources import ALLIANCES_COURSE, OURS, RESOURCE_MODELS, Source

__all__ = ["FIGURES", "Figure", "Source", "draw", "sources"]

Sources = tuple[Source, ...] | Callable[[], tuple[Source, ...]]


@dataclass(frozen=True, slots=True)
class Figure:
    """``name`` is for the curators; ``build`` draws it, with two queries at most; ``sources`` may read theirs."""

    code: str
    name: str
    build: Callable[[], Svg]
    sources: Sources


def _method_steps() -> list[models.Resource]:
    return list(models.Resource.objects.filter(kind=ResourceKind.METHOD_STEP))


_horizons = read.origins(models.TrajectoryHorizon.objects.all)
_ALL = (
    Figure("tripod", "Le trépied\u00a0: trois appuis portent le projet", read.tripod_figure,
           read.origins(models.Pillar.objects.all)),
    Figure("economy-is-not-finance", "L’économie n’est pas la finance", economy.draw, (OURS,)),
    Figure("scissors", "L’effet ciseau\u00a0: besoins et ressources", read.scissors_figure,
           read.of_points(read.SCISSORS)),
    Figure("three-impacts", "Trois impacts\u00a0: performance, innovation, confiance", read.three_impacts, _horizons),
    Figure("ecosystem-models", "Les 7 modèles d’écosystème et leurs liens", read.ecosystem_models,
           read.origins(models.EcosystemModel.objects.all, models.EcosystemInteraction.objects.all)),
    Figure("resource-models", "Les 7 modèles de ressources d’une association", resource_models.draw,
           (RESOURCE_MODELS, OURS)),
    Figure("human-wealth", "Les richesses humaines\u00a0: quatre façons de participer", people.wealth, (OURS,)),
    Figure("volunteers", "Le bénévolat en chiffres", read.volunteers, read.of_points(read.VOLUNTEERS)),
    Figure("resource-mix", "L’origine des ressources (chiffres anciens)", read.resource_mix,
           read.of_points(read.MIX)),
    Figure("run-or-invest", "Faire tourner ou investir", invest.draw, (OURS,)),
    Figure("cash", "Moins de trois mois de trésorerie", read.cash, read.of_points(tuple(read.CASH))),
    Figure("partnership-types", "Les 4 types de partenariat", read.partnership_types,
           read.origins(models.PartnershipType.objects.all)),
    Figure("face-or-side", "Face à face ou côte à côte", partnerships.face_or_side, (ALLIANCES_COURSE, OURS)),
    Figure("alliance-value", "Ce que vaut une alliance", alliance_value.draw, (OURS,)),
    Figure("levels", "Les échelons d’action", read.level_ladder, read.origins(models.Level.objects.all)),
    Figure("balance-moves", "Le point d’équilibre se déplace (exemple inventé)", moves.draw, (OURS,)),
    Figure("trajectory-matrix", "La matrice des trajectoires", read.trajectory_matrix,
           read.origins(models.TrajectoryRow.objects.all, models.TrajectoryHorizon.objects.all)),
    Figure("method-steps", "Les 8 étapes de la démarche", read.method_steps, read.origins(_method_steps)),
    Figure("partnership-steps", "Les 7 étapes d’un partenariat", steps.partnership, (OURS,)),
)  # fmt: skip
FIGURES: dict[str, Figure] = {figure.code: figure for figure in _ALL}


def draw(code: str) -> Svg:
    """KeyError for an unknown code; ``read.IncompleteError`` when a reference table lacks what it shows."""
    return FIGURES[code].build()


def sources(code: str) -> tuple[Source, ...]:
    """Up to two queries. KeyError for an unknown code."""
    found = FIGURES[code].sources
    return found() if callable(found) else found
