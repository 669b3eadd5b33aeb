"""The journal: one chain of entries, written once."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from apps.audit.events import Event


class AuditEntry(models.Model):
    """One act. PostgreSQL gives ``number``, ``at``, ``previous`` and ``hash``, and refuses any change (migration).

    No name and no address: ``actor`` and ``as_support`` are numbers of accounts, not foreign keys. Erasing a person leaves
    a number that leads to nobody.
    """

    # The sequence is not used: a trigger writes the number after the last one, so that no gap can hide an entry.
    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    event = models.CharField(max_length=40, choices=Event.choices)
    actor = models.BigIntegerField(
        null=True, db_index=True, help_text="account; null: a visitor, or the platform itself"
    )
    as_support = models.BigIntegerField(null=True, help_text="who acted under this account, with its consent")
    subject = models.CharField(
        max_length=120, blank=True, db_index=True, help_text="model:key of what was acted on"
    )
    details = models.JSONField(default=dict, help_text="codes, counts and slugs; never a personal word")
    address_hash = models.CharField(max_length=32, blank=True, help_text="keyed, its key changes each month")
    request_id = models.CharField(max_length=36, blank=True)
    previous = models.BinaryField(max_length=32, default=bytes)
    hash = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"


class AuditAnchor(models.Model):
    """Where the chain begins, once its oldest entries are a year old and gone: written by a trigger, one row at most."""

    number = models.BigIntegerField(help_text="of the last entry that went")
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.number)
