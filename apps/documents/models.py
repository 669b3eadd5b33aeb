"""Generated files: one row is the request, the progress and the file."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone

from apps.documents.enums import DocumentState

SILENCE = timedelta(seconds=10)


class Document(models.Model):
    """An outbox row: requested → rendering → ready | failed.

    ``key`` names one state of the subject, so that asking twice gives one file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(
        max_length=64, help_text="SHA-256 of the state of the subject and the template version"
    )
    subject_id = models.UUIDField(db_index=True)
    # Who may read it: the members of an organisation, one person, or everybody; or the rule of its kind (``registry``).
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.CASCADE, related_name="documents"
    )
    owner = models.ForeignKey("accounts.User", null=True, on_delete=models.CASCADE, related_name="documents")
    is_public = models.BooleanField(default=False)
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    filename = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.REQUESTED)
    progress = models.PositiveSmallIntegerField(default=0, help_text="0–100")
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True, help_text="the rendering that owns the row")
    file = models.FileField(blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    pages = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(
        default=timezone.now, help_text="from this moment beat takes care of a row that still waits"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-requested_at"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["requested", "rendering"]),
                name="documents_waiting",
            ),
            # What the operator’s page counts.
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["requested", "rendering", "failed"]),
                name="documents_unfinished",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_document_per_state"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, owner__isnull=True, is_public=False)
                | models.Q(organisation__isnull=True, owner__isnull=False, is_public=False)
                | models.Q(organisation__isnull=True, owner__isnull=True, is_public=True),
                name="document_has_one_audience",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | (~models.Q(file="") & ~models.Q(sha256="")),
                name="ready_document_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_ready(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def is_failed(self) -> bool:
        return self.state == DocumentState.FAILED

    @property
    def is_waiting(self) -> bool:
        """True while a worker has it, or should have it."""
        return self.state in (DocumentState.REQUESTED, DocumentState.RENDERING)

    @property
    def queue_is_silent(self) -> bool:
        """True when nobody took the request for ten seconds: the page says that it is kept."""
        return (
            self.state == DocumentState.REQUESTED
            and not self.attempts
            and timezone.now() - self.requested_at > SILENCE
        )

    @property
    def kilobytes(self) -> int:
        """Rounded up: a file is never announced empty."""
        return -(-self.size // 1000)
