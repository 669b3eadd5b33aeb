"""What an erasure leaves: a receipt that leads to nobody."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Cause(models.TextChoices):
    ASKED = "asked", "demandé par la personne"
    INACTIVE = "inactive", "deux ans sans connexion"
    CLOSED = "closed", "fermée à la demande d’une personne qui l’administre"
    ORPHAN = "orphan", "plus aucun membre"


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

    @property
    def is_of_association(self) -> bool:
        return self.cause in (Cause.CLOSED, Cause.ORPHAN)


class ClosureRequest(models.Model):
    """« This association closes on that day »: everything of it is erased then, unless someone cancels.

    ``cause``: CLOSED, asked by an admin, or ORPHAN, no member was left. ``nights``: days on which the worker saw it, one a
    day at most: a clock that jumps makes one day of a month. ``reminded_on``: « in two days, all of it goes » was said.
    """

    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="closure"
    )
    cause = models.CharField(max_length=10, choices=Cause.choices, default=Cause.CLOSED)
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    nights = models.PositiveSmallIntegerField(default=0)
    counted_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("asked_at")), name="closure_leaves_a_delay"
            ),
            models.CheckConstraint(
                condition=models.Q(cause="closed") | models.Q(cause="orphan", asked_by=None),
                name="nobody_asks_to_close_an_orphan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.due_at}"


class RetentionNotice(models.Model):
    """« Your account will be erased »: said to an inactive person, and on which day. Taken away when she comes back.

    ``left_on``: when the mail left, or was given up after a day of tries. ``nights``: rounds made since, one a day at
    most: a clock that jumps makes one night of three years.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="+")
    told_on = models.DateField()
    letter = models.ForeignKey("post_office.Email", null=True, on_delete=models.SET_NULL, related_name="+")
    left_on = models.DateField(null=True)
    nights = models.PositiveSmallIntegerField(default=0)
    counted_on = models.DateField(null=True)
    others_told_on = models.DateField(
        null=True, help_text="she alone runs an association: its other members were told"
    )

    def __str__(self) -> str:
        return f"{self.user_id} {self.told_on}"


class LastSeen(models.Model):
    """The last sign of life that a session gave: a session lasts as long as it is written in, without a sign-in.

    Noted each night from the sessions, not at each page: to the day, for a rule of two years.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="last_seen")
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"
