"""What a case's page shows, from a sheet: the public one, a draft in preview, an earlier revision."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from apps.catalogue import closeness
from apps.catalogue.presenters import Tag
from apps.catalogue.published import rendered
from apps.core.figures import emblem, keyfigure
from apps.core.figures.svg import Svg
from apps.core.typography import date_long, nbsp
from apps.webinars import selectors, sheet
from apps.webinars.enums import Cycle, LeversKind, Maturity, ModelLevel
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.search.shelf import Labels, shelf

BODY = "webinars/case_body.html"
PILLAR_CODES = {"human": "A", "financial": "B", "alliances": "C"}
PILLAR_NAMES = {
    "human": "Richesses humaines",
    "financial": "Ressources financières",
    "alliances": "Alliances stratégiques",
}
LEVERS_TITLES = {
    LeversKind.LEVERS: "Les leviers débattus",
    LeversKind.WORDS: "Les mots retenus",
    LeversKind.SURPRISES: "Ce qui a étonné",
    LeversKind.LESSONS: "Ce que l’on en retient",
}
SPOKEN = {
    "human": "Situer mes richesses humaines",
    "financial": "Situer mes ressources",
    "alliances": "Situer mes alliances",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A link to someone or something; ``url`` is empty for a person who asked to leave."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A project or a point of view: who tells, what was asked, what was said."""

    title: str
    organisation: Named | None
    people: list[Named]
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    value: str
    label: str
    organisation: Named | None
    year: str
    figure: Svg | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a pillar holds at a level: (text, state in words or "")."""

    css: str
    items: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: who, and the function that day."""

    person: Named
    organisation: Named | None
    role: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone a sheet names."""

    people: dict[str, Person]
    organisations: dict[str, CitedOrganisation]

    def person(self, slug: str) -> Named:
        row = self.people.get(slug)
        if row is None or row.is_withdrawn:
            return Named("Nom retiré à la demande de la personne" if row else "Personne à préciser")
        return Named(str(row), row.get_absolute_url())

    def organisation(self, slug: str) -> Named | None:
        row = self.organisations.get(slug)
        return Named(row.name, row.get_absolute_url()) if row else None


def context(said: sheet.Sheet, *, preview: bool = False) -> dict[str, Any]:
    """For ``webinars/case_body.html``. 3 queries, and 2 for the neighbours when the case is public."""
    cast = Cast(*selectors.names(set(said.people()), set(said.organisations())))
    known = shelf().labels
    close = [] if preview else closeness.near_case(said.slug, known["fragility"])
    return {
        "door": "s-informer",
        "preview": preview,
        "said": said,
        "title": said.short_title or said.title or "Fiche sans titre",
        "cycle": dict(Cycle.choices).get(said.cycle, ""),
        "tags": tags(said, known),
        "places": places(said, known),
        "signature": emblem.signature({PILLAR_CODES[code] for code in said.pillars}),
        "project": told(said.project.name, said.project, cast) if said.project else None,
        "views": [told(view.theme, view, cast) for view in said.points_of_view],
        "has_opening": bool(said.opening.text or said.opening.questions),
        "figures": figures(said, cast),
        "model": model(said),
        "pillar_names": PILLAR_NAMES,
        "readings": [
            (code, PILLAR_NAMES[code], text)
            for code in sheet.PILLARS
            if (text := getattr(said.pillar_reading, code))
        ],
        "levers_title": LEVERS_TITLES[LeversKind(said.levers_kind)],
        "voices": voices(said, cast),
        "close": close,
        "cite": cite(said),
        "address": address(said),
        "mail": {"subject": said.short_title, "body": f"{said.takeaway} {address(said)}"},
        "action": SPOKEN.get(said.your_turn_axis, "Situer mon association"),
        "json_ld": "" if preview else json_ld(said, cast),
    }


def tags(said: sheet.Sheet, known: Labels) -> list[Tag]:
    """Pillars, then fragilities and goals with their pages."""
    fragilities = [code for code in said.fragilities if code in known["fragility"]]
    goals = [n for n in (*said.goals, *said.related_goals) if str(n) in known["goal"]]
    return [
        *(Tag(PILLAR_NAMES[code], css=code) for code in said.pillars),
        *(
            Tag(
                nbsp(f"Fragilité : {known['fragility'][code].lower()}"),
                reverse("catalogue:fragility", args=[known["fragility_slug"][code]]),
            )
            for code in fragilities
        ),
        *(Tag(f"ODD\u00a0{n}", reverse("catalogue:goal", args=[n])) for n in goals),
    ]


def places(said: sheet.Sheet, known: Labels) -> list[Named]:
    """Levels then regions, each with the cases that share it."""
    library = reverse("webinars:library")
    return [
        Named(known[name][code], f"{library}?{name}={code}")
        for name, codes in (("level", said.levels), ("region", said.regions))
        for code in codes
        if code in known[name]
    ]


def told(title: str, part: sheet.Project | sheet.PointOfView, cast: Cast) -> Told:
    question = part.question if isinstance(part, sheet.PointOfView) else ""
    people = [cast.person(slug) for slug in part.people]
    return Told(title, cast.organisation(part.organisation), people, question, part.text)


def figures(said: sheet.Sheet, cast: Cast) -> list[KeyFigure]:
    return [
        KeyFigure(
            f.value, f.label, cast.organisation(f.organisation), f.year,
            keyfigure.draw(f.number, f.whole, nbsp(f"{f.value} {f.label}")),
        )
        for f in said.figures
    ]  # fmt: skip


def model(said: sheet.Sheet) -> dict[str, Any] | None:
    if said.model is None:
        return None
    states = dict(Maturity.choices)
    rows = [
        (
            ModelLevel(row.level).label,
            [
                Cell(code, [(i.text, states.get(i.state, "")) for i in getattr(row, code)])
                for code in sheet.PILLARS
            ],
        )
        for row in said.model.rows
    ]
    return {"title": said.model.title, "note": said.model.note, "rows": rows}


def voices(said: sheet.Sheet, cast: Cast) -> list[Voice]:
    return [Voice(cast.person(s.person), cast.organisation(s.organisation), s.role) for s in said.speakers]


def address(said: sheet.Sheet) -> str:
    """The whole address of the public page."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('webinars:case', args=[said.slug or 'fiche'])}"


