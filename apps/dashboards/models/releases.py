"""A release: its population, its protected tables, the exact ones, what was hidden and why, its attack reports."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from apps.dashboards.enums import ReleaseState, Suppressed
from apps.dashboards.models.programmes import Programme
from apps.dashboards.quarters import Quarter


class Release(models.Model):
    """An outbox row: requested → building → built → published | set aside. Without ``programme``: the national one.

    ``rules``: thresholds it was built with (never p). ``refusal``: why the whole of it may not be published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True, max_length=40)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="releases"
    )
    year = models.PositiveSmallIntegerField()
    quarter_number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=ReleaseState.choices, default=ReleaseState.REQUESTED)
    is_demo = models.BooleanField(default=False)
    rules = models.JSONField(default=dict)
    headline = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="associations, to the nearest 5")
    refusal = models.CharField(max_length=300, blank=True)
    error = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    built_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-quarter_number", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "quarter_number", "version"],
                nulls_distinct=False,
                name="one_release_per_scope_quarter_and_version",
            ),
            models.UniqueConstraint(
                fields=["programme", "year", "quarter_number"],
                condition=models.Q(state__in=["requested", "building", "built", "failed"]),
                nulls_distinct=False,
                name="one_unpublished_release_per_scope_and_quarter",
            ),
            models.CheckConstraint(
                condition=models.Q(quarter_number__gte=1, quarter_number__lte=4), name="quarter_is_1_to_4"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(published_at__isnull=False, built_at__isnull=False, refusal=""),
                name="published_release_is_built_and_not_refused",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("dashboards:release", args=[self.slug])

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter_number)

    @property
    def is_published(self) -> bool:
        return self.state == ReleaseState.PUBLISHED


class ReleaseMember(models.Model):
    """Who is counted, and by which campaign; no answer. An erased campaign leaves its identifier, which leads nowhere."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    campaign_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "campaign_id"], name="one_member_per_campaign_and_release"
            )
        ]

    def __str__(self) -> str:
        return str(self.campaign_id)


class ReleaseTable(models.Model):
    """A protected table: the only thing pages, files and the API read. Shape: ``disclosure.protected_json``.

    ``since``: « row/column » → the release whose value the cell repeats.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="tables")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    protected = models.JSONField()
    since = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "key"], name="one_table_per_key_and_release")
        ]

    def __str__(self) -> str:
        return self.key


class ExactTable(models.Model):
    """The same table before protection, for operators only. Shape: ``disclosure.exact_json``."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="exact_tables")
    key = models.CharField(max_length=40)
    exact = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "key"], name="one_exact_table_per_key_and_release")
        ]

    def __str__(self) -> str:
        return self.key


class Suppression(models.Model):
    """A cell that is not shown as it is, and why (rule 10). ``column`` is "" for a whole row."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="suppressions")
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=10, choices=Suppressed.choices)

    class Meta:
        ordering = ["table", "row", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "table", "row", "column"], name="one_suppression_per_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}"


class AuditRun(models.Model):
    """Attacks tried on a release. ``attacks``: [{code, title, tries, findings: [French sentence, …]}]."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="audits")
    run_at = models.DateTimeField(default=timezone.now)
    attacks = models.JSONField()
    is_clean = models.BooleanField()

    class Meta:
        ordering = ["-run_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.release_id} {self.run_at:%Y-%m-%d}"
