"""What each person of the team says of a scenario, before one is chosen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from apps.methodology.models.engagements import Seat
from apps.methodology.models.fields import Item


class Stance(models.TextChoices):
    """In the order that they are discussed in: objections first."""

    OBJECTS = "objects", "j’ai une objection"
    LIVES_WITH = "lives_with", "je peux vivre avec"
    SUPPORTS = "supports", "je le soutiens"


class ScenarioVote(models.Model):
    """One a seat and scenario, under the person’s name. It names people: no archive carries it.

    ``item``: a scenario of the seat’s démarche (held by the service). ``number``: the last change of the démarche that
    the page showed when she voted.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="stances")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="stances")
    stance = models.CharField("avis", max_length=10, choices=Stance.choices)
    reason = models.TextField("pourquoi", max_length=1000, blank=True)
    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="one_vote_per_scenario_and_seat"),
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values), name="scenario_vote_is_one_of_three"
            ),
            models.CheckConstraint(
                condition=~models.Q(stance="objects", reason=""), name="an_objection_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.stance}"
