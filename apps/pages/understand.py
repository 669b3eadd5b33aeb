"""The sections behind the door « Comprendre »: what each one reads and shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.catalogue import models
from apps.catalogue.provenance import Provenance, merged
from apps.pages import figures

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """``line`` says in the table of contents what one finds there; ``build`` reads it (2 to 6 queries)."""

    slug: str
    name: str
    line: str
    build: Callable[[], Context]

    @property
    def title(self) -> str:
        return self.name

    @property
    def template(self) -> str:
        return f"pages/comprendre/{self.slug}.html"

    def get_absolute_url(self) -> str:
        return reverse("pages:understand_section", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Topic:
    """Reference points on one subject: those whose code starts with one of ``starts``."""

    name: str
    starts: tuple[str, ...]

    def rows(self, points: Iterable[models.ReferencePoint]) -> list[models.ReferencePoint]:
        return [point for point in points if point.code.startswith(self.starts)]


TOPICS = (
    Topic("Trésorerie", ("cash-",)),
    Topic("Fonds propres", ("equity-",)),
    Topic(
        "Ressources et dépendance",
        (
            "top-funder",
            "subsidy",
            "public-",
            "membership",
            "resource-mix",
            "bank-",
            "not-enough",
            "difficulty",
            "answer",
        ),
    ),
    Topic("Emploi et masse salariale", ("payroll",)),
    Topic("Bénévolat", ("volunteer",)),
    Topic("Le secteur", ("associations", "employers", "sector")),
    Topic("Alliances et accompagnement", ("company", "alliance", "dla")),
)


def models_and_actors() -> Context:
    ecosystem = list(models.EcosystemModel.objects.prefetch_related("gives__receiver", "receives__giver"))
    profiles = list(
        models.ActorProfile.objects.select_related("sphere").order_by("sphere__position", "position")
    )
    interactions = [link for model in ecosystem for link in model.gives.all()]
    return {
        "models": ecosystem,
        "profiles": profiles,
        "models_sources": merged([*ecosystem, *interactions]),
        "profiles_sources": sources_with_parents(profiles, [p.sphere for p in profiles]),
    }


def levels() -> Context:
    rows = list(models.Level.objects.all())
    return {"levels": rows, "sources": merged(rows)}


def partnerships() -> Context:
    types, approaches = (
        list(models.PartnershipType.objects.all()),
        list(models.EvaluationApproach.objects.all()),
    )
    return {
        "types": types,
        "approaches": approaches,
        "types_sources": merged(types),
        "approaches_sources": merged(approaches),
    }


def situations() -> Context:
    rows = list(models.ProfessionalSituation.objects.all())
    return {"situations": rows, "sources": merged(rows)}


def trajectory() -> Context:
    rows, horizons = list(models.TrajectoryRow.objects.all()), list(models.TrajectoryHorizon.objects.all())
    return {
        "horizons": horizons,
        "rows": rows,
        "ours": next(row for row in rows if row.fits_associations),
        "figure": figures.matrix(rows, horizons),
        "sources": merged([*rows, *horizons]),
    }


def reference_points() -> Context:
    points = list(models.ReferencePoint.objects.all())
    return {"topics": [(topic.name, topic.rows(points)) for topic in TOPICS]}


def sources_with_parents(
    rows: Iterable[models.Ordered], parents: Iterable[models.Ordered]
) -> list[Provenance]:
    return merged([*rows, *parents])


SECTIONS = (
    Section(
        "modeles-et-acteurs",
        "Modèles et acteurs",
        "Sept façons de faire vivre l’intérêt général, ce qui circule entre elles, et dix profils d’acteurs.",
        models_and_actors,
    ),
    Section(
        "echelons",
        "Les échelons",
        "De la rue au monde\u00a0: où se voit l’effet, où se décide le cadre.",
        levels,
    ),
    Section(
        "partenariats",
        "Partenariats et évaluation",
        "Quatre façons de s’allier avec une entreprise, sept questions pour en parler ensemble après coup.",
        partnerships,
    ),
    Section(
        "situations-professionnelles",
        "Huit situations de travail",
        "Ce que fait, concrètement, une personne qui relie les acteurs d’un territoire.",
        situations,
    ),
    Section(
        "trajectoire",
        "La trajectoire",
        "Dix-huit mois, sept ans, vingt-huit ans\u00a0: comment répartir l’effort.",
        trajectory,
    ),
    Section(
        "reperes",
        "Les repères chiffrés",
        "Des chiffres publiés, chacun avec sa source, son année et sa population. Jamais des normes.",
        reference_points,
    ),
)
BY_SLUG = {section.slug: section for section in SECTIONS}
