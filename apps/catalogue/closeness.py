"""« Le cas qui me ressemble, un pas devant moi »: which cases are near a situation, and why, in words.

The one service behind the page of that name, the case beside each lever of a result, its PDF, and the
neighbours of a case. Cases are rows of the index of resources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Fragility, Region, Resource, SizeClass
from apps.catalogue.published import kept
from apps.core.typography import join_list, nbsp

PILLARS = {
    "human": "vos richesses humaines",
    "financial": "vos ressources financières",
    "alliances": "vos alliances",
}
# What counts, from most to least: the need one answers, the pillar to strengthen, then place and size.
FRAGILITY, PILLAR, REGION, SIZE = 5, 3, 2, 2
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Situation:
    """Codes of the catalogue; "" or empty where it is not known. ``weakest`` is a pillar.

    ``aim``: the pillar that a case must speak of; the weakest when it is not said.
    """

    fragilities: frozenset[str] = frozenset()
    region: str = ""
    size: str = ""
    weakest: str = ""
    aim: str = ""

    @property
    def pillar(self) -> str:
        return self.aim or self.weakest


@dataclass(frozen=True, slots=True)
class Close:
    """A case, how close (more is closer), and whole sentences that say why, the strongest first."""

    case: Resource
    score: int
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        return " ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class Names:
    """How the catalogue calls its codes, and the place of each size from the smallest up."""

    fragilities: Mapping[str, str]
    regions: Mapping[str, str]
    ranks: Mapping[str, int] = field(default_factory=dict)


@kept
def names() -> Names:
    """1 query, 3 more when the content changed."""
    sizes = list(SizeClass.objects.all())
    return Names(
        dict(Fragility.objects.values_list("pk", "name")),
        dict(Region.objects.values_list("pk", "name")),
        {size.pk: size.position for size in sizes},
    )


def cases() -> QuerySet[Resource]:
    """Cases with ``touched`` (codes of fragilities), ``leaning`` (of pillars), ``aims`` (numbers of goals). 1 query."""
    own = Resource.objects.filter(pk=OuterRef("pk"))
    codes = {
        "touched": own.filter(fragilities__isnull=False).values("fragilities").order_by("fragilities"),
        "leaning": own.filter(pillars__isnull=False).values("pillars"),
        "aims": own.filter(goals__isnull=False).values("goals__number").order_by("goals__number"),
    }
    return Resource.objects.filter(kind=ResourceKind.WEBINAR).annotate(
        **{name: ArraySubquery(rows) for name, rows in codes.items()}
    )


def candidates(situation: Situation) -> list[Resource]:
    """Cases that share a fragility or a region, or lean on the weakest pillar; sixty at most. 1 query."""
    shared = Count("fragilities", filter=Q(fragilities__in=situation.fragilities), distinct=True)
    near = Q(shared__gt=0) | Q(regions__contains=[situation.region])
    if situation.weakest:
        near |= Q(
            Exists(Resource.pillars.through.objects.filter(resource=OuterRef("pk"), pillar=situation.weakest))
        )
    rows = cases().annotate(shared=shared).filter(near)
    return list(rows.order_by("-shared", "-date", "pk")[:CANDIDATES])


def closest(situation: Situation, cases: Iterable[Resource], known: Names, limit: int = 3) -> list[Close]:
    """The closest first, the latest on a tie; none without a reason."""
    found = [close for close in (weigh(situation, case, known) for case in cases) if close.reasons]
    return ordered(found)[:limit]


def weigh(situation: Situation, case: Resource, known: Names) -> Close:
    parts = (
        by_fragility(situation, case.touched, known),
        by_pillar(situation, case),
        by_region(situation, case, known),
        by_size(situation, case, known),
    )
    told = [(points, nbsp(reason)) for points, reason in parts if reason]
    return Close(case, sum(points for points, _ in told), tuple(reason for _, reason in told))


Part = tuple[int, str]
NOTHING: Part = (0, "")


def by_fragility(situation: Situation, touched: Collection[str], known: Names) -> Part:
    shared = sorted(situation.fragilities & set(touched))
    if not shared:
        return NOTHING
    named = join_list(f"« {known.fragilities[code]} »" for code in shared)
    word = "la fragilité" if len(shared) == 1 else "les fragilités"
    return FRAGILITY * len(shared), f"Il traite {word} {named}, comme vous."


def by_pillar(situation: Situation, case: Resource) -> Part:
    """The step ahead: where you are weakest, this case leans on something."""
    pillar = situation.pillar
    reading = case.readings.get(pillar, "")
    if not reading or pillar not in case.leaning:
        return NOTHING
    if pillar == situation.weakest:
        return PILLAR, f"Un pas devant sur {PILLARS[pillar]}, votre appui le plus bas : « {reading} »"
    return PILLAR, f"Sur {PILLARS[pillar]} : « {reading} »"


def by_region(situation: Situation, case: Resource, known: Names) -> Part:
    if situation.region not in case.regions:
        return NOTHING
    return REGION, f"Il se passe dans votre région ({known.regions[situation.region]})."


def by_size(situation: Situation, case: Resource, known: Names) -> Part:
    """The same size, or the one just above: what you may be next."""
    own = known.ranks.get(situation.size)
    if own is None:
        return NOTHING
    if situation.size in case.sizes:
        return SIZE, "Une association de votre taille y témoigne."
    if any(known.ranks.get(size) == own + 1 for size in case.sizes):
        return SIZE, "Une association un peu plus grande que la vôtre y témoigne."
    return NOTHING


def neighbours(
    case: Resource, others: Iterable[Resource], named: Mapping[str, str], limit: int = 3
) -> list[Close]:
    """Cases near another case, with the reason: a fragility (code → name in ``named``), a goal or a region in common."""
    found = [resemblance(case, other, named) for other in others if other.pk != case.pk]
    return ordered([close for close in found if close.reasons])[:limit]


def resemblance(case: Resource, other: Resource, named: Mapping[str, str]) -> Close:
    same = [named[code] for code in other.touched if code in case.touched]
    aims = [number for number in other.aims if number in case.aims]
    around = len(set(case.regions) & set(other.regions))
    reasons = []
    if same:
        told = join_list(f"« {name} »" for name in same)
        reasons.append(f"Même fragilité : {told}." if len(same) == 1 else f"Mêmes fragilités : {told}.")
    if aims:
        reasons.append(f"{'Même ODD' if len(aims) == 1 else 'Mêmes ODD'} : {join_list(aims)}.")
    if around:
        reasons.append("Même région.")
    points = FRAGILITY * len(same) + SIZE * len(aims) + around
    return Close(other, points, tuple(nbsp(reason) for reason in reasons))


def ordered(found: list[Close]) -> list[Close]:
    """The closest first, the latest on a tie."""
    return sorted(
        found, key=lambda close: (-close.score, -(close.case.date or date.min).toordinal(), close.case.pk)
    )


def near_case(code: str, named: Mapping[str, str]) -> list[Close]:
    """The three neighbours of a case, among those that share a fragility, a goal or a region. 2 queries."""
    case = cases().filter(pk=code).first()
    if case is None:
        return []
    shared = Count("fragilities", filter=Q(fragilities__in=case.touched), distinct=True)
    aims = Resource.goals.through.objects.filter(resource=OuterRef("pk"), goal__number__in=case.aims)
    rows = cases().exclude(pk=code).annotate(shared=shared)
    near = rows.filter(Q(shared__gt=0) | Q(Exists(aims)) | Q(regions__overlap=case.regions))
    return neighbours(case, near.order_by("-shared", "-date", "pk")[:CANDIDATES], named)
