"""Loads ``fixtures/content/method``: an edition of the method and its eight steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Goal, Resource, ResourceFamily
from apps.core.content import read_yaml
from apps.editorial import shape
from apps.editorial.shape import ShapeError
from apps.methodology.models.engagements import FIRST_STEP, LAST_STEP
from apps.methodology.public import guide, sheet
from apps.methodology.public.services import publish
from apps.methodology.public.sheet import StepSheet

FOLDER = "method"
EDITION = "edition.yaml"


class ContentError(ValueError):
    """A file cannot be published as it is; the message names it, the key, and what is wrong, in French."""


class EditionFile(shape.Part):
    number: int = Field(ge=1)
    published_on: date
    what_changed: str = Field(min_length=1, max_length=2000)


@dataclass(frozen=True)
class Known:
    """Codes that a step may cite."""

    cases: frozenset[str]
    course_steps: frozenset[str]
    families: frozenset[str]
    goals: frozenset[int]


def load() -> str:
    """Idempotent; one sentence that tells what was done. ContentError refuses a doubtful file."""
    edition = read_edition()
    steps = read_steps()
    written = publish(
        number=edition.number,
        published_on=edition.published_on,
        what_changed=edition.what_changed,
        steps=steps,
    )
    guide.request_missing()  # guides whose text or look changed, or that were purged
    return f"édition {edition.number} de la méthode, {len(steps)} étapes, {written} écrites"


def read_edition() -> EditionFile:
    try:
        return shape.read(EditionFile, read_yaml(FOLDER, EDITION))
    except ShapeError as error:
        raise ContentError(f"{EDITION} : {error}") from error


def read_steps() -> list[StepSheet]:
    """The eight steps, in their order. ContentError at the first file that may not be published."""
    known = references()
    steps = [read_step(number, known) for number in range(FIRST_STEP, LAST_STEP + 1)]
    for key in ("slug", "resource"):
        said = [getattr(step, key) for step in steps]
        if twice := sorted({value for value in said if said.count(value) > 1}):
            last = len(said) - said[::-1].index(twice[0])
            raise ContentError(f"etape-{last}.yaml : {key} : « {twice[0]} » sert deux fois.")
    return steps


def read_step(number: int, known: Known) -> StepSheet:
    name = f"etape-{number}.yaml"
    try:
        step = sheet.read(read_yaml(FOLDER, name))
    except FileNotFoundError as error:
        raise ContentError(f"{name} : ce fichier manque.") from error
    except ShapeError as error:
        raise ContentError(f"{name} : {error}") from error
    if found := [*sheet.lacks(step), *unknown(step, number, known)]:
        raise ContentError(f"{name} : " + " ; ".join(f"{key} : {text}" for key, text in found))
    return step


def unknown(step: StepSheet, number: int, known: Known) -> list[tuple[str, str]]:
    """(key, what is wrong) of what the step cites."""
    checks = (
        ("number", step.number == number, f"l’étape {number} est attendue dans ce fichier."),
        ("medoc", step.medoc in known.families, f"la famille « {step.medoc} » n’existe pas."),
        ("goals", known.goals.issuperset(step.goals), "un de ces ODD n’existe pas."),
        (
            "course_step",
            step.course_step in known.course_steps,
            f"« {step.course_step} » n’est pas du parcours.",
        ),
        ("case, slug", step.case.slug in known.cases, f"le cas « {step.case.slug} » n’existe pas."),
    )
    return [(key, text) for key, is_right, text in checks if not is_right]


def references() -> Known:
    """3 queries."""
    codes = dict[str, set[str]]()
    for kind, code in Resource.objects.values_list("kind", "pk"):
        codes.setdefault(kind, set()).add(code)
    return Known(
        cases=frozenset(codes.get(ResourceKind.WEBINAR, ())),
        course_steps=frozenset(codes.get(ResourceKind.COURSE_STEP, ())),
        families=frozenset(ResourceFamily.objects.values_list("pk", flat=True)),
        goals=frozenset(Goal.objects.values_list("number", flat=True)),
    )
