"""What anyone may read of the course by a program: whole public pages, without what curators write for themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Resource
from apps.catalogue.published import CACHE
from apps.core.sources import SourceStatus
from apps.course import checks, figures, markdown, selectors, sheet
from apps.course.enums import PageKind
from apps.course.figures.read import IncompleteError
from apps.course.markdown import Reading, Term
from apps.course.models import Page

Row = dict[str, Any]
FORMAT = 1  # raised when the same content would be given in another shape
LOCAL = re.compile(r'href="/(?!/)')
# Given as the sheet has them.
HEAD = {"title", "summary", "aim", "minutes", "audience", "pillars", "goals", "status"}
STEP = HEAD | {"outcomes", "quiz", "sheet", "exercise"}
MODULE = HEAD | {"before", "decision"}


def pages(kind: PageKind, token: str) -> list[Row]:
    """Public pages of this kind in their order, built once for this revision of the content (``token``)."""
    key = f"course-api:{FORMAT}:{kind}:{token}"
    return cast("list[Row]", caches[CACHE].get_or_set(key, lambda: build(kind)))


def build(kind: PageKind) -> list[Row]:
    """3 queries, and those of the figures."""
    found = list(Page.objects.filter(kind=kind, sheet__isnull=False).order_by("number").defer("draft"))
    terms, cases = selectors.terms(), case_titles()
    return [row(page, sheet.read(page.sheet), terms, cases) for page in found]


def case_titles() -> dict[str, str]:
    """1 query."""
    return {case.pk: case.title for case in Resource.objects.filter(kind=ResourceKind.WEBINAR)}


def row(page: Page, said: sheet.Page, terms: Mapping[str, Term], cases: Mapping[str, str]) -> Row:
    assert page.published_at  # a public page has one
    reading = Reading(sources=[source.code for source in said.sources], pops=False)
    own = step(said, reading, cases) if isinstance(said, sheet.Step) else module(said, reading)
    return {
        "slug": page.slug,
        "url": f"{settings.SITE_URL}{page.get_absolute_url()}",
        **own,
        "status_label": SourceStatus(said.status).label,
        "edition": page.edition,
        "published_at": page.published_at.isoformat(),
        "sources": [source(rank, cited) for rank, cited in enumerate(said.sources, 1)],
        "terms": [term(terms[code]) for code in terms_of(said) if code in terms],
    }


def step(said: sheet.Step, reading: Reading, cases: Mapping[str, str]) -> Row:
    return {
        **said.model_dump(mode="json", include=STEP),
        "number": said.number,
        "words": said.words,
        "sections": [section(part, reading) for part in said.sections],
        "case": case(said.case, reading, cases),
    }


def section(part: sheet.Section, reading: Reading) -> Row:
    return {
        "code": part.code,
        "title": part.title,
        "minutes": part.minutes,
        **text(part.body, reading),
        "figure": figure(part),
    }


def case(said: sheet.CaseReading, reading: Reading, cases: Mapping[str, str]) -> Row:
    return {
        "slug": said.webinar,
        "url": f"{settings.SITE_URL}{Resource(code=said.webinar, kind=ResourceKind.WEBINAR).get_absolute_url()}",
        "case_title": cases.get(said.webinar, ""),
        "title": said.title,
        "minutes": said.minutes,
        **text(said.intro, reading),
        "points": [{"title": point.title, **text(point.text, reading)} for point in said.points],
        "ask": said.ask,
    }


def module(said: sheet.Module, reading: Reading) -> Row:
    return {
        **said.model_dump(mode="json", include=MODULE),
        "sequences": [sequence(part, reading) for part in said.sequences],
    }


def sequence(part: sheet.Sequence, reading: Reading) -> Row:
    kept = part.model_dump(
        mode="json", include={"code", "title", "minutes", "headline", "lines", "questions"}
    )
    return {**kept, **text(part.notes, reading), "figure": figure(part)}


def text(said: str, reading: Reading) -> Row:
    """The Markdown as it was written, and its HTML; links to this site are whole addresses."""
    html = markdown.html(said, reading)
    return {"text": said, "html": LOCAL.sub(f'href="{settings.SITE_URL}/', html)}


def figure(part: sheet.Section | sheet.Sequence) -> Row | None:
    """What the picture shows, as a table; None without figure, or when a reference table lacks what it shows."""
    if part.figure not in figures.FIGURES:
        return None
    try:
        drawn, origins = figures.draw(part.figure), figures.sources(part.figure)
    except IncompleteError:
        return None
    return {
        "code": part.figure,
        "title": part.figure_title,
        "sentence": part.figure_text,
        "header": list(drawn.header),
        "rows": [list(cells) for cells in drawn.rows],
        "sources": [
            {**origin._asdict(), "status_label": SourceStatus(origin.status).label} for origin in origins
        ],
    }


def source(rank: int, cited: sheet.Source) -> Row:
    return {"rank": rank, **cited.model_dump(), "status_label": SourceStatus(cited.status).label}


def terms_of(said: sheet.Page) -> list[str]:
    """Codes of the glossary in the order of the page, once each."""
    return list(dict.fromkeys(code for _, text in checks.texts(said) for code in markdown.terms_in(text)))


def term(known: Term) -> Row:
    return {"code": known.code, "name": known.name, "text": known.text}
