"""What teams write: items of the tools, their fields each with a version, and every change with a way back."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.methodology.enums import Act
from apps.methodology.models.engagements import Engagement, Seat


class Item(models.Model):
    """An activity, an action, the note…: ``kind`` is one of ``tools.KINDS``. Removed ones stay, for the way back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    place = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place", "made_at", "pk"]
        indexes = [models.Index(fields=["engagement", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Field(models.Model):
    """The value now. ``version`` 1 is the first text; 0 stands for a field that was never written, without a row."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="fields")
    code = models.CharField(max_length=40)
    value = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "code"], name="one_value_per_field"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="field_version_starts_at_one"),
        ]

    def __str__(self) -> str:
        return self.code


class Change(models.Model):
    """One write. ``number`` counts within the démarche, without a hole; ``key`` makes a resent write one write."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveBigIntegerField()
    act = models.CharField(max_length=12, choices=Act.choices)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="changes")
    code = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=0)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="changes_are_numbered"),
            models.UniqueConstraint(fields=["engagement", "key"], name="a_resent_write_is_one_write"),
        ]
        indexes = [models.Index(fields=["item", "-number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class Presence(models.Model):
    """Who looks at what, for the others' screens; a row unseen for half a minute is nobody."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="presence")
    tool = models.CharField(max_length=20)
    # The key of an item; a single one has its key before it is written, so it is no foreign key.
    item_id = models.UUIDField(null=True)
    code = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.tool
