"""The chapters of a page: what each holds of the sheet, and its form, always filled, from a sheet or from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from apps.course import selectors, sheet
from apps.course.checks import RESERVED
from apps.course.curation.forms import heads, lines
from apps.course.curation.forms.controls import ChapterForm, CodedLine, CourseLine, Offers, written
from apps.course.markdown import Reading
from apps.course.sheet import Module, Page
from apps.editorial.curation.fields import in_order
from apps.editorial.curation.lines import Section, lines_of, managed, with_empty_lines, write
from apps.editorial.shape import ShapeError


@dataclass(frozen=True, slots=True)
class Chapter:
    """``holder``: the part of the page that holds its controls, the page itself when empty.

    ``fields``: the fields of the page that it writes; its lines have the names of the holder's lists.
    """

    code: str
    title: str
    note: str
    fields: tuple[str, ...]
    main: type[ChapterForm] = ChapterForm
    holder: str = ""
    sections: tuple[Section, ...] = ()

    def section(self, path: str) -> Section | None:
        """The section of a list named « quiz » or « quiz-0-choices »."""
        return next((part for part in self.sections if part.prefix == path.partition("-")[0]), None)


HEAD = ("title", "summary", "aim", "minutes", "audience", "pillars", "goals", "status", "curator_note")
CITED = "Ce qui établit les chiffres et les faits. Le texte cite une source par son code : [@code]."
LAST = Chapter("sources", "Sources", CITED, ("sources",), sections=(lines.SOURCES,))
STEP = (
    Chapter("presentation", "Présentation", "Ce que montrent les listes et le haut de la page.",
            (*HEAD, "outcomes"), heads.StepForm),
    Chapter("lecon", "Leçon", "De 600 à 1 000 mots en tout, en sections courtes. Une figure au moins.",
            ("sections",), sections=(lines.SECTIONS,)),
    Chapter("cas", "Cas réel", "Un cas public de la bibliothèque, lu de près.", ("case",), heads.CaseForm,
            "case", (lines.POINTS,)),
    Chapter("questions", "Questions", "De 4 à 6 questions. Chaque réponse a son explication, juste ou non.",
            ("quiz",), sections=(lines.QUIZ,)),
    Chapter("fiche", "Fiche pratique", "Ce que l’on imprime et remplit à plusieurs.", ("sheet",),
            heads.PracticalForm, "sheet", (lines.BLOCKS,)),
    Chapter("exercice", "Exercice", "Ce que l’association écrit pour elle-même.", ("exercise",),
            heads.ExerciseForm, "exercise", (lines.PROMPTS,)),
    LAST,
)  # fmt: skip
MODULE = (
    Chapter("presentation", "Présentation", "Ce que montrent les listes et le haut de la page.",
            (*HEAD, "before"), heads.ModuleForm),
    Chapter("sequences", "Séquences", "Cinq séquences, trois questions à débattre en tout. Peu de mots à l’écran, le reste dans les notes.",
            ("sequences",), sections=(lines.SEQUENCES,)),
    Chapter("decision", "Décision", "Ce que le conseil vote à la fin.", ("decision",), heads.DecisionForm, "decision"),
    LAST,
)  # fmt: skip


def chapters_of(kind: str) -> tuple[Chapter, ...]:
    return MODULE if kind == "module" else STEP


def chapter_of_field(kind: str, field: str) -> Chapter:
    """The chapter that holds a field of the page; the first one when none does."""
    own = chapters_of(kind)
    return next((chapter for chapter in own if field in chapter.fields), own[0])


def filled(chapter: Chapter, page: Page) -> QueryDict:
    """What a browser would send of this chapter as it is."""
    data = QueryDict(mutable=True)
    holder: Any = getattr(page, chapter.holder) if chapter.holder else page
    for name, field in chapter.main.base_fields.items():
        if name != "reason":
            data.setlist(name, written(field, getattr(holder, name)))
    for section in chapter.sections:
        write(data, section, raw(section, getattr(holder, section.prefix)))
        with_empty_lines(data, section)
    return data


def raw(section: Section, parts: list[Any]) -> list[dict[str, Any]]:
    form: Any = section.form
    return [
        {
            **{name: written(form.base_fields[name], getattr(part, name)) for name in names(form)},
            **{inner.prefix: raw(inner, getattr(part, inner.prefix)) for inner in section.inner},
        }
        for part in parts
    ]


def names(form: type[CourseLine]) -> tuple[str, ...]:
    return (*form.ALSO, *form.CONTENT)


class Filled:
    """A chapter's form with its data. ``before``: the page as the form was opened on, whose other chapters stay."""

    def __init__(self, chapter: Chapter, data: QueryDict, *, before: Page, offers: Offers) -> None:
        self.chapter, self.before, self.data = chapter, before, data.copy()
        self.main = chapter.main(self.data)
        self.main.offer(offers)
        for section in chapter.sections:
            managed(self.data, section)
        self.lines = {part.prefix: lines_of(part)(self.data, prefix=part.prefix) for part in chapter.sections}
        for line in self.every_line():
            line.offer(offers)
        self.problems: list[str] = []
        self.said: Page = before

    def every_line(self) -> Iterator[Any]:
        for found in self.lines.values():
            for line in found:
                yield line
                for inner in line.inner.values():
                    yield from inner

    def is_valid(self) -> bool:
        """Fills ``said`` when everything is understood; ``problems`` tells what the shape of a page refuses."""
        if not all([self.main.is_valid(), *(found.is_valid() for found in self.lines.values())]):
            return False
        try:
            self.said = self.on(self.before)
        except ShapeError as error:
            self.problems = [f"{where} : {what}" for where, what in error.problems]
        return not self.problems

    def on(self, page: Page) -> Page:
        """This page with what the chapter says. ShapeError."""
        data = sheet.stored(page)
        holder = data[self.chapter.holder] if self.chapter.holder else data
        holder |= self.values(page)
        return sheet.read(data)

    def values(self, page: Page) -> dict[str, Any]:
        kept: Any = getattr(page, self.chapter.holder) if self.chapter.holder else page
        found = {name: self.main.cleaned_data[name] for name in self.main.names}
        for name in ("audience", "pillars", "goals"):
            if name in found:
                found[name] = in_order(found[name], getattr(kept, name))
        taken = codes_of(page)
        for section in self.chapter.sections:
            found[section.prefix] = coded(section, self.lines[section.prefix].contents(), taken)
        said: dict[str, Any] = without_unsaid(found)
        return said

    def look(self) -> None:
        """Shows the Markdown as readers would see it."""
        reading = Reading(
            terms=selectors.terms(), sources=[source.code for source in self.before.sources], prefix="apercu-"
        )
        for form in (self.main, *self.every_line()):
            form.look(reading)


