"""What anyone may reuse of the library: one shape for the API and the complete files.

All that a public sheet says, except what curators write for themselves; who asked to leave has no name here.
Names come from the tables: a corrected name is read at once everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from apps.core.sources import SourceStatus
from apps.webinars import selectors, sheet
from apps.webinars.enums import Cycle
from apps.webinars.models import Appearance, CitedOrganisation, Person, Webinar

Row = dict[str, Any]
Names = Mapping[str, str]
LICENCE = {
    "name": "Licence Ouverte 2.0 (Etalab)",
    "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
# Ours, whatever the source of the facts: to show with the badge « proposition pédagogique ».
READINGS = (
    "related_goals", "fragilities", "pillars", "levels", "regions", "sizes", "teaser", "essential", "summary",
    "takeaway", "your_turn", "pillar_reading",
)  # fmt: skip
# Given as the sheet has them.
AS_THEY_ARE = {
    "title", "short_title", "goals", "levers_kind", "levers_intro", "levers", "model", "replay", *READINGS,
}  # fmt: skip


def public() -> QuerySet[Webinar]:
    """Public cases with their appearances, latest first. 2 queries."""
    spoke = Appearance.objects.select_related("person", "organisation").order_by("position")
    found = selectors.public().only("slug", "sheet", "first_published_at", "published_at")
    return found.order_by("-date", "slug").prefetch_related(Prefetch("appearances", spoke))


def cases(webinars: Sequence[Webinar]) -> list[Row]:
    """``webinars`` as ``public`` gives them. 1 query: organisations that a figure or a question names."""
    told = [(webinar, sheet.read(webinar.sheet)) for webinar in webinars]
    cited = {slug for _, said in told for slug in said.organisations()}
    names = dict(CitedOrganisation.objects.filter(slug__in=cited).values_list("slug", "name"))
    return [case(webinar, said, names) for webinar, said in told]


def case(webinar: Webinar, said: sheet.Sheet, names: Names) -> Row:
    assert said.date  # a public sheet has one
    assert webinar.published_at
    return {
        "slug": webinar.slug,
        "url": address(webinar),
        "date": said.date.isoformat(),
        "cycle": Cycle(said.cycle).label,
        "cycle_code": said.cycle,
        **said.model_dump(mode="json", include=AS_THEY_ARE),
        "speakers": [speaker(appearance) for appearance in webinar.appearances.all()],
        "opening": said.opening.text,
        "project": named(said.project, names) if said.project else None,
        "points_of_view": [named(view, names) for view in said.points_of_view],
        "questions": questions(said, names),
        "figures": [named(figure, names) for figure in said.figures],
        "source": {**said.source.model_dump(), "status_label": SourceStatus(said.source.status).label},
        "readings_status": SourceStatus.PROPOSAL.value,
        "licence": LICENCE,
        "published_at": (webinar.first_published_at or webinar.published_at).isoformat(),
        "updated_at": webinar.published_at.isoformat(),
    }


def address(row: Webinar | Person | CitedOrganisation) -> str:
    """Absolute, the same whoever asks."""
    return f"{settings.SITE_URL}{row.get_absolute_url()}"


def named(part: sheet.Figure | sheet.PointOfView | sheet.Project, names: Names) -> Row:
    return {**part.model_dump(), **organisation(part.organisation, names)}


def organisation(slug: str, names: Names) -> Row:
    return {"organisation": names.get(slug, ""), "organisation_slug": slug}


def questions(said: sheet.Sheet, names: Names) -> list[Row]:
    """Those of the opening are asked to all: they name nobody."""
    opening = [
        {"question": text, **organisation("", names), "people": list[str]()}
        for text in said.opening.questions
    ]
    asked = [
        {"question": view.question, **organisation(view.organisation, names), "people": view.people}
        for view in said.points_of_view
        if view.question
    ]
    return opening + asked


def speaker(appearance: Appearance) -> Row:
    return {
        **person_of(appearance),
        "organisation": appearance.organisation.name,
        "organisation_slug": appearance.organisation.slug,
    }


def person_of(appearance: Appearance) -> Row:
    """Neither name nor function for who asked to leave, whatever the tables still hold."""
    person = appearance.person
    gone = person.is_withdrawn
    return {
        "first_name": "" if gone else person.first_name,
        "last_name": "" if gone else person.last_name,
        "person_slug": person.slug,
        "is_withdrawn": gone,
        "role": "" if gone else appearance.role,
    }


def moment(appearance: Appearance) -> Row:
    webinar = appearance.webinar
    return {
        "webinar": webinar.slug,
        "short_title": webinar.short_title,
        "date": webinar.date.isoformat() if webinar.date else "",
    }


def appearances() -> QuerySet[Appearance]:
    """Each with its case, its person and its organisation, latest first; the long texts are left aside."""
    whole = Appearance.objects.filter(webinar__sheet__isnull=False).select_related(
        "webinar", "person", "organisation__region"
    )
    light = whole.defer("webinar__sheet", "webinar__draft", "webinar__search", "person__note")
    return light.order_by("-webinar__date", "webinar__slug", "position")


def people() -> QuerySet[Person]:
    """2 queries."""
    found = selectors.people().order_by("last_name", "first_name", "slug")
    return found.prefetch_related(Prefetch("appearances", appearances()))


def organisations() -> QuerySet[CitedOrganisation]:
    """2 queries."""
    found = selectors.organisations().select_related("region").order_by("name", "slug")
    return found.prefetch_related(Prefetch("appearances", appearances()))


def persons_shown(rows: Iterable[Person]) -> list[Row]:
    return [
        {
            "slug": person.slug,
            "url": address(person),
            "first_name": person.first_name,
            "last_name": person.last_name,
            "appearances": [
                {
                    **moment(appearance),
                    "role": appearance.role,
                    "organisation": appearance.organisation.name,
                    "organisation_slug": appearance.organisation.slug,
                }
                for appearance in person.appearances.all()
            ],
        }
        for person in rows
    ]


def organisations_shown(rows: Iterable[CitedOrganisation]) -> list[Row]:
    return [
        {
            "slug": row.slug,
            "url": address(row),
            "name": row.name,
            "kind": row.kind,
            "kind_label": row.get_kind_display(),
            "region": row.region_id,
            "region_name": row.region.name if row.region else None,
            "appearances": [
                {**moment(appearance), **person_of(appearance)} for appearance in row.appearances.all()
            ],
        }
        for row in rows
    ]
