"""Who a typed name is: someone known, someone new. No doubtful name is linked or added before a person decided.

The same name for an organisation where she already speaks is the same person; any other likeness is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from apps.webinars import naming
from apps.webinars.enums import OrganisationKind
from apps.webinars.models import Appearance, CitedOrganisation, Person, Webinar
from apps.webinars.services.people import add_organisation, add_person, organisations_like, people_like

# One writer of names at a time: two forms that add the same person make one. Any number that no other lock takes.
LOCK = 20_261_126
NEW = "nouvelle"


def key_of(*parts: str) -> str:
    """As ``naming.key``; a name that it cannot write is its own key."""
    return naming.key(*parts) or " ".join(parts).strip().casefold()


@dataclass(frozen=True, slots=True)
class TypedPerson:
    first_name: str
    last_name: str
    organisation: str

    @property
    def key(self) -> str:
        return key_of(self.first_name, self.last_name)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person decided: a slug or ``NEW``, having seen these slugs."""

    choice: str = ""
    seen: frozenset[str] = frozenset()
    kind: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    slug: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Question:
    """« C’est la même, ou une autre ? »; ``about`` is « person » or « organisation »."""

    about: str
    key: str
    typed: str
    context: str
    candidates: tuple[Candidate, ...]
    answer: Answer = Answer()

    @property
    def seen(self) -> str:
        return " ".join(candidate.slug for candidate in self.candidates)


