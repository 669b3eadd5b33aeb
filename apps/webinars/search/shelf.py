"""Which public cases carry which tag, as sets of bits: facets are counted without asking the database.

One integer a tag, one bit a case: counting 60 tags over 10,000 cases takes a tenth of a millisecond. Kept by
process for one revision of the content, read again in one query when a case is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from apps.catalogue.models import Fragility, Goal, Level, Pillar, Region
from apps.catalogue.published import kept
from apps.core.typography import join_list, nbsp
from apps.webinars import selectors
from apps.webinars.enums import Cycle, OrganisationKind

Filters = Mapping[str, Sequence[str]]
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """``ids`` latest first; bit n of a set stands for ``ids[n]``. ``labels``: filter → code → its name."""

    ids: tuple[int, ...]
    places: Mapping[int, int]
    tags: Mapping[str, int]
    labels: Labels

    @property
    def everything(self) -> int:
        return (1 << len(self.ids)) - 1

    def bits(self, ids: Iterable[int]) -> int:
        """The set of these cases; those published since the shelf was read are not on it."""
        marks = bytearray(len(self.ids) // 8 + 1)
        for pk in ids:
            place = self.places.get(pk)
            if place is not None:
                marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def carrying(self, name: str, codes: Iterable[str]) -> int:
        """Cases with any of these tags."""
        found = 0
        for code in codes:
            found |= self.tags.get(f"{name}:{code}", 0)
        return found

    def filtered(self, among: int, filters: Filters, *, but: str = "") -> int:
        """Cases of ``among`` that answer each filter, the one named ``but`` left aside."""
        for name, codes in filters.items():
            if codes and name != but:
                among &= self.carrying(name, codes)
        return among

    def listed(self, bits: int) -> list[int]:
        """The cases of a set, latest first."""
        marks = bits.to_bytes(len(self.ids) // 8 + 1, "little")
        return [pk for place, pk in enumerate(self.ids) if marks[place >> 3] >> (place & 7) & 1]


@kept
def shelf() -> Shelf:
    """1 query, 4 after a publication."""
    ids: list[int] = []
    tags: dict[str, bytearray] = {}
    rows = list(selectors.public().order_by("-date", "slug").values_list("pk", "tags"))
    size = len(rows) // 8 + 1
    for place, (pk, carried) in enumerate(rows):
        ids.append(pk)
        for tag in carried:
            tags.setdefault(tag, bytearray(size))[place >> 3] |= 1 << (place & 7)
    return Shelf(
        tuple(ids),
        {pk: place for place, pk in enumerate(ids)},
        {tag: int.from_bytes(marks, "little") for tag, marks in tags.items()},
        labels(),
    )


def labels() -> dict[str, dict[str, str]]:
    """What each code of a filter is called. 2 queries."""
    known: dict[str, dict[str, str]] = {
        name: {} for name in ("fragility", "fragility_slug", "goal", "pillar", "level", "region")
    }
    for name, code, label, slug in reference_names():
        known[name][code] = f"{code}. {label}" if name == "goal" else label
        if name == "fragility":
            known["fragility_slug"][code] = slug
    cycles: dict[str, list[str]] = {}
    told = selectors.public().order_by("-date__year", "cycle").values_list("date__year", "cycle").distinct()
    for year, cycle in told:
        cycles.setdefault(str(year), []).append(f"« {dict(Cycle.choices).get(cycle, '')} »")
    return {
        **known,
        "year": {year: nbsp(f"{year}, {join_list(names)}") for year, names in cycles.items()},
        "kind": {code: label[:1].upper() + label[1:] for code, label in OrganisationKind.choices},
        "cycle": dict(Cycle.choices),
    }


def reference_names() -> list[tuple[str, str, str, str]]:
    """(filter, code, name, slug or "") of five lists, each in its order. 1 query."""
    code = Cast("number", CharField())
    lists = [
        rows.annotate(list=Value(name), key=key, address=slug).values_list(
            "list", "key", "name", "address", "position"
        )
        for name, rows, key, slug in (
            ("fragility", Fragility.objects.order_by(), F("code"), F("slug")),
            ("goal", Goal.objects.order_by(), code, Value("")),
            ("pillar", Pillar.objects.order_by(), F("code"), Value("")),
            ("level", Level.objects.order_by(), F("code"), Value("")),
            ("region", Region.objects.order_by(), F("code"), Value("")),
        )
    ]
    together = lists[0].union(*lists[1:], all=True).order_by("list", "position")
    return [(name, key, label, slug) for name, key, label, slug, _ in together]
