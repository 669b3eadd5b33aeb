"""What the screen of the form shows besides its controls: what lacks, what is wrong, what must be decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from apps.editorial.curation.acts import Pointer
from apps.webinars.checks import ESSENTIAL_WORDS, SUMMARY_WORDS
from apps.webinars.curation import reads
from apps.webinars.curation.forms.lines import SECTIONS
from apps.webinars.curation.forms.sheets import SheetForm
from apps.webinars.curation.wording import FIELDS, anchor
from apps.webinars.enums import OrganisationKind
from apps.webinars.models import Webinar
from apps.webinars.services.identities import Question

PARTS = (
    ("section-identity", "Identité"),
    ("section-tags", "Étiquettes"),
    ("section-texts", "Résumé"),
    ("section-speakers", "Intervenants"),
    ("section-opening", "Ouverture"),
    ("section-project", "Projet"),
    ("section-views", "Regards"),
    ("section-figures", "Chiffres"),
    ("section-levers", "Leviers"),
    ("section-readings", "Lecture par appui"),
    ("section-rows", "Tableau"),
    ("section-replay", "Source"),
    ("section-note", "Note"),
)
SECTION_FIELDS = {"views": "points_of_view", "rows": "model"}


@dataclass(frozen=True, slots=True)
class Counter:
    """How long a text is, beside how long it should be."""

    name: str
    words: int
    low: int
    high: int

    @property
    def is_right(self) -> bool:
        return self.low <= self.words <= self.high


@dataclass
class Editor:
    form: SheetForm
    webinar: Webinar | None = None
    questions: list[Question] = field(default_factory=list)
    refusal: str = ""
    # Prefix of the section that has just got a line, and the button that was pressed.
    added: str = ""
    act: str = ""
    # What was typed before the session ended.
    is_kept: bool = False
    labels: dict[str, str] | None = None

    def __post_init__(self) -> None:
        if self.added:
            last = self.form.lines[self.added].forms[-1]
            name = next(name for name in SECTIONS[self.added].form.CONTENT if name != "people")
            last.fields[name].widget.attrs["autofocus"] = True

    @property
    def url(self) -> str:
        if self.webinar is None:
            return reverse("curation:case_create")
        return reverse("curation:case_edit", args=[self.webinar.slug])

    @property
    def version(self) -> str:
        return str(self.form.data.get("version", ""))

    @property
    def base(self) -> str:
        """Number of the revision that the form was opened with."""
        return str(self.form.data.get("base", ""))

    @property
    def is_public(self) -> bool:
        return self.webinar is not None and self.webinar.is_public

    def has(self, *names: str) -> bool:
        return any(self.form.data.getlist(name) for name in names)

    @property
    def opens_goals(self) -> bool:
        return self.has("goals", "related_goals")

    @property
    def opens_levels(self) -> bool:
        return self.has("levels", "sizes")

    @property
    def opens_regions(self) -> bool:
        return self.has("regions")

    @property
    def fragment(self) -> str:
        """The template that htmx asked for."""
        if self.added:
            return f"curation/form/{self.added}.html"
        return {"people": "curation/form/people_again.html", "count": "curation/form/counters.html"}.get(
            self.act, ""
        )

    @cached_property
    def organisations(self) -> list[str]:
        """Names that the form proposes. 1 query unless they are given."""
        return list((reads.organisation_labels() if self.labels is None else self.labels).values())

    @cached_property
    def lacks(self) -> list[Pointer]:
        """What publication will ask; nothing for a case that was never saved, nor while a field is refused."""
        if self.webinar is None or self.questions or not self.form.is_valid():
            return []
        return [Pointer(anchor(lack.field), FIELDS[lack.field], lack.text) for lack in self.form.lacks()]

    @cached_property
    def errors(self) -> list[Pointer]:
        found = [Pointer("", "", text) for text in self.form.problems]
        for bound in self.form.main:
            found += [Pointer(bound.id_for_label, str(bound.label), str(text)) for text in bound.errors]
        for name, lines in self.form.lines.items():
            found += self.line_errors(FIELDS[SECTION_FIELDS.get(name, name)], lines)
        return found

    def line_errors(self, section: str, lines: Any) -> Iterator[Pointer]:
        for number, line in enumerate(lines, 1):
            for bound in line:
                for text in bound.errors:
                    yield Pointer(bound.id_for_label, f"{section}, ligne {number}, {bound.label}", str(text))

    def counter(self, name: str, bounds: tuple[int, int]) -> Counter:
        return Counter(name, len(self.form.data.get(name, "").split()), *bounds)

    @property
    def essential(self) -> Counter:
        return self.counter("essential", ESSENTIAL_WORDS)

    @property
    def summary(self) -> Counter:
        return self.counter("summary", SUMMARY_WORDS)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return list(OrganisationKind.choices)

    @property
    def regions(self) -> list[tuple[str, str]]:
        return self.form.choices.of("regions")

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        return PARTS
