"""What leaves to be signed: a frozen text, and who signed it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.methodology.models.engagements import Engagement, Seat


class SignedNote(models.Model):
    """The framing note as it was put to signature; never changed after. A later one replaces it, and it stays.

    ``lines``: [[label, text], …] in words; ``meetings``: [[title, date, step, who, delivers], …].
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="notes")
    number = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    meetings = models.JSONField(default=list)
    # SHA-256 of the text: whether the note was written in since.
    digest = models.CharField(max_length=64)
    put_by = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    put_at = models.DateTimeField(default=timezone.now)
    # When it was taken from an archive, which anybody can edit: nobody signs it here, and its file bears no seal.
    came_at = models.DateTimeField(null=True, editable=False)
    # As the archive wrote it: that person has no seat here.
    put_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="notes_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"note {self.number}"


class Signature(models.Model):
    """A person’s word on a frozen text: her name and quality as she wrote them, whatever becomes of her account.

    Those of a note that came from an archive have no seat: they are what the archive says, no more.
    """

    note = models.ForeignKey(SignedNote, on_delete=models.CASCADE, related_name="signatures")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField("prénom et nom", max_length=120)
    quality = models.CharField("qualité", max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "seat"], condition=models.Q(seat__isnull=False), name="one_signature_per_seat"
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(quality=""), name="signature_says_who"
            ),
        ]

    def __str__(self) -> str:
        return self.name
