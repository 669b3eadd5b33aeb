"""Where the data of a figure comes from (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from apps.catalogue.provenance import Provenance


class Source(NamedTuple):
    """``status`` is S, P, P-, I, M or R; ``url`` may be empty."""

    label: str
    year: str
    url: str
    status: str


OURS = Source("Proposition pédagogique de la plateforme", "2026", "", "R")
ALLIANCES_COURSE = Source(
    "MOOC «\u202fLes alliances qui changent les territoires\u202f», parole de Charles-Benoît Heidsieck",
    "",
    "https://fr.coursera.org/lecture/les-alliances-qui-changent-les-territoires/"
    "parole-d-expert-charles-benoit-heidsieck-president-fondateur-du-rameau-episode-2-k1ple",
    "P",
)
RESOURCE_MODELS = Source(
    "Typologie des modèles de ressources financières (CPCA, 2014), résumé en ligne lu en partie",
    "2014",
    "https://www.officemanagement.services/post/nouveaux-modèles-économiques-des-associations-"
    "diversification-des-modèles-économiques",
    "P-",
)


def distinct(entries: Iterable[Provenance]) -> tuple[Source, ...]:
    """In their order, once each, whatever part of a row they are about."""
    return tuple(dict.fromkeys(Source(e.label, e.year, e.url, e.status) for e in entries))
