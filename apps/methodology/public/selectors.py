"""Reads of the published method, kept for one revision of the content: 1 query each, whatever is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.catalogue.published import kept
from apps.methodology.models import MethodEdition, MethodStep
from apps.methodology.public import sheet
from apps.methodology.public.sheet import StepSheet


@dataclass(frozen=True, slots=True)
class Edition:
    """``steps`` in their order. ``keys``: number of a step → key of its row, which its printed guide is asked by."""

    number: int
    published_on: date
    what_changed: str
    steps: tuple[StepSheet, ...]
    keys: Mapping[int, UUID]


@kept
def editions() -> tuple[Edition, ...]:
    """Oldest first; empty before the content is loaded. 3 queries after a change."""
    found = MethodEdition.objects.prefetch_related("steps").order_by("number")
    return tuple(_edition(row, sorted(row.steps.all(), key=lambda step: step.number)) for row in found)


def _edition(row: MethodEdition, steps: list[MethodStep]) -> Edition:
    return Edition(
        row.number,
        row.published_on,
        row.what_changed,
        tuple(sheet.read(step.sheet) for step in steps),
        {step.number: step.pk for step in steps},
    )


def latest() -> int:
    """The number of the edition in force; 0 before the content is loaded."""
    return max((edition.number for edition in editions()), default=0)


def edition(number: int | None = None) -> Edition | None:
    """None before the content is loaded. A number that this platform does not know gives the edition in force:
    a démarche brought from elsewhere still finds its eight steps.
    """
    known = {found.number: found for found in editions()}
    return known.get(number or 0) or known.get(max(known, default=0))


def steps(number: int | None = None) -> tuple[StepSheet, ...]:
    """The eight steps of this edition (``Engagement.edition``), or of the one in force; () before the content is loaded."""
    found = edition(number)
    return found.steps if found else ()


def step(number: int, of: int | None = None) -> StepSheet:
    """LookupError for a number that is no step of this edition."""
    return next((found for found in steps(of) if found.number == number), None) or _absent(number)


def _absent(number: int) -> StepSheet:
    raise LookupError(f"no step {number}")


def named(slug: str) -> StepSheet | None:
    """The step in force at this address, by its slug, its code in the index, or what an older edition called it."""
    current = steps()
    for one in current:
        if slug in (one.slug, one.resource):
            return one
    older = (one.number for found in reversed(editions()) for one in found.steps if one.slug == slug)
    number = next(older, 0)
    return next((one for one in current if one.number == number), None)
