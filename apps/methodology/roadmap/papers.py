"""The files of steps 7 and 8 that workers make: for those who read the démarche, one for each text of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import slugify

from apps.accounts.models import User
from apps.accounts.selectors import Person
from apps.documents import registry, services
from apps.documents.models import Document
from apps.documents.selectors import find_document
from apps.methodology import readers
from apps.methodology.models import Engagement, Item
from apps.methodology.roadmap import paper, pitch, review
from apps.methodology.tools.follow_up import REVIEW as REVIEWS

ROADMAPS = {1: "method-roadmap-1", 3: "method-roadmap-3"}
PITCH = "method-pitch"
REVIEW = "method-review"
# Raise it when a template or a style sheet changes: the next request gives a new file.
VERSION = "roadmap-2"
# A file left behind keeps names that the démarche may have lost since.
KEPT = timedelta(days=30)
ABOUT = {
    "kicker": "Démarche",
    "back": ("method:engagement", "{subject}"),
    "back_label": "Revenir à la démarche",
}
ROADMAP_WORDS = registry.Words(
    name="la feuille de route",
    yours="votre feuille de route",
    e="e",
    says="En A4, à l’italienne.",
    kept="Ce que vous avez écrit est intact",
    **ABOUT,  # type: ignore[arg-type]
)
PITCH_WORDS = registry.Words(
    name="le pitch",
    yours="votre pitch",
    says="Une page A4, à donner.",
    kept="Ce que vous avez écrit est intact",
    **ABOUT,  # type: ignore[arg-type]
)
REVIEW_WORDS = registry.Words(
    name="la revue annuelle",
    yours="votre revue annuelle",
    e="e",
    says="En A4, avec de quoi la signer.",
    kept="Ce que vous avez écrit est intact",
    kicker="Démarche",
    back=("method:engagements",),
    back_label="Revenir à mes démarches",
)


def register() -> None:
    for years, kind in ROADMAPS.items():
        registry.register(kind, partial(paper.build, years=years), ROADMAP_WORDS, readers.of_engagements)
    registry.register(PITCH, pitch.build, PITCH_WORDS, readers.of_engagements)
    registry.register(REVIEW, review.build, REVIEW_WORDS, of_reviews)


def of_reviews(person: Person) -> QuerySet[Any, Any]:
    """For files whose subject is one review; a removed one is read no more."""
    rows = Item.objects.filter(kind=REVIEWS.code, gone_at=None)
    return rows.filter(engagement_id__in=readers.of_engagements(person)).values("pk")


def key(subject: UUID, html: str) -> str:
    """One file for each text of each démarche, or of each review."""
    return hashlib.sha256(f"{VERSION} {subject} {html}".encode()).hexdigest()


def find(kind: str, key: str) -> Document | None:
    """1 query."""
    return find_document(kind=kind, key=key)


def request(
    *, kind: str, key: str, subject: UUID, engagement: Engagement, by: User, title: str, name: str
) -> Document:
    """Asked again, the same one. Those of before are erased: they said something else."""
    for old in Document.objects.filter(kind=kind, subject_id=subject).exclude(key=key):
        services.remove(document=old)
    return services.request_document(
        kind=kind,
        key=key,
        subject_id=subject,
        organisation=engagement.organisation,
        requested_by=by,
        title=title,
        filename=f"{name}-{slugify(engagement.title)[:60].strip('-') or 'demarche'}.pdf",
        kept=KEPT,
    )