def coded(section: Section, rows: list[dict[str, Any]], taken: set[str]) -> list[dict[str, Any]]:
    """The same lines, where a new one has a code that nothing in the page has."""
    form: Any = section.form
    for row in rows:
        if issubclass(form, CodedLine) and not row.get("code"):
            row["code"] = free(str(row.get(form.SPOKEN, "")), taken)
            taken.add(row["code"])
        for inner in section.inner:
            coded(inner, row.get(inner.prefix, []), taken)
    return rows


def free(text: str, taken: set[str]) -> str:
    base = slugify(re.sub("[’']", " ", text))[:32].strip("-_").replace("_", "-") or "partie"
    base = re.sub("-+", "-", base)
    wanted = (base if n == 1 else f"{base}-{n}" for n in range(1, 10_000))
    return next(code for code in wanted if code not in taken and code not in RESERVED)


def codes_of(page: Page) -> set[str]:
    """Every code of the page that progress, answers or votes are kept by."""
    found: list[Any]
    if isinstance(page, Module):
        found = [*page.sequences, *page.questions]
    else:
        found = [*page.sections, *page.quiz, *page.exercise.prompts]
    return {part.code for part in found}


def without_unsaid(value: Any) -> Any:
    """A number that is not given is left to the sheet."""
    if isinstance(value, dict):
        return {key: without_unsaid(one) for key, one in value.items() if one is not None}
    return [without_unsaid(one) for one in value] if isinstance(value, list) else value
