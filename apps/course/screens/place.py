"""Where a request is in the course: the journey, the step, the part; and what « où en suis-je ? » shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from apps.core.typography import count
from apps.course import sheet
from apps.course.journey import Journey, Stage
from apps.course.models import Page
from apps.course.parts import Part
from apps.course.reading import journey_for
from apps.course.words import duration


@dataclass(frozen=True, slots=True)
class Place:
    """``part`` is None on the first screen of a step; ``stage`` is None on pages about the whole course."""

    journey: Journey
    stage: Stage | None = None
    part: Part | None = None

    @property
    def parts(self) -> list[tuple[Part, str, str]]:
        """(part, address, state: done | now | "") for the step's own table of contents."""
        if self.stage is None:
            return []
        return [(part, part_url(self.stage, part), self._state(part)) for part in self.stage.step.parts]

    def _state(self, part: Part) -> str:
        assert self.stage
        if self.part and part.code == self.part.code:
            return "now"
        return "done" if self.stage.went_through(part) else ""

    @property
    def before(self) -> str:
        """The address of the part before this one; the step's first screen for the first."""
        assert self.stage
        assert self.part
        found = self._neighbour(-1)
        return part_url(self.stage, found) if found else self.stage.step.url

    @property
    def after(self) -> Part | None:
        """None at the end of the step, which comes after the questions through the door of two hours."""
        if self.part and self.part.kind == "quiz" and self.journey.is_short:
            return None
        return self._neighbour(+1)

    @property
    def after_url(self) -> str:
        """The next part, or the next step's first screen, or the journey's end."""
        assert self.stage
        if self.after:
            return part_url(self.stage, self.after)
        return self.next_step_url

    @property
    def next_step(self) -> Stage | None:
        assert self.stage
        later = [stage for stage in self.journey.stages if stage.step.number > self.stage.step.number]
        return later[0] if later else None

    @property
    def next_step_url(self) -> str:
        return self.next_step.step.url if self.next_step else reverse("course:attest")

    def _neighbour(self, move: int) -> Part | None:
        assert self.stage
        assert self.part
        parts = self.stage.step.parts
        rank = [part.code for part in parts].index(self.part.code) + move
        return parts[rank] if 0 <= rank < len(parts) else None

    @property
    def steps(self) -> list[tuple[Stage, str]]:
        """(stage, state) of the seven; the step on screen is « now »."""
        if self.stage is None:
            return [(stage, self.journey.state(stage)) for stage in self.journey.stages]
        return [
            (stage, "now" if stage is self.stage else "done" if stage.is_done else "")
            for stage in self.journey.stages
        ]

    @property
    def title(self) -> str:
        """« Étape 2 sur 7 », or how many are done."""
        if self.stage:
            return f"Étape {self.stage.step.number} sur {self.journey.total}"
        done = count(self.journey.done, "étape faite", "étapes faites")
        return f"{done} sur {self.journey.total}"

    @property
    def left(self) -> str:
        """What remains, in time."""
        if self.journey.is_over:
            return "Parcours terminé"
        whole = duration(self.journey.minutes_left)
        if self.stage is None or self.stage.is_done:
            return f"encore {whole} pour le parcours"
        return f"encore {duration(self.journey.left_in(self.stage))} ici, {whole} en tout"

    @property
    def next_title(self) -> str:
        """What comes next, in words."""
        if self.stage and self.part and self.after:
            return self.after.title
        if self.stage and self.part is None and self.stage.next_part:
            return self.stage.next_part.title
        if self.stage:
            return self.next_step.step.title if self.next_step else "L’attestation"
        current = self.journey.current
        return current.step.title if current else "L’attestation"

    @property
    def next_url(self) -> str:
        """Where « ensuite » leads."""
        if self.stage and self.part is None and self.stage.next_part:
            return part_url(self.stage, self.stage.next_part)
        if self.stage:
            return self.after_url if self.part else self.next_step_url
        return resume_url(self.journey)


def part_url(stage: Stage, part: Part) -> str:
    return reverse("course:part", args=[stage.step.slug, part.code])


def resume_url(journey: Journey) -> str:
    """The very place where one was, or the first that is not done, or the attestation."""
    stage = journey.current
    if stage is None:
        return reverse("course:attest")
    last = next((part for part in stage.step.parts if (stage.step.slug, part.code) == journey.last), None)
    if last and last in stage.left:
        return part_url(stage, last)
    return part_url(stage, stage.next_part) if stage.is_begun and stage.next_part else stage.step.url


def place_or_404(request: HttpRequest, slug: str = "", part: str = "") -> Place:
    """Http404 for a step that is not public, or a part that it does not have."""
    journey = journey_for(request)
    if not slug:
        return Place(journey)
    stage = journey.stage(slug)
    found = next((row for row in stage.step.parts if row.code == part), None) if stage else None
    if stage is None or (part and found is None):
        raise Http404
    return Place(journey, stage, found)


def public_page(slug: str) -> tuple[Page, sheet.Step]:
    """The row and its sheet. 1 query. Http404."""
    page = Page.objects.filter(slug=slug, sheet__isnull=False).defer("draft").first()
    said = sheet.read(page.sheet) if page else None
    if page is None or not isinstance(said, sheet.Step):
        raise Http404
    return page, said
