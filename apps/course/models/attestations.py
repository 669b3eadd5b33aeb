"""The attestation of the whole course, and the badge that says the same to machines."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from apps.course.models.learning import Learner


class Attestation(models.Model):
    """Frozen when issued. Anyone who holds ``code`` verifies it. ``rank`` is its place in the status lists.

    Withdrawn by its owner, it keeps neither her name nor what she did: only that this code is void, and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The account may go: the paper that was given stays true, until its owner asks for its removal.
    learner = models.ForeignKey(Learner, null=True, on_delete=models.SET_NULL, related_name="attestations")
    code = models.CharField(max_length=24, unique=True)
    rank = models.PositiveIntegerField(unique=True)
    full_name = models.CharField(max_length=150, blank=True)
    # What was done: [{slug, number, title, edition, done_on}, …], as it was that day; done_on is an ISO day in Paris.
    steps = models.JSONField(default=list, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    # The signed credential (compact JWS), as given.
    credential = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-issued_at"]
        indexes = [
            # The public list of revocations is made of these alone.
            models.Index(
                fields=["rank"], condition=models.Q(revoked_at__isnull=False), name="attestations_revoked"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["learner"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_living_attestation_per_learner",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="revoked_attestation_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=False)
                | ~models.Q(full_name="") & ~models.Q(credential=""),
                name="living_attestation_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-HJ-NP-Z]{4}(-[A-HJ-NP-Z]{4}){3}$"),
                name="attestation_code_is_sixteen_letters",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("course:attestation", args=[self.code])

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None
