"""What the pages of the course show, built from a sheet: the public one, or a draft that a curator looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from apps.catalogue.models import Resource
from apps.core.figures.svg import Svg
from apps.course import figures, markdown
from apps.course.markdown import Reading, Term
from apps.course.sheet import CaseReading, DebateQuestion, Module, Page, Section, Source, Step
from apps.course.sheet import Sequence as Slide


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its title and its sentence."""

    title: str
    text: str
    svg: Svg
    source: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with its number in the page."""

    rank: int
    source: Source
    key: str


@dataclass(frozen=True, slots=True)
class SectionView:
    section: Section
    html: SafeString
    figure: Drawn | None


@dataclass(frozen=True, slots=True)
class CaseView:
    case: CaseReading
    intro: SafeString
    points: tuple[tuple[str, SafeString], ...]
    webinar: Resource | None


@dataclass(frozen=True, slots=True)
class SlideView:
    slide: Slide
    notes: SafeString
    figure: Drawn | None
    questions: tuple[DebateQuestion, ...]


def reading(page: Page, terms: dict[str, Term], prefix: str = "") -> Reading:
    return Reading(terms=terms, sources=[source.code for source in page.sources], prefix=prefix)


def safe(text: str, read: Reading) -> SafeString:
    """``markdown.html`` sanitises what it writes."""
    return mark_safe(markdown.html(text, read))  # noqa: S308


def cited(page: Page, texts: Sequence[str], prefix: str = "") -> list[Cited]:
    """The sources that these texts cite, in the page's order."""
    used = {code for text in texts for code in markdown.sources_in(text)}
    return [
        Cited(rank, source, f"{prefix}source-{rank}")
        for rank, source in enumerate(page.sources, 1)
        if source.code in used
    ]


def drawn(code: str, title: str, text: str) -> Drawn | None:
    if code not in figures.FIGURES:
        return None
    return Drawn(title, text, figures.draw(code), told(code))


def told(code: str) -> str:
    """Where the data of a figure come from, in a sentence."""
    parts = [f"{row.label}, {row.year}" if row.year else row.label for row in figures.sources(code)]
    return "Source\u00a0: " + "\u202f; ".join(parts) + "." if parts else ""


def section(section: Section, read: Reading) -> SectionView:
    figure = drawn(section.figure, section.figure_title, section.figure_text)
    return SectionView(section, safe(section.body, read), figure)


def case(step: Step, read: Reading) -> CaseView:
    """1 query."""
    found = Resource.objects.filter(pk=step.case.webinar).first()
    points = tuple((point.title, safe(point.text, read)) for point in step.case.points)
    return CaseView(step.case, safe(step.case.intro, read), points, found)


def slide(part: Slide, read: Reading) -> SlideView:
    figure = drawn(part.figure, part.figure_title, part.figure_text)
    return SlideView(part, safe(part.notes, read), figure, tuple(part.questions))


def section_page(step: Step, code: str, terms: dict[str, Term]) -> dict[str, Any]:
    found = next(part for part in step.sections if part.code == code)
    return {
        "view": section(found, reading(step, terms)),
        "sources": cited(step, [found.body]),
        "is_ours": step.status == "R",
    }


def case_page(step: Step, terms: dict[str, Term]) -> dict[str, Any]:
    texts = [step.case.intro, *(point.text for point in step.case.points)]
    return {"view": case(step, reading(step, terms)), "sources": cited(step, texts)}


def whole_step(step: Step, terms: dict[str, Term]) -> dict[str, Any]:
    """Everything on one page, to print or to read in one go: a term is explained once."""
    read = reading(step, terms)
    return {
        "step": step,
        "sections": [section(part, read) for part in step.sections],
        "case": case(step, read),
        "sources": cited(step, [f"[@{source.code}]" for source in step.sources]),
        "is_ours": step.status == "R",
    }


def module_page(module: Module, terms: dict[str, Term]) -> dict[str, Any]:
    read = reading(module, terms)
    return {
        "module": module,
        "slides": [slide(part, read) for part in module.sequences],
        "sources": cited(module, [part.notes for part in module.sequences]),
        "is_ours": module.status == "R",
    }
