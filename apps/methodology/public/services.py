"""From the files of the method to its rows; each writes only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Goal, Pillar, Resource
from apps.methodology.models import MethodEdition, MethodStep
from apps.methodology.public import sheet
from apps.methodology.public.sheet import StepSheet

OURS = {"label": "Proposition pédagogique de la plateforme", "year": "2026", "url": ""}


@transaction.atomic
def publish(*, number: int, published_on: date, what_changed: str, steps: Sequence[StepSheet]) -> int:
    """Makes this edition say what the files say; how many rows were written. Other editions are left as they are."""
    edition = MethodEdition(number=number, published_on=published_on, what_changed=what_changed)
    stored = MethodEdition.objects.filter(pk=number).first()
    written = 0
    if stored is None or (stored.published_on, stored.what_changed) != (published_on, what_changed):
        edition.save()
        written += 1
    rows = {row.number: row for row in MethodStep.objects.select_for_update().filter(edition=number)}
    changed = [
        step for step in steps if step.number not in rows or rows[step.number].sheet != sheet.stored(step)
    ]
    # Two steps may exchange their slugs: all leave their place before one takes it.
    edition.steps.filter(number__in=[step.number for step in changed]).delete()
    MethodStep.objects.bulk_create(_row(edition, step, rows.get(step.number)) for step in changed)
    written += len(changed)
    if not MethodEdition.objects.filter(number__gt=number).exists():
        written += sum([register(step) for step in steps])
    return written


def _row(edition: MethodEdition, step: StepSheet, known: MethodStep | None) -> MethodStep:
    """Keeps its key, which files to print are asked by."""
    row = MethodStep(
        edition=edition, number=step.number, slug=step.slug, title=step.title, summary=step.summary
    )
    row.status, row.pillars, row.sheet = step.status, list(step.pillars), sheet.stored(step)
    if known:
        row.pk = known.pk
    return row


def register(step: StepSheet) -> bool:
    """The step's row in the one index of resources: the diagnostic recommends from there. True when it changed."""
    wanted = {
        "kind": ResourceKind.METHOD_STEP,
        "medoc_id": step.medoc,
        "name": step.title,
        "page_slug": step.slug,
        "summary": step.summary,
        "audience": list(step.audience),
        "minutes": step.workshop_minutes,
        "position": step.number,
        "status": step.status,
        "source_label": OURS["label"],
        "source_year": OURS["year"],
        "source_url": OURS["url"],
        "other_sources": {"tags": {"status": "R", **OURS}},
    }
    row = Resource.objects.filter(pk=step.resource).first()
    changed = row is None or any(getattr(row, name) != value for name, value in wanted.items())
    if changed:
        row, _ = Resource.objects.update_or_create(code=step.resource, defaults=wanted)
    assert row is not None
    return any([changed, relink(row, step)])


def relink(row: Resource, step: StepSheet) -> bool:
    pillars = set(row.pillars.values_list("pk", flat=True))
    goals = set(row.goals.values_list("number", flat=True))
    if (pillars, goals) == (set(step.pillars), set(step.goals)):
        return False
    row.pillars.set(Pillar.objects.filter(pk__in=step.pillars))
    row.goals.set(Goal.objects.filter(number__in=step.goals))
    return True