class UnsettledError(Exception):
    """A person must say who these names are; nothing was written."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(f"{len(questions)} names")
        self.questions = questions


@dataclass(slots=True)
class Settled:
    """Typed → slug, and the names that were added."""

    people: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    # Someone of the list asked not to be named any more.
    has_withdrawn: bool = False


def lock() -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def settle(
    *,
    people: Mapping[str, TypedPerson],
    organisations: Iterable[str],
    answers: Mapping[str, Answer],
    at_home: frozenset[str] = frozenset(),
) -> Settled:
    """Slugs for these typed people (by reference) and organisations (by text).

    ``at_home``: people that the case already cites. UnsettledError, before anything is written, when a name is
    doubtful; the caller holds the transaction and the lock.
    """
    found = Settled()
    questions: list[Question] = []
    new_organisations = match_organisations(organisations, answers, found, questions)
    new_people = match_people(people, answers, at_home, found, questions)
    if questions:
        raise UnsettledError(questions)
    for text, answer in new_organisations.items():
        found.organisations[text] = made_organisation(text, answer, found)
    made: dict[str, str] = {}
    for ref, typed in new_people.items():
        if typed.key not in made:
            person = add_person(first_name=typed.first_name, last_name=typed.last_name)
            made[typed.key] = person.slug
            found.has_withdrawn |= person.is_withdrawn
            if not person.is_withdrawn:
                found.added.append(str(person))
        found.people[ref] = made[typed.key]
    return found


def match_organisations(
    texts: Iterable[str], answers: Mapping[str, Answer], found: Settled, questions: list[Question]
) -> dict[str, Answer]:
    """Fills ``found`` and ``questions``; what is to be added. 1 query, and 1 a doubtful name."""
    rows = list(CitedOrganisation.objects.filter(merged_into=None))
    new: dict[str, Answer] = {}
    asked: set[str] = set()
    for text in dict.fromkeys(texts):
        key = key_of(text)
        exact = exact_organisations(text, rows)
        answer = answers.get(f"organisation-{key}", Answer())
        if len(exact) == 1:
            found.organisations[text] = exact[0].slug
        elif answer.choice in {row.slug for row in rows}:
            found.organisations[text] = answer.choice
        elif answer.choice == NEW and answer.kind in OrganisationKind.values:
            new[text] = answer
        elif key not in asked:
            asked.add(key)
            like = {row.slug: row for row in [*exact, *organisations_like(text)]}
            shown = tuple(Candidate(row.slug, row.name, row.get_kind_display()) for row in like.values())
            questions.append(Question("organisation", key, text, "", shown, answer))
    return new


def exact_organisations(text: str, rows: list[CitedOrganisation]) -> list[CitedOrganisation]:
    """« Name [slug] » is one of those that share a name."""
    named = [row for row in rows if text == f"{row.name} [{row.slug}]"]
    key = key_of(text)
    return named or [row for row in rows if key in {key_of(name) for name in (row.name, *row.spellings)}]


def made_organisation(text: str, answer: Answer, found: Settled) -> str:
    key = key_of(text)
    for other, slug in found.organisations.items():
        if key_of(other) == key:
            return slug  # the same name written twice
    made = add_organisation(name=text, kind=answer.kind, region_id=answer.region or None)
    found.added.append(made.name)
    return made.slug


def match_people(
    people: Mapping[str, TypedPerson],
    answers: Mapping[str, Answer],
    at_home: frozenset[str],
    found: Settled,
    questions: list[Question],
) -> dict[str, TypedPerson]:
    """Fills ``found`` and ``questions``; who is to be added. 3 queries at most, and 2 a doubtful name."""
    if not people:
        return {}
    rows = list(Person.objects.filter(merged_into=None, is_withdrawn=False))
    keys = {typed.key for typed in people.values()}
    spoke = spoken(row.slug for row in rows if keys & keys_of(row))
    new: dict[str, TypedPerson] = {}
    asked: set[str] = set()
    for ref, typed in people.items():
        exact = [row for row in rows if typed.key in keys_of(row)]
        sure = [
            row
            for row in exact
            if row.slug in at_home or (row.slug, found.organisations.get(typed.organisation)) in spoke
        ]
        answer = answers.get(f"person-{typed.key}", Answer())
        unseen = [row for row in exact if row.slug not in answer.seen]
        if answer.choice in {row.slug for row in rows}:
            found.people[ref] = answer.choice
        elif len(sure) == 1 and answer.choice != NEW:
            found.people[ref] = sure[0].slug
        elif answer.choice == NEW and len(unseen) == 1:
            found.people[ref] = unseen[
                0
            ].slug  # added meanwhile, by the same form sent twice or by a colleague
        elif answer.choice == NEW:
            new[ref] = typed
        elif like := {row.slug: row for row in [*exact, *people_like(typed.first_name, typed.last_name)]}:
            if typed.key not in asked:
                asked.add(typed.key)
                shown = candidates(list(like.values()))
                questions.append(Question("person", typed.key, str(typed), typed.organisation, shown, answer))
        else:
            new[ref] = typed
    return new


def spoken(slugs: Iterable[str]) -> set[tuple[str, str]]:
    """Where these people speak, in public or in a draft: (person, organisation). 2 queries, none for nobody."""
    wanted = list(slugs)
    if not wanted:
        return set()
    public = Appearance.objects.filter(person__slug__in=wanted)
    cited = Q()
    for slug in wanted:
        cited |= Q(draft__speakers__contains=[{"person": slug}])
    drafts = Webinar.objects.filter(cited).values_list("draft__speakers", flat=True)
    return {
        *public.values_list("person__slug", "organisation__slug"),
        *((row["person"], row["organisation"]) for rows in drafts for row in rows),
    }


def keys_of(person: Person) -> set[str]:
    return {key_of(person.first_name, person.last_name), *map(key_of, person.spellings)}


def candidates(people: list[Person]) -> tuple[Candidate, ...]:
    """Each with what is known of her: her last function. 1 query."""
    known: dict[int, str] = {}
    rows = Appearance.objects.filter(person__in=people).select_related("organisation", "webinar")
    for row in rows.order_by("webinar__date"):
        told = ", ".join(part for part in (row.role, row.organisation.name) if part)
        known[row.person_id] = f"{told} ({row.webinar.date.year})" if row.webinar.date else told
    return tuple(
        Candidate(person.slug, str(person), known.get(person.pk, "citée dans aucun cas public"))
        for person in people
    )
