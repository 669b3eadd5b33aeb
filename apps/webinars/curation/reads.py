"""Reads of the curation space; each says how many queries it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf

from apps.accounts.models import User
from apps.catalogue.models import Fragility, Goal, Level, Pillar, Region, SizeClass
from apps.catalogue.provenance import STATUSES
from apps.editorial.enums import DraftState
from apps.webinars import naming, selectors
from apps.webinars.checks import References
from apps.webinars.curation.telling import Names
from apps.webinars.enums import LinkState
from apps.webinars.models import CitedOrganisation, LinkCheck, Person, PreviewLink, Revision, Webinar
from apps.webinars.sheet import Sheet

# Name of the list in forms and checks → table, and the column that a sheet cites.
CODES: dict[str, tuple[type[Model], str]] = {
    "goals": (Goal, "number"),
    "fragilities": (Fragility, "pk"),
    "pillars": (Pillar, "pk"),
    "levels": (Level, "pk"),
    "regions": (Region, "pk"),
    "sizes": (SizeClass, "pk"),
}
TITLE = Coalesce(
    NullIf(KT("draft__short_title"), Value("")),
    NullIf(KT("draft__title"), Value("")),
    Value("Fiche sans titre"),
    output_field=CharField(),
)
SHOWN = ExpressionWrapper(Q(sheet__isnull=False), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Choices:
    """Codes that a sheet may cite, in their order, with their names."""

    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, name: str) -> list[tuple[str, str]]:
        return list(self.lists.get(name, {}).items())


def choices() -> Choices:
    """1 query for all the lists."""
    first, *others = (codes(name, model, code) for name, (model, code) in CODES.items())
    lists: dict[str, dict[str, str]] = {name: {} for name in CODES}
    for kind, _, code, name in first.union(*others, all=True).order_by("kind", "place"):
        lists[kind][code] = f"{code}. {name}" if kind == "goals" else name
    return Choices(lists)


def codes(kind: str, model: type[Model], code: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        model._default_manager.order_by()
        .annotate(
            kind=Value(kind, CharField()),
            place=F("position"),
            code_said=Cast(code, CharField()),
            said=F("name"),
        )
        .values_list("kind", "place", "code_said", "said")
    )
    return found


def references(lists: Choices, people: Iterable[str], organisations: Iterable[str]) -> References:
    """What a sheet may cite, once the slugs that exist are known. No query."""
    known = {name: frozenset(lists.lists.get(name, {})) for name in CODES}
    return References(
        goals=frozenset(map(int, known["goals"])),
        fragilities=known["fragilities"],
        levels=known["levels"],
        regions=known["regions"],
        sizes=known["sizes"],
        people=frozenset(people),
        organisations=frozenset(organisations),
    )


def names_for(*sheets: Sheet) -> tuple[Names, References]:
    """What these sheets cite, and what exists of it. 3 queries."""
    lists = choices()
    people, organisations = selectors.names(
        {slug for said in sheets for slug in said.people()},
        {slug for said in sheets for slug in said.organisations()},
    )
    return Names(
        {slug: str(row) for slug, row in people.items()},
        {slug: row.name for slug, row in organisations.items()},
        {**lists.lists, "statuses": STATUSES},
    ), references(
        lists,
        [row.slug for row in people.values() if not row.merged_into_id],
        [row.slug for row in organisations.values() if not row.merged_into_id],
    )


def people_named(slugs: Iterable[str]) -> dict[str, Person]:
    """1 query, none when nobody is asked for."""
    wanted = {slug for slug in slugs if slug}
    return {row.slug: row for row in Person.objects.filter(slug__in=wanted)} if wanted else {}


def organisation_labels() -> dict[str, str]:
    """Slug → what the form writes for it: its name, with its slug beside when two share the name. 1 query."""
    rows = list(
        CitedOrganisation.objects.filter(merged_into=None).order_by("name").values_list("slug", "name")
    )
    shared = Counter(naming.key(name) for _, name in rows)
    return {slug: name if shared[naming.key(name)] == 1 else f"{name} [{slug}]" for slug, name in rows}


def cases(person: User, *, everything: bool) -> QuerySet[Webinar]:
    """Cases of the curation space with ``heading`` and ``is_shown``, without their long columns; an author's own. 1 query."""
    found = selectors.working() if everything else selectors.working().filter(author=person)
    return found.annotate(heading=TITLE, is_shown=SHOWN).defer("draft", "sheet", "search", "tags")


def search(found: QuerySet[Webinar], words: str, state: str) -> QuerySet[Webinar]:
    """Cases whose titles, or address, hold all these words, whatever the accents."""
    found = found.annotate(official=KT("draft__title"))
    for word in words.split()[:8]:
        found = found.filter(
            Q(official__unaccent__icontains=word)
            | Q(heading__unaccent__icontains=word)
            | Q(slug__icontains=word)
        )
    return found.filter(state=state) if state in DraftState.values else found


def broken_links() -> int:
    """Cases with a link that no longer answers. 1 query."""
    return LinkCheck.objects.filter(state=LinkState.BROKEN).values("webinar").distinct().count()


def case(slug: str) -> Webinar | None:
    """With ``last``, the number of its last revision. 1 query."""
    last = Revision.objects.filter(webinar=OuterRef("pk")).order_by("-number").values("number")[:1]
    return (
        Webinar.objects.select_related("author", "reviewer")
        .annotate(last=Subquery(last))
        .filter(slug=slug)
        .first()
    )


def preview_links(webinar: Webinar) -> QuerySet[PreviewLink]:
    """Those that were not revoked, the last first. 1 query."""
    return webinar.preview_links.filter(revoked_at=None).select_related("created_by")
