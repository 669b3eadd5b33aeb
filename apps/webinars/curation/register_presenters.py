"""What the screens of the registers show, ready for templates without logic."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import reverse

from apps.core.typography import count, date_long
from apps.webinars.curation import register_reads as reads
from apps.webinars.curation.register_kinds import PEOPLE, Register, Row
from apps.webinars.curation.wording import FIELDS
from apps.webinars.enums import PersonRequestKind
from apps.webinars.models import Appearance, Person, Revision, Webinar
from apps.webinars.services import people, rewriting


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list."""

    row: Row
    url: str
    name: str
    detail: str
    note: str


def entry(register: Register, row: Any) -> Entry:
    told = [count(row.cases, "cas public", "cas publics") if row.cases else "aucun cas public"]
    if register is not PEOPLE:
        told.insert(0, row.get_kind_display())
    if row.spellings:
        told.append(count(len(row.spellings), "autre graphie", "autres graphies"))
    if row.is_locked and not getattr(row, "is_withdrawn", False):
        told.append("corrigée à la main")
    return Entry(row, reverse(register.url, args=[row.slug]), str(row), " ; ".join(told), row.note)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one; ``url`` compares them."""

    first: Entry
    second: Entry
    url: str


def pairs(register: Register) -> list[Pair]:
    """2 queries."""
    return [
        Pair(
            entry(register, first),
            entry(register, second),
            f"{reverse(register.merge_url, args=[first.slug])}?avec={second.slug}",
        )
        for first, second in reads.alike(register)
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """A case where the row stands: who, what function, that day."""

    webinar: Webinar
    url: str
    lines: list[str]


def places(register: Register, row: Row) -> list[Place]:
    """Public cases, latest first. 1 query."""
    found = []
    for webinar, group in groupby(reads.appearances(row), key=lambda appearance: appearance.webinar):
        lines = [line(register, appearance) for appearance in group]
        found.append(Place(webinar, case_url(webinar.slug), lines))
    return found


def line(register: Register, appearance: Appearance) -> str:
    other = appearance.organisation.name if register is PEOPLE else str(appearance.person)
    return ", ".join(part for part in (appearance.role, other) if part)


def case_url(slug: str) -> str:
    return reverse("curation:case", args=[slug])


@dataclass(frozen=True, slots=True)
class Spot:
    """A text to read again: where, and around what words."""

    label: str
    field: str
    url: str
    excerpt: str = ""


def spots(found: list[rewriting.Mention]) -> list[Spot]:
    """2 queries."""
    return told_spots([(one.kind, one.slug, one.field, one.excerpt) for one in found])


def told_spots(found: list[tuple[str, str, str, str]]) -> list[Spot]:
    slugs = {slug for kind, slug, *_ in found if kind == "case"}
    cases = {row.slug: row for row in Webinar.objects.filter(slug__in=slugs).defer("sheet", "search")}
    return [spot(cases.get(slug), *one) for one in found for slug in [one[1]]]


def spot(case: Webinar | None, kind: str, slug: str, name: str, excerpt: str) -> Spot:
    if kind == "case":
        return Spot(str(case or slug), FIELDS.get(name, name), case_url(slug), excerpt)
    label = "Fiche d’une personne" if kind == "person" else "Fiche d’une organisation"
    field_name = "Note" if name == "note" else "Nom et graphies"
    return Spot(label, field_name, reverse(f"curation:{kind}", args=[slug]), excerpt)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the person, and what was done."""

    title: str
    done: str
    reason: str
    by: str
    spots: list[Spot] = field(default_factory=list)


def asked(person: Person) -> list[Asked]:
    """1 query, and 1 when places are left to read."""
    rows = list(reads.requests(person))
    left = told_spots([(kind, slug, name, "") for row in rows for kind, slug, name in row.mentions])
    return [
        Asked(
            f"{row.get_kind_display().capitalize()}, le {date_long(row.asked_on)}",
            row.done,
            row.reason,
            str(row.by) if row.by else "",
            left if row.kind == PersonRequestKind.REMOVAL else [],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rows of a merge, and what keeping it would do."""

    row: Row
    url: str
    facts: list[tuple[str, str]]
    cases: list[Webinar]


def side(register: Register, row: Any) -> Side:
    """1 query."""
    facts = [("Code", row.slug)]
    if register is not PEOPLE:
        facts += [("Type", row.get_kind_display()), ("Région", str(row.region or "aucune"))]
    facts += [
        ("Graphies", " ; ".join(row.spellings) or "aucune autre"),
        ("Note de curation", row.note or "aucune"),
    ]
    return Side(row, reverse(register.url, args=[row.slug]), facts, list(reads.cases(register, row.slug)))


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing a name would do, before it is done."""

    names: list[str]
    cases: list[Webinar]
    versions: int
    replaced: list[Spot]
    left: list[Spot]
    twins: list[Entry]
    namesakes: list[str]


def removal(person: Person) -> Removal:
    """About 12 queries and a walk through every text: for a page seen a few times a year."""
    names = people.names_of(person)
    change = people.forgetting(person.slug, person, names)
    others = people.people_like(person.first_name, person.last_name, other_than=person.pk)
    counted = {row.pk: row for row in reads.rows(PEOPLE).filter(pk__in=[row.pk for row in others])}
    return Removal(
        names,
        list(reads.cases(PEOPLE, person.slug)),
        Revision.objects.filter(**rewriting.told(person.slug)).count(),
        spots(rewriting.mentions(names, [], but=person.slug)),
        spots(rewriting.mentions(names, people.alone(person), but=person.slug, after=change)),
        [entry(PEOPLE, counted[row.pk]) for row in others if row.pk in counted],
        sorted(change.namesakes),
    )
