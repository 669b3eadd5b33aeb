"""Which campaign of the association feeds the fourth step."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from apps.methodology.models.engagements import Engagement, Seat


class CrossedDiagnostic(models.Model):
    """The campaign whose divergences the workshop debates; of the démarche’s own association (held by the service).

    It opens nothing to anybody: a result is read by the members of its association, as on its own page.
    """

    engagement = models.OneToOneField(Engagement, on_delete=models.CASCADE, related_name="crossed")
    campaign = models.ForeignKey("diagnostic.Campaign", on_delete=models.CASCADE, related_name="+")
    linked_by = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.engagement_id} → {self.campaign_id}"
