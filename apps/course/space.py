"""What « mon espace » says of the course, in three queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from apps.accounts.models import Organisation, User
from apps.accounts.notebook import Note
from apps.accounts.requests import SignedInRequest
from apps.course import guest
from apps.course.journey import Journey, Trace, journey
from apps.course.models import Attestation, Learner, Progress
from apps.course.notebook import notes
from apps.course.reading import known_steps, together
from apps.course.screens.place import resume_url
from apps.course.words import duration


@dataclass(frozen=True, slots=True)
class SpacePanel:
    """``attestation``: its code, "" before."""

    journey: Journey
    attestation: str
    notes: list[Note]

    @property
    def left(self) -> str:
        return duration(self.journey.minutes_left)

    @property
    def resume_url(self) -> str:
        return resume_url(self.journey)

    @property
    def attestation_url(self) -> str:
        if self.attestation:
            return reverse("course:attestation", args=[self.attestation])
        return reverse("course:attest")


def section(request: SignedInRequest, organisation: Organisation | None) -> dict[str, Any]:
    """Progress, attestation and the association's notes, for ``settings.SPACE_SECTIONS``."""
    learner = learner_with_progress(request.user)
    here = guest.traces(request.session)
    last = (learner.last_slug or "", learner.last_part) if learner else ("", "")
    panel = SpacePanel(
        journey=journey(known_steps(), together(traces(learner), here), last),
        attestation=(learner.attestation_code or "") if learner else "",
        notes=notes(request.user, organisation) if organisation else [],
    )
    return {"template": "course/space.html", "context": {"space": panel}}


def learner_with_progress(user: User) -> Any:
    """The learner with ``rows`` (her progress), ``last_slug`` and ``attestation_code``; None before she begins. 1 query."""
    rows = Progress.objects.filter(learner=OuterRef("pk")).values(
        row=JSONObject(
            slug="page__slug",
            opened="opened",
            quizzed_at="quizzed_at",
            how="done_how",
            edition="edition",
        )
    )
    living = Attestation.objects.filter(learner=OuterRef("pk"), revoked_at__isnull=True).values("code")[:1]
    return (
        Learner.objects.filter(user=user)
        .annotate(rows=ArraySubquery(rows), last_slug=F("last_page__slug"), attestation_code=Subquery(living))
        .only("last_part")
        .first()
    )


def traces(learner: Any) -> dict[str, Trace]:
    """By slug of step."""
    return {
        row["slug"]: Trace(
            frozenset(row["opened"]), row["quizzed_at"] is not None, row["how"], row["edition"]
        )
        for row in (learner.rows if learner else ())
    }
