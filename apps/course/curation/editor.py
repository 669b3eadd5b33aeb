"""What the screen of a chapter shows besides its controls: the other chapters, what lacks, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from apps.course import sheet
from apps.course.curation import offers
from apps.course.curation.forms.chapters import Chapter, Filled, chapter_of_field, chapters_of
from apps.course.curation.wording import FIELDS, anchor
from apps.course.models import Page
from apps.course.services.pages import WORKFLOW
from apps.editorial.curation.acts import Pointer


@dataclass
class Editor:
    page: Page
    form: Filled
    refusal: str = ""
    # Name of the list that has just got a line: « quiz », « quiz-0-choices ».
    added: str = ""
    # What was typed before the session ended.
    is_kept: bool = False

    def __post_init__(self) -> None:
        if self.added and (last := self.last_line()):
            first = next(name for row in last.LAYOUT for name in row)
            last.fields[first].widget.attrs["autofocus"] = True

    def last_line(self) -> Any:
        prefix, _, rest = self.added.partition("-")
        found = self.form.lines[prefix]
        if rest:
            number, _, within = rest.partition("-")
            found = found[int(number)].inner[within]
        return found[-1] if len(found) else None

    @property
    def chapter(self) -> Chapter:
        return self.form.chapter

    @property
    def chapters(self) -> list[tuple[Chapter, str]]:
        return [(chapter, edit_url(self.page, chapter)) for chapter in chapters_of(self.page.kind)]

    @property
    def next(self) -> Chapter | None:
        own = chapters_of(self.page.kind)
        place = own.index(self.chapter) + 1
        return own[place] if place < len(own) else None

    @property
    def url(self) -> str:
        return edit_url(self.page, self.chapter)

    @property
    def version(self) -> str:
        return str(self.form.data.get("version", ""))

    @property
    def base(self) -> str:
        """Number of the revision that the form was opened with."""
        return str(self.form.data.get("base", ""))

    @property
    def has_markdown(self) -> bool:
        return self.chapter.code in ("lecon", "cas", "sequences")

    @cached_property
    def terms(self) -> list[tuple[str, str]]:
        """1 query."""
        return offers.terms()

    @property
    def sources(self) -> list[sheet.Source]:
        return self.form.before.sources

    @cached_property
    def lacks(self) -> list[Pointer]:
        """What publication will ask of this chapter; nothing while a field is refused. 4 queries."""
        if not self.form.is_valid():
            return []
        found = WORKFLOW.lacks(self.page, self.form.said)
        mine = [lack for lack in found if chapter_of_field(self.page.kind, lack.field) == self.chapter]
        return [Pointer(anchor(lack.field), FIELDS[lack.field], lack.text) for lack in mine]

    @cached_property
    def errors(self) -> list[Pointer]:
        found = [Pointer("", "", text) for text in self.form.problems]
        found += of_form(self.form.main, "")
        for lines in self.form.lines.values():
            found += of_lines(lines, "")
        return found


def of_form(form: Any, before: str) -> Iterator[Pointer]:
    for bound in form:
        label = f"{before}{bound.label}"
        yield from (Pointer(bound.id_for_label, label, str(text)) for text in bound.errors)


def of_lines(lines: Any, before: str) -> Iterator[Pointer]:
    for number, line in enumerate(lines, 1):
        where = f"{before}{line.NAME} {number}, "
        yield from of_form(line, where)
        for inner in line.inner.values():
            yield from of_lines(inner, where)


def edit_url(page: Page, chapter: Chapter) -> str:
    return reverse("course:curation_edit", args=[page.slug, chapter.code])


def pointers(page: Page) -> list[Pointer]:
    """What publication asks of the draft, each leading to its place in its chapter. 4 queries."""
    found = WORKFLOW.lacks(page, sheet.read(page.draft))
    return [
        Pointer(
            f"{edit_url(page, chapter_of_field(page.kind, lack.field))}#{anchor(lack.field)}",
            FIELDS[lack.field],
            lack.text,
        )
        for lack in found
    ]
