"""A démarche, the people in it, and where its eight steps stand."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.accounts.enums import InvitationState
from apps.methodology.enums import SeatRole, StepStage, Verdict

FIRST_STEP, LAST_STEP = 1, 8
IS_A_STEP = models.Q(step__gte=FIRST_STEP, step__lte=LAST_STEP)


class Engagement(models.Model):
    """A démarche led for one association. ``edition``: the method's, when it opened or last took up a newer one.

    ``sequence`` is the number of its last change: pages ask for what came after the one they show.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One form sent twice opens one démarche.
    opening_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="engagements"
    )
    title = models.CharField("nom de la démarche", max_length=160)
    edition = models.PositiveIntegerField(default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="engagement_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Seat(models.Model):
    """A person's place in a démarche. ``left_at``: she sees nothing from then on; what she wrote stays.

    Her name is her account's (``choices.name_of``): none is kept once it is erased. ``is_outside``: she was asked in by name, without being a
    member of the association; the others' seats hold only while they are members.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="seats")
    role = models.CharField("rôle", max_length=8, choices=SeatRole.choices)
    is_outside = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    wants_reminders = models.BooleanField("recevoir les rappels", default=True)
    # Of the iCal feed of her actions: its SHA-256, "" before she asks for one.
    feed_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "user"],
                condition=models.Q(left_at=None, user__isnull=False),
                name="one_seat_per_person",
            ),
            models.UniqueConstraint(
                fields=["feed_hash"], condition=~models.Q(feed_hash=""), name="one_seat_per_feed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class SeatInvitation(models.Model):
    """Accepted by a click of the person, never by opening the link.

    ``answer``: "" while it waits; "revoked" is the team's own.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=8, choices=SeatRole.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    sent_count = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | models.Q(answer__in=("accepted", "declined", "revoked"), answered_at__isnull=False),
                name="seat_answer_has_its_date",
            ),
            models.UniqueConstraint(
                "engagement",
                models.functions.Lower("email"),
                condition=models.Q(answered_at=None),
                name="one_pending_seat_per_email",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.engagement_id}"

    @property
    def state(self) -> InvitationState:
        if self.answer:
            return InvitationState(self.answer)
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.PENDING


class StepState(models.Model):
    """Where a step stands; without a row it is to do.

    ``board_told_at``: when its governance was written to about the step being ready; None again at each change.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="steps")
    step = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=11, choices=StepStage.choices, default=StepStage.TODO)
    why_skipped = models.CharField("pourquoi", max_length=300, blank=True)
    changed_by = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    board_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["step"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "step"], name="one_state_per_step"),
            models.CheckConstraint(condition=IS_A_STEP, name="state_is_of_a_step"),
            models.CheckConstraint(
                condition=~models.Q(stage="skipped", why_skipped=""), name="skipped_step_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.stage}"


class Validation(models.Model):
    """What governance said of a step: name, date and reason as they were, whatever becomes of the account.

    ``name``: who said it; ``decided_on``: the day of the board. ``recorded_by``: the lead who wrote it down for a board
    without account, "" when ``name`` clicked herself. ``seat``: who clicked.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="validations")
    step = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150)
    recorded_by = models.CharField(max_length=150, blank=True)
    reason = models.TextField("motif", max_length=2000, blank=True)
    decided_on = models.DateField("date de la décision", default=timezone.localdate)
    at = models.DateTimeField(default=timezone.now)
    # A form sent twice is one word.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=IS_A_STEP, name="validation_is_of_a_step"),
            models.CheckConstraint(condition=~models.Q(name=""), name="validation_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(verdict="sent_back", reason=""), name="sent_back_step_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.verdict}"