def cite(said: sheet.Sheet) -> str:
    """One line to paste in a note: what, when, by whom, where."""
    when = f", {date_long(said.date)}" if said.date else ""
    return nbsp(
        f"« {said.title} », webinaire du cycle « {dict(Cycle.choices).get(said.cycle, '')} »{when}. Fiche de {settings.SITE_NAME}, {address(said)}"
    )


def json_ld(said: sheet.Sheet, cast: Cast) -> SafeString:
    """schema.org: the event as it took place, and its recording when there is one."""
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": said.title,
        "description": said.teaser,
        "inLanguage": "fr",
        "url": address(said),
        "startDate": said.date.isoformat() if said.date else None,
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": {"@type": "VirtualLocation", "url": address(said)},
        "organizer": {"@type": "Organization", "name": "Le RAMEAU"},
        "performer": performers(said.speakers, cast),
    }
    if said.replay.url:
        event["recordedIn"] = {
            "@type": "VideoObject",
            "name": said.title,
            "description": said.teaser,
            "url": said.replay.url,
            "uploadDate": event["startDate"],
        }
    return script_json(event)


def performers(speakers: Iterable[sheet.Speaker], cast: Cast) -> list[dict[str, Any]]:
    people = [
        (cast.people.get(speaker.person), cast.organisation(speaker.organisation)) for speaker in speakers
    ]
    return [
        {
            "@type": "Person",
            "name": str(person),
            **({"worksFor": {"@type": "Organization", "name": place.name}} if place else {}),
        }
        for person, place in people
        if person and not person.is_withdrawn
    ]


def script_json(data: Any) -> SafeString:
    """JSON for a script element that the page carries: nothing in it can close the element."""
    text = json.dumps(data, ensure_ascii=False, indent=0)
    return mark_safe(text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026"))  # noqa: S308


def screen(webinar: Webinar) -> dict[str, Any]:
    """For ``webinars/case.html``: the public case, drawn once for all its readers. 1 query when it is kept."""
    said = webinar.sheet or {}
    body = rendered(BODY, lambda: context(sheet.read(said)), webinar.slug)
    return head(webinar.title, webinar.short_title, webinar.teaser, webinar.slug, body, preview=False)


def preview(said: sheet.Sheet) -> dict[str, Any]:
    """For ``webinars/case.html``: a draft, as readers would see it."""
    body = render_to_string(BODY, context(said, preview=True))
    return head(said.title, said.short_title, said.teaser, said.slug, body, preview=True)


def head(title: str, short_title: str, teaser: str, slug: str, body: str, *, preview: bool) -> dict[str, Any]:
    return {
        "door": "s-informer",
        "preview": preview,
        "title": short_title or title or "Fiche sans titre",
        "description": teaser,
        "address": f"{settings.SITE_URL.rstrip('/')}{reverse('webinars:case', args=[slug or 'fiche'])}",
        "body": body,
    }
