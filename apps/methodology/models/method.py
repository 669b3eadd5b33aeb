"""The published method: its editions, all kept, and the eight steps of each."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.sources import SourceStatus
from apps.methodology.models.engagements import FIRST_STEP, LAST_STEP


class MethodEdition(models.Model):
    """A démarche follows the edition it names until its lead takes up another: a row here is never replaced."""

    number = models.PositiveIntegerField(primary_key=True)
    published_on = models.DateField()
    what_changed = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="method_edition_starts_at_one"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(what_changed=""),
                name="new_edition_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"édition {self.number}"


class MethodStep(models.Model):
    """``sheet``: the whole step, shape of ``public.sheet.StepSheet``; the other columns repeat it for lists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(MethodEdition, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    status = models.CharField(max_length=2, choices=SourceStatus.choices)
    pillars = ArrayField(models.CharField(max_length=20), default=list)
    sheet = models.JSONField()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_step_per_number_and_edition"),
            models.UniqueConstraint(fields=["edition", "slug"], name="one_step_per_slug_and_edition"),
            models.CheckConstraint(
                condition=models.Q(number__gte=FIRST_STEP, number__lte=LAST_STEP),
                name="method_has_eight_steps",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
