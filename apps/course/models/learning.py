"""Who learns, how far, what the association wrote, and what is told of it (statements)."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from apps.course.enums import DoneHow, Verb
from apps.course.models.pages import Page


class Learner(models.Model):
    """A person on the course. ``id`` is her pseudonym in statements: it tells nothing of the account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="learner")
    started_at = models.DateTimeField(default=timezone.now)
    # Answers to the three questions of the personal path, and the door she came through (codes of paths.yaml).
    profile = models.CharField(max_length=30, blank=True)
    objective = models.CharField(max_length=30, blank=True)
    maturity = models.CharField(max_length=30, blank=True)
    door = models.CharField(max_length=30, blank=True)
    # Where she was last: the page and the part of it, "" its first screen.
    last_page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    last_part = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Progress(models.Model):
    """How far a learner is in a page. ``opened``: codes of the sections she went through, kept when the page changes."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="progress")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="progress")
    opened = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    quizzed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_how = models.CharField(max_length=4, choices=DoneHow.choices, blank=True)
    # The edition that she read last.
    edition = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "page"], name="one_progress_per_learner_and_page"),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_how="")
                | models.Q(done_at__isnull=False) & ~models.Q(done_how=""),
                name="done_step_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.page_id}"


class QuizTry(models.Model):
    """One sending of a quiz. ``key`` comes with the form: sent twice, it counts once.

    ``answers``: question code → places of the chosen choices, from 0; ``right`` of ``total`` questions.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="tries")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="tries")
    key = models.UUIDField()
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    edition = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "key"], name="one_try_per_form"),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("total")), name="try_has_no_more_right_than_questions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right}/{self.total}"


class ExerciseAnswer(models.Model):
    """What an association wrote in the exercise of a step; ``values``: prompt code → text, or list of choices."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="exercises"
    )
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="exercises")
    values = models.JSONField(default=dict)
    # Raised at each write: a form that was opened before another member saved is told.
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "page"], name="one_exercise_per_organisation_and_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.page_id}"


class Statement(models.Model):
    """An xAPI statement: ``body`` is what leaves, its actor is the learner's pseudonym. Never changed once written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="statements")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    activity = models.CharField(max_length=160)  # the end of the activity's address: « etape-1/quiz »
    body = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["learner", "at"], name="statements_of_a_learner")]

    def __str__(self) -> str:
        return f"{self.verb} {self.activity}"
