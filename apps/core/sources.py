"""Where a published row comes from, and how sure it is (``facts.md`` § 0)."""

from django.db import models


class SourceStatus(models.TextChoices):
    REPORT = "S", "écrit dans le rapport"
    PUBLISHED = "P", "publié"
    WEAK = "P-", "publié, source fragile"
    INFERRED = "I", "déduit de plusieurs faits"
    UNVERIFIED = "M", "connaissance générale"
    PROPOSAL = "R", "proposition pédagogique"


class Sourced(models.Model):
    """Base of every reference row: no row without a status."""

    status = models.CharField(max_length=2, choices=SourceStatus.choices)
    source_label = models.CharField(max_length=300)
    source_year = models.CharField(max_length=30, blank=True)
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def is_proposal(self) -> bool:
        """True when the row is ours and must carry the badge « proposition pédagogique »."""
        return self.status == SourceStatus.PROPOSAL
