"""The consent of a person to be helped, and each visit made under it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.support.enums import End

LONGEST_GRANT = timedelta(days=7)
LONGEST_VISIT = timedelta(hours=1)


class SupportGrant(models.Model):
    """Support may look with this person’s eyes until ``until``, or until she withdraws it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="support_grants"
    )
    purpose = models.CharField("motif", max_length=300)
    given_at = models.DateTimeField("donné le", default=timezone.now)
    until = models.DateTimeField("jusqu’au")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="support_grant_says_why"),
            models.CheckConstraint(
                condition=Q(until__gt=F("given_at"), until__lte=F("given_at") + LONGEST_GRANT),
                name="support_grant_lasts_a_week_at_most",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="support_grant_is_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.until}"

    def is_in_force(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.until > now


class SupportVisit(models.Model):
    """One look: an hour at most, and never after the end of its grant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(SupportGrant, on_delete=models.CASCADE, related_name="visits")
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField("commencée le", default=timezone.now)
    limit = models.DateTimeField(
        "au plus tard", help_text="it is over then, whether or not anybody closes it"
    )
    ended_at = models.DateTimeField("finie le", null=True, blank=True)
    end = models.CharField("fin", max_length=10, choices=End.choices, blank=True)
    pages = models.PositiveIntegerField("pages regardées", default=0)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant"], condition=Q(ended_at=None), name="one_support_visit_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(limit__gt=F("started_at"), limit__lte=F("started_at") + LONGEST_VISIT),
                name="support_visit_lasts_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__gte=F("started_at")) & ~Q(end="")),
                name="support_visit_that_ended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.started_at}"
