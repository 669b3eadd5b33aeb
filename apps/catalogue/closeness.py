"""« Le cas qui me ressemble, un pas devant moi »: which cases are near a situation, and why, in words.

The one service behind the page of that name, the case beside each lever of a result, its PDF, and the
neighbours of a case. Cases are rows of the index of resources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from apps.catalogue import selectors
from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Fragility, Region, Resource, SizeClass
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
    """Codes of the catalogue; "" or empty where it is not known. ``weakest`` is a pillar."""

    fragilities: frozenset[str] = frozenset()
    region: str = ""
    size: str = ""
    weakest: str = ""


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
    """How the catalogue calls its codes, and the sizes from the smallest up."""

    fragilities: Mapping[str, str]
    regions: Mapping[str, str]
    sizes: Mapping[str, str]
    ranks: Mapping[str, int] = field(default_factory=dict)


def names() -> Names:
    """3 queries."""
    sizes = list(SizeClass.objects.all())
    return Names(
        dict(Fragility.objects.values_list("pk", "name")),
        dict(Region.objects.values_list("pk", "name")),
        {size.pk: size.name for size in sizes},
        {size.pk: size.position for size in sizes},
    )


def candidates(situation: Situation) -> list[Resource]:
    """Cases that share a fragility or a region, or lean on the weakest pillar; sixty at most. 4 queries."""
    near = Q(fragilities__in=situation.fragilities) | Q(regions__contains=[situation.region])
    if situation.weakest:
        near |= Q(pillars=situation.weakest)
    shared = Count("fragilities", filter=Q(fragilities__in=situation.fragilities), distinct=True)
    rows = selectors.resources(ResourceKind.WEBINAR).filter(near).annotate(shared=shared)
    return list(rows.order_by("-shared", "-date", "pk")[:CANDIDATES])


def closest(situation: Situation, cases: Iterable[Resource], known: Names, limit: int = 3) -> list[Close]:
    """The closest first, the latest on a tie; none without a reason."""
    found = [close for close in (weigh(situation, case, known) for case in cases) if close.reasons]
    found.sort(
        key=lambda close: (
            -close.score,
            -(close.case.date.toordinal() if close.case.date else 0),
            close.case.pk,
        )
    )
    return found[:limit]


def weigh(situation: Situation, case: Resource, known: Names) -> Close:
    parts = (
        by_fragility(situation, {row.pk for row in case.fragilities.all()}, known),
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
    reading = case.readings.get(situation.weakest, "")
    if not reading or situation.weakest not in {row.pk for row in case.pillars.all()}:
        return NOTHING
    return (
        PILLAR,
        f"Un pas devant sur {PILLARS[situation.weakest]}, votre appui le plus bas : {lower(reading)}",
    )


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


def lower(sentence: str) -> str:
    """To go on after a colon: « Des bénévoles » → « des bénévoles », but « ESS » and « MonEpi » stay."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first[1:].islower() or first in ("À", "L") else sentence


def neighbours(case: Resource, others: Sequence[Resource], limit: int = 3) -> list[Close]:
    """Cases near another case, with the reason: a fragility, a goal or a region in common."""
    fragilities, goals = {row.pk for row in case.fragilities.all()}, {row.number for row in case.goals.all()}
    found = []
    for other in others:
        if other.pk == case.pk:
            continue
        same = [row.name for row in other.fragilities.all() if row.pk in fragilities]
        both = sorted(row.number for row in other.goals.all() if row.number in goals)
        around = len(set(case.regions) & set(other.regions))
        reasons = []
        if same:
            named = join_list(f"« {name} »" for name in same)
            reasons.append(f"Même fragilité : {named}." if len(same) == 1 else f"Mêmes fragilités : {named}.")
        if both:
            reasons.append(f"{'Même ODD' if len(both) == 1 else 'Mêmes ODD'} : {join_list(both)}.")
        if around:
            reasons.append("Même région.")
        if reasons:
            points = FRAGILITY * len(same) + SIZE * len(both) + around
            found.append(Close(other, points, tuple(nbsp(reason) for reason in reasons)))
    found.sort(
        key=lambda close: (
            -close.score,
            -(close.case.date.toordinal() if close.case.date else 0),
            close.case.pk,
        )
    )
    return found[:limit]


def around(case: Resource) -> list[Resource]:
    """Where to look for the neighbours of a case; sixty at most. 4 queries."""
    return candidates(Situation(fragilities=frozenset(row.pk for row in case.fragilities.all()))) or list(
        selectors.webinars().filter(goals__in=case.goals.all()).distinct()[:CANDIDATES]
    )
