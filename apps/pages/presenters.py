"""What the public pages show: a resource, the glossary by letter, the doors of the home page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apps.catalogue.enums import Audience, ResourceKind
from apps.catalogue.models import GlossaryTerm, Resource
from apps.catalogue.presenters import Around, Tag, around, tags
from apps.core.figures.svg import Svg
from apps.core.templatetags.ui import DOORS
from apps.core.typography import join_list
from apps.pages import figures

# Kinds that have their page here, and the door it is behind; the others live in the apps above.
DOOR_OF_KIND = {ResourceKind.METHOD_STEP: "agir"}
AUDIENCES = {
    Audience.BOARD: "la gouvernance",
    Audience.TEAM: "l’équipe",
    Audience.LEAD: "les référentes et référents",
}


@dataclass(frozen=True, slots=True)
class ResourcePage:
    resource: Resource
    tags: list[Tag]
    signature: Svg
    door: str
    audience: str
    around: Around

    @property
    def door_name(self) -> str:
        return dict(DOORS)[self.door]

    @property
    def is_ours(self) -> bool:
        return self.resource.is_proposal


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the glossary and its neighbours."""

    term: GlossaryTerm
    see: list[GlossaryTerm]


@dataclass(frozen=True, slots=True)
class Letter:
    """An anchor of the glossary: « A », and its words in order."""

    letter: str
    words: list[Word]


def resource_page(code: str, siblings: list[Resource]) -> ResourcePage:
    """One resource among all those of its kind, tags already read."""
    resource = next(row for row in siblings if row.code == code)
    kind = ResourceKind(resource.kind)
    return ResourcePage(
        resource=resource,
        tags=tags(resource),
        signature=figures.signature([pillar.code for pillar in resource.pillars.all()]),
        door=DOOR_OF_KIND[kind],
        audience=join_list(AUDIENCES[Audience(code)] for code in resource.audience),
        around=around(siblings, resource),
    )


def plain(text: str) -> str:
    """For sorting: lower case, no accent."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def letters(terms: Iterable[GlossaryTerm]) -> list[Letter]:
    """The glossary from A to Z, accents ignored."""
    ordered = sorted(terms, key=lambda term: plain(term.name))
    by_code = {term.code: term for term in ordered}
    words = [Word(term, [by_code[code] for code in term.see]) for term in ordered]
    return [Letter(letter, list(group)) for letter, group in groupby(words, key=initial)]


def initial(word: Word) -> str:
    return plain(word.term.name)[0].upper()


def case_of_the_week(webinars: list[Resource], today: date) -> Resource | None:
    """Another one each week, the same for all readers."""
    return webinars[today.toordinal() // 7 % len(webinars)] if webinars else None
