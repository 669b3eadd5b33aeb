"""The published content of the course: the steps and the board's module, with their revisions."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse

from apps.course.enums import PageKind
from apps.editorial.models import Editorial, EditorialRevision


class Page(Editorial):
    """A step, or the board's module. Columns below ``kind`` say of the public sheet what lists need.

    ``edition`` counts its publications: progress says which one was read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=6, choices=PageKind.choices)
    number = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=160, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)
    # What the rule of progress counts, and what a list needs to say where one is: [[code, title, minutes], …].
    parts = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["kind", "number", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="scheduled") | models.Q(publish_at__isnull=False),
                name="scheduled_page_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="archived") | models.Q(sheet__isnull=True),
                name="archived_page_is_not_public",
            ),
            models.CheckConstraint(
                condition=models.Q(sheet__isnull=True)
                | (~models.Q(title="") & models.Q(published_at__isnull=False, edition__gt=0)),
                name="public_page_is_complete",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(kind="step", sheet__isnull=False),
                name="one_public_step_per_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.draft.get("title") or self.slug

    def get_absolute_url(self) -> str:
        if self.kind == PageKind.MODULE:
            return reverse("course:module")
        return reverse("course:step", args=[self.slug])


class PageRevision(EditorialRevision):
    """``reason`` of a publication is what the public changelog says of it; ``edition`` is the one it made."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="revisions")
    edition = models.PositiveIntegerField(default=0)

    class Meta(EditorialRevision.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_page_revision_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} n° {self.number}"
