"""The board's module, played live: a presenter, a projector, phones that vote without account."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.course.enums import DebateStage, Mandate

IS_OVER = models.Q(stage="over")


class Debate(models.Model):
    """One meeting. ``sheet`` is the module as it was when it opened. ``code``: six letters, while it lasts.

    ``sequence`` is the place of the slide shown, from 0; ``question`` the code of the open question, ``shown`` the one
    whose result is on the screen, "" when none. ``results``: question asked → ballots of each choice, counted when it
    closes; the ballots themselves go with the meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One form sent twice opens one debate.
    opening_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="debates"
    )
    title = models.CharField("réunion", max_length=160)
    held_on = models.DateField("date de la réunion")
    sheet = models.JSONField()
    edition = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=6, blank=True)
    stage = models.CharField(max_length=5, choices=DebateStage.choices, default=DebateStage.READY)
    sequence = models.PositiveSmallIntegerField(default=0)
    sequence_since = models.DateTimeField(null=True)
    question = models.CharField(max_length=40, blank=True)
    shown = models.CharField(max_length=40, blank=True)
    # The screen draws the bars while people vote: the presenter's choice, never for the decision.
    is_open_book = models.BooleanField(default=False)
    results = models.JSONField(default=dict)
    # Raised at each change of what phones and projector show, votes apart.
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    # The record: who was there (number), what was said, what was decided. ``record_version`` counts its savings.
    present = models.PositiveSmallIntegerField("personnes présentes", null=True, blank=True)
    minutes_text = models.TextField("ce qui s’est dit", max_length=6000, blank=True)
    mandate = models.CharField("décision", max_length=5, choices=Mandate.choices, blank=True)
    mandate_text = models.TextField("termes du mandat", max_length=3000, blank=True)
    mandate_reason = models.TextField("motif", max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True)
    record_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-held_on", "-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="debate_has_a_title"),
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="one_debate_per_code"
            ),
            models.CheckConstraint(
                condition=models.Q(code="") | models.Q(code__regex=r"^[A-HJ-NP-Z]{6}$"),
                name="debate_code_is_six_letters",
            ),
            models.CheckConstraint(
                condition=(IS_OVER & models.Q(code="", over_at__isnull=False))
                | (~IS_OVER & ~models.Q(code="")),
                name="debate_keeps_its_code_until_over",
            ),
            models.CheckConstraint(
                condition=models.Q(question="") | models.Q(stage="live"), name="only_a_live_debate_asks"
            ),
            models.CheckConstraint(
                condition=models.Q(mandate="") | models.Q(decided_at__isnull=False),
                name="decided_debate_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        return self.stage == DebateStage.LIVE

    @property
    def is_over(self) -> bool:
        return self.stage == DebateStage.OVER


class Ballot(models.Model):
    """One phone's answer to one question; changed while the question is open, counted once. Nobody's name."""

    debate = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="ballots")
    question = models.CharField(max_length=40)
    voter = models.UUIDField(help_text="drawn at random on the phone's first visit")
    choice = models.PositiveSmallIntegerField(help_text="place of the choice, from 0")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["debate", "question", "voter"], name="one_ballot_per_phone")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.choice}"


class View(models.Model):
    """A point of view typed on a phone, for the record; the presenter may put it aside."""

    debate = models.ForeignKey(Debate, on_delete=models.CASCADE, related_name="views")
    question = models.CharField(max_length=40)
    voter = models.UUIDField(null=True, help_text="erased when the meeting is over")
    text = models.CharField(max_length=280)
    at = models.DateTimeField(default=timezone.now)
    set_aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["debate", "question", "voter"], name="one_view_per_phone"),
            models.CheckConstraint(condition=~models.Q(text=""), name="view_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
