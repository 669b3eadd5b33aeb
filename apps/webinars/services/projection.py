"""From a public sheet to what lists, search, people's pages and the index of resources read of it."""

from __future__ import annotations

import re
from datetime import date

from django.db import connection
from django.db.models import ProtectedError

from apps.catalogue.enums import Audience, ResourceKind
from apps.catalogue.models import Fragility, Goal, Pillar, Resource
from apps.webinars import selectors, sheet, tags
from apps.webinars.models import Appearance, CitedOrganisation, Person, SearchWord, Webinar
from apps.webinars.naming import spaced, unaccented

MINUTES = 90  # 13 h to 14 h 30, as published
EPOCH = date(2020, 10, 1)  # the cycle's first month: a place in the index that grows with time

INDEX = """
UPDATE webinars_webinar SET search =
    setweight(to_tsvector('library_french', %(a)s), 'A') || setweight(to_tsvector('library_simple', %(a)s), 'A') ||
    setweight(to_tsvector('library_french', %(b)s), 'B') || setweight(to_tsvector('library_simple', %(b)s), 'B') ||
    setweight(to_tsvector('library_french', %(c)s), 'C') || setweight(to_tsvector('library_simple', %(c)s), 'C') ||
    setweight(to_tsvector('library_french', %(d)s), 'D') || setweight(to_tsvector('library_simple', %(d)s), 'D')
WHERE id = %(id)s
"""
# What a mistyped word may have meant.
LONG_WORD = re.compile(r"[^\W\d_]{4,40}")


class StillCitedError(ValueError):
    """A case that the diagnostic recommends cannot leave the library."""


def project(webinar: Webinar) -> None:
    """Writes all that derives from ``webinar.sheet``; the caller holds the row and the transaction."""
    said = sheet.read(webinar.sheet)
    people, organisations = selectors.names(set(said.people()), set(said.organisations()))
    webinar.title, webinar.short_title, webinar.teaser = said.title, said.short_title, said.teaser
    webinar.date, webinar.cycle = said.date, said.cycle
    kinds = {organisations[slug].kind for slug in tags.guests(said)}
    webinar.tags = tags.tags_of(said, kinds)
    webinar.save()
    appear(webinar, said, people, organisations)
    index(webinar, said, people, organisations)
    register(webinar, said)


def appear(
    webinar: Webinar,
    said: sheet.Sheet,
    people: dict[str, Person],
    organisations: dict[str, CitedOrganisation],
) -> None:
    webinar.appearances.all().delete()
    Appearance.objects.bulk_create(
        Appearance(
            webinar=webinar,
            person=people[speaker.person],
            organisation=organisations[speaker.organisation],
            role="" if people[speaker.person].is_withdrawn else speaker.role,
            position=place,
        )
        for place, speaker in enumerate(said.speakers, 1)
    )


def index(
    webinar: Webinar,
    said: sheet.Sheet,
    people: dict[str, Person],
    organisations: dict[str, CitedOrganisation],
) -> None:
    """Titles weigh most, then names, then the texts; withdrawn names are not found."""
    named = [
        *(
            f"{p.first_name} {p.last_name} {' '.join(p.spellings)}"
            for p in people.values()
            if not p.is_withdrawn
        ),
        *(f"{o.name} {' '.join(o.spellings)}" for o in organisations.values()),
    ]
    texts = {
        "a": f"{said.short_title} {said.title}",
        "b": " ".join(named),
        "c": " ".join([said.teaser, *said.essential, *said.summary, *questions(said), *figures(said)]),
        "d": " ".join(details(said)),
    }
    with connection.cursor() as cursor:
        cursor.execute(INDEX, {**{weight: spaced(text) for weight, text in texts.items()}, "id": webinar.pk})
    words = {unaccented(word): word.lower() for word in LONG_WORD.findall(" ".join(texts.values()))}
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, shown=shown) for word, shown in words.items()], ignore_conflicts=True
    )


def questions(said: sheet.Sheet) -> list[str]:
    return [*said.opening.questions, *(view.question for view in said.points_of_view)]


def figures(said: sheet.Sheet) -> list[str]:
    return [f"{figure.value} {figure.unit} {figure.label}" for figure in said.figures]


def details(said: sheet.Sheet) -> list[str]:
    return [
        said.takeaway,
        said.opening.text,
        *([said.project.name, said.project.text] if said.project else []),
        *(f"{view.theme} {view.text}" for view in said.points_of_view),
        *(f"{lever.title} {lever.text}" for lever in said.levers),
        *(speaker.role for speaker in said.speakers),
    ]


def register(webinar: Webinar, said: sheet.Sheet) -> None:
    """The case's row in the one index of resources: the diagnostic recommends from there."""
    assert said.date  # a public sheet has one
    resource, _ = Resource.objects.update_or_create(
        code=webinar.slug,
        defaults={
            "kind": ResourceKind.WEBINAR,
            "medoc_id": "exemple",
            "name": said.title,
            "short_name": said.short_title,
            "summary": said.teaser,
            "audience": list(Audience.values),
            "minutes": MINUTES,
            "date": said.date,
            "position": min(max((said.date - EPOCH).days, 0), 32000),
            "levels": said.levels,
            "regions": said.regions,
            "sizes": said.sizes,
            "readings": said.pillar_reading.model_dump(),
            "status": said.source.status,
            "source_label": said.source.label,
            "source_year": said.source.year,
            "source_url": said.source.url,
            "other_sources": {
                "tags": {
                    "status": "R",
                    "label": "Proposition pédagogique de la plateforme",
                    "year": "",
                    "url": "",
                }
            },
        },
    )
    resource.pillars.set(Pillar.objects.filter(pk__in=said.pillars))
    resource.goals.set(Goal.objects.filter(number__in={*said.goals, *said.related_goals}))
    resource.fragilities.set(Fragility.objects.filter(pk__in=said.fragilities))


def withdraw(webinar: Webinar) -> None:
    """Takes the case out of all public places. StillCitedError when a lever of the diagnostic recommends it."""
    webinar.appearances.all().delete()
    try:
        Resource.objects.filter(code=webinar.slug).delete()
    except ProtectedError as error:
        levers = ", ".join(sorted(str(row.pk) for row in error.protected_objects))
        raise StillCitedError(
            f"L’auto-diagnostic recommande ce cas (leviers {levers}) : donnez-leur un autre cas avant de l’archiver."
        ) from error
    webinar.sheet = None
    webinar.tags = []
    webinar.search = None
    webinar.save()
