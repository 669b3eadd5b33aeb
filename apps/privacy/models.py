"""What an erasure leaves: a receipt that leads to nobody."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Cause(models.TextChoices):
    ASKED = "asked", "demandé par la personne"
    INACTIVE = "inactive", "deux ans sans connexion"


class ErasureReceipt(models.Model):
    """``lines``: name of the processing, fate, number of rows, reason. No number, name or address of whom it was.

    Only who holds the link, shown once and mailed once, knows whose receipt it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    lines = models.JSONField(default=list)
    backups_until = models.DateField(
        help_text="the last backup that still holds what was erased is gone after this day"
    )
    letter = models.ForeignKey(
        "post_office.Email",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the mail that carries the link: it goes as soon as it has left",
    )

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.pk)


class RetentionNotice(models.Model):
    """« Your account will be erased »: said to an inactive person, and on which day. Taken away when she comes back."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    told_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.told_on}"
