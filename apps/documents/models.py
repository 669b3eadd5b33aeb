"""Generated files: one row is the request, the progress and the file."""

import uuid

from django.db import models
from django.utils import timezone

from apps.documents.enums import DocumentState


class Document(models.Model):
    """An outbox row: requested → rendering → ready | failed.

    ``key`` names one state of the subject, so that asking twice gives one file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64, help_text="SHA-256 of the state of the subject and the template version")
    subject_id = models.UUIDField(db_index=True)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="documents")
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
    claimed_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["state", "requested_at"], name="documents_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_document_per_state"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | (~models.Q(file="") & ~models.Q(sha256="")),
                name="ready_document_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
