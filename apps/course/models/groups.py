"""A group that learns together, followed by a référent or a network."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.course.models.learning import Learner


class Group(models.Model):
    """``code``: six letters to type, the end of the link too. Led by its organisation's managers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="groups")
    name = models.CharField("nom du groupe", max_length=120)
    welcome = models.TextField("mot d’accueil", max_length=600, blank=True)
    until = models.DateField("date visée", null=True, blank=True)
    code = models.CharField(max_length=6, unique=True)
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    # One form sent twice opens one group: the form carries this key.
    creation_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="group_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-HJ-NP-Z]{6}$"), name="group_code_is_six_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class GroupMember(models.Model):
    """A learner in a group. Her name shows only while ``shows_name``; ``consented_at`` says since when.

    ``number`` stands for her otherwise. Drawn at random: the order in which people joined would name them.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    joined_at = models.DateTimeField(default=timezone.now)
    shows_name = models.BooleanField("mon nom est visible", default=False)
    consented_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(fields=["group", "learner"], name="one_place_per_group_and_learner"),
            models.UniqueConstraint(fields=["group", "number"], name="one_member_per_group_and_number"),
            models.CheckConstraint(
                condition=models.Q(shows_name=False) | models.Q(consented_at__isnull=False),
                name="shown_name_was_consented",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.group_id}"


class Digest(models.Model):
    """The weekly mail of a person: one, whatever the number of her groups; she may stop it.

    ``token_hash``: of the secret in the link that stops it; the secret itself is kept nowhere.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="course_digest")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user_id)
