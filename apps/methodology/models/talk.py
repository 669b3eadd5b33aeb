"""What is said about what is written: comments, mentions, decisions."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.methodology.models.engagements import IS_A_STEP, Engagement, Seat
from apps.methodology.models.fields import Item


class Comment(models.Model):
    """On an item, or on a whole step. Taken back, its text is erased and its place stays."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="comments")
    step = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=2000, blank=True)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="comments")
    mentions = models.ManyToManyField(Seat, through="Mention", related_name="+")
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=IS_A_STEP, name="comment_is_of_a_step"),
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None) ^ models.Q(text=""), name="comment_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Mention(models.Model):
    """Somebody is waited for under a comment. ``told_at``: written to, with others of the same minutes.

    ``done_at``: she answered there, or said that she has seen it.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentioned")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="mentions")
    told_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "seat"], name="one_mention_per_comment_and_seat")
        ]
        indexes = [
            # What the round of mails looks for, among mentions that are nearly all told.
            models.Index(fields=["seat"], condition=models.Q(told_at=None), name="mentions_not_told")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} @{self.seat_id}"


class Decision(models.Model):
    """Who decided what, when and why. Never edited: a later one may say it ``replaces`` it."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="decisions")
    step = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="decisions")
    what = models.CharField("décision", max_length=400)
    why = models.TextField("pourquoi", max_length=2000, blank=True)
    decided_by = models.CharField("qui a décidé", max_length=160)
    decided_on = models.DateField("date")
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-decided_on", "-written_at"]
        constraints = [
            models.CheckConstraint(condition=IS_A_STEP, name="decision_is_of_a_step"),
            models.CheckConstraint(condition=~models.Q(what=""), name="decision_says_what"),
            models.CheckConstraint(condition=~models.Q(decided_by=""), name="decision_says_who"),
        ]

    def __str__(self) -> str:
        return self.what
