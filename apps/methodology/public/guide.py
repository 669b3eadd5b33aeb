"""The facilitation guide on paper: what a worker turns into a PDF/UA file, and which file is that of a step today."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, time
from itertools import accumulate
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from apps.core.figures import emblem
from apps.documents import services
from apps.documents.models import Document
from apps.documents.registry import DocumentSource, Words
from apps.documents.selectors import find_document
from apps.methodology.models import MethodStep
from apps.methodology.public import selectors, sheet
from apps.methodology.public.sheet import Moment, StepSheet
from apps.methodology.public.words import duration

KIND = "method-guide"
# Raise it when the template or the style sheet changes: the next request gives a new file.
VERSION = "guide-1"
# To write on, at the end of the second page.
NOTES = range(10)
WORDS = Words(
    name="le guide",
    yours="le guide",
    says="À imprimer en A4, recto verso.",
    kept="Rien n’est perdu",
    kicker="La méthode",
    back=("method:steps",),
    back_label="Revenir à la méthode",
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A moment and where the workshop is when it ends, in words since its beginning."""

    moment: Moment
    until: str


def timed(step: StepSheet) -> list[Timed]:
    ends = accumulate(moment.minutes for moment in step.guide.moments)
    return [Timed(moment, duration(end)) for moment, end in zip(step.guide.moments, ends, strict=True)]


def key(step: StepSheet) -> str:
    """One file for each text of each step: a corrected guide is another file."""
    return hashlib.sha256(json.dumps([VERSION, sheet.stored(step)], sort_keys=True).encode()).hexdigest()


def find(step: StepSheet) -> Document | None:
    """1 query."""
    return find_document(kind=KIND, key=key(step))


def request(step: StepSheet) -> Document:
    """The file of the step in force, for everybody. Asked again, the same one; a broker that is down delays it."""
    edition = selectors.edition()
    assert edition is not None
    return services.request_document(
        kind=KIND,
        key=key(step),
        subject_id=edition.keys[step.number],
        requested_by=None,
        title=f"Guide d’animation de l’étape {step.number}",
        filename=f"guide-{step.number}-{step.slug}.pdf",
    )


def request_missing() -> int:
    """Asks for the guides that were purged, or never asked for; how many."""
    missing = [step for step in selectors.steps() if find(step) is None]
    for step in missing:
        request(step)
    return len(missing)


def build(step_id: UUID) -> DocumentSource:
    """Run by a worker. MethodStep.DoesNotExist for a step whose edition is gone."""
    row = MethodStep.objects.select_related("edition").get(pk=step_id)
    at = datetime.combine(row.edition.published_on, time(12), timezone.get_default_timezone())
    return DocumentSource(html(sheet.read(row.sheet)), at)


def html(step: StepSheet) -> str:
    address = f"{settings.SITE_URL}{reverse('method:step', args=[step.slug])}"
    return render_to_string(
        "methodology/public/guide_paper.html",
        {
            "step": step,
            "guide": step.guide,
            "moments": timed(step),
            "lines": NOTES,
            "lasts": duration(step.workshop_minutes),
            "emblem": emblem.logo(),
            "full_address": address,
            "address": address.split("://", 1)[-1],
            "site_name": settings.SITE_NAME,
        },
    )
