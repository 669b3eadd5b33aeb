"""The columns of a document with two lives: ``draft`` is what curators work on, ``sheet`` what readers see."""

from __future__ import annotations

from typing import Any

from django.db import models

from apps.editorial.enums import DraftState, RevisionAction


class Editorial(models.Model):
    """A row of the curation space. Its constraints are each child's: their names are unique in the database."""

    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    draft = models.JSONField()
    # Raised at each write of the draft: a form that was opened before another save is told.
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    publish_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    sheet = models.JSONField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    # The children's revisions answer to this name.
    revisions: Any

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.sheet is not None


class EditorialRevision(models.Model):
    """What the draft said after each act, who acted and why; each child adds the key to its document."""

    number = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=RevisionAction.choices)
    sheet = models.JSONField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-number"]
