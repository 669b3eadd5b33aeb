"""Which file fills which table, in an order where each row only cites earlier tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models as db

from apps.catalogue import models
from apps.catalogue.content.rows import ContentError, Row, build

Values = dict[str, Any]
Links = dict[str, dict[str, str]]
Reshape = Callable[[Values], tuple[Values, Links]]


@dataclass(frozen=True)
class Table:
    """``names``: key in the file → attribute of the model, where they differ."""

    model: type[models.Ordered]
    file: tuple[str, ...]
    lists: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    reshape: Reshape = lambda values: (values, {})

    def rows(self, content: Any) -> list[Row]:
        """The checked rows of the file's lists, positions from 1. ContentError on a code used twice."""
        found = [
            self.row(raw, rank) for rank, raw in enumerate((r for k in self.lists for r in content[k]), 1)
        ]
        codes = [row.code for row in found]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ContentError(f"{self.file[-1]} : code en double ({', '.join(twice)}).")
        return found

    def row(self, raw: Values, rank: int) -> Row:
        values, links = self.reshape(dict(raw))
        values = {self.names.get(key, key): value for key, value in values.items()}
        where = f"{self.file[-1]}, « {values.get('code', f'ligne {rank}')} »"
        if values.get("number", rank) != rank and self.model is not models.ReferencePoint:
            raise ContentError(f"{where} : le numéro {values['number']} n’est pas sa place ({rank}).")
        if "number" in values and "number" not in {f.name for f in self.model._meta.fields}:
            del values["number"]
        return build(self.model, where, {**values, "position": rank}, links)


@dataclass(frozen=True)
class Link:
    """A many-to-many field whose rows come from the files; ``weight`` when its rows carry one."""

    model: type[models.Ordered]
    name: str
    through: type[db.Model]
    source: str
    target: str
    weight: bool = False


def fragility(values: Values) -> tuple[Values, Links]:
    indicator = values.pop("indicator")
    goals = {f"ODD{link['number']}": link["weight"] for link in values.pop("goals")}
    more = {"indicator_producer": indicator["producer"], "indicator_source": indicator["source"]}
    return {**values, "indicator": indicator["name"], **more}, {"goals": goals}


def interaction(values: Values) -> tuple[Values, Links]:
    giver, receiver = values.pop("from"), values.pop("to")
    return {**values, "code": f"{giver}>{receiver}", "giver_id": giver, "receiver_id": receiver}, {}


def trajectory(values: Values) -> tuple[Values, Links]:
    horizons = values.pop("horizons")
    columns = {"months_18": "18_mois", "years_7": "7_ans", "years_28": "28_ans"}
    shares = {column: horizons[code]["share"] for column, code in columns.items()}
    return {
        **values,
        **shares,
        "positions": {code: horizons[code]["position"] for code in columns.values()},
    }, {}


def catalogue(name: str) -> tuple[str, str]:
    return ("catalogue", f"{name}.yaml")


TABLES = (
    Table(models.Region, catalogue("territories"), ("regions",)),
    Table(models.Department, catalogue("territories"), ("departments", "others"), {"region": "region_id"}),
    Table(models.LegalForm, catalogue("legal_forms"), ("legal_forms",)),
    Table(models.SizeClass, catalogue("size_classes"), ("size_classes",), {"label": "name"}),
    Table(models.Pillar, catalogue("pillars"), ("pillars",)),
    Table(models.Level, catalogue("levels"), ("levels",), {"share_of_associations": "share"}),
    Table(models.Goal, catalogue("goals"), ("goals",)),
    Table(models.FragilityFamily, catalogue("fragilities"), ("families",)),
    Table(models.Fragility, catalogue("fragilities"), ("fragilities",), {"family": "family_id"}, fragility),
    Table(models.EcosystemModel, catalogue("ecosystem_models"), ("models",)),
    Table(
        models.EcosystemInteraction,
        catalogue("ecosystem_models"),
        ("interactions",),
        {"label": "name"},
        interaction,
    ),
    Table(models.ActorSphere, catalogue("actor_profiles"), ("spheres",)),
    Table(models.ActorProfile, catalogue("actor_profiles"), ("profiles",), {"sphere": "sphere_id"}),
    Table(models.PartnershipType, catalogue("partnership_types"), ("types",)),
    Table(models.EvaluationApproach, catalogue("evaluation_approaches"), ("approaches",)),
    Table(models.ProfessionalSituation, catalogue("professional_situations"), ("situations",)),
    Table(models.TrajectoryHorizon, catalogue("trajectory_matrix"), ("horizons",)),
    Table(models.TrajectoryRow, catalogue("trajectory_matrix"), ("rows",), {}, trajectory),
    Table(
        models.ReferencePoint, catalogue("reference_points"), ("points",), {"key": "code", "label": "name"}
    ),
    Table(
        models.GlossaryTerm,
        ("glossary.yaml",),
        ("terms",),
        {"key": "code", "term": "name", "definition": "summary"},
    ),
    Table(models.Door, catalogue("doors"), ("doors",), {"slug": "code", "promise": "summary"}),
    Table(models.ResourceFamily, catalogue("resource_families"), ("families",)),
)
LINKS = (Link(models.Fragility, "goals", models.FragilityGoal, "fragility_id", "goal_id", weight=True),)
