"""A workshop: one question around one table, with people who have no account."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from apps.methodology.enums import WorkshopStage
from apps.methodology.models.engagements import IS_A_STEP, Engagement, Seat

IS_OVER = models.Q(stage="over")


class Workshop(models.Model):
    """``code``: six letters, while it lasts. ``shows_names``: said to everybody before they write; never changed after.

    ``timer_ends_at``: when the time given runs out; None without a timer. ``record``: what the table concluded.
    ``version``: raised by whatever every screen shows. ``present``: how many were there, counted when it is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="workshops")
    step = models.PositiveSmallIntegerField()
    title = models.CharField("atelier", max_length=160)
    question = models.CharField("question posée", max_length=300)
    held_on = models.DateField("date")
    code = models.CharField(max_length=6, blank=True)
    stage = models.CharField(max_length=8, choices=WorkshopStage.choices, default=WorkshopStage.READY)
    shows_names = models.BooleanField("les noms s’affichent", default=False)
    dots = models.PositiveSmallIntegerField("pastilles par personne", default=5)
    # Otherwise only the person who leads the table puts cards together.
    everybody_groups = models.BooleanField("tout le monde rapproche", default=True)
    timer_ends_at = models.DateTimeField(null=True)
    record = models.TextField("ce que l’on retient", max_length=6000, blank=True)
    record_version = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    present = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-held_on", "-opened_at"]
        constraints = [
            models.CheckConstraint(condition=IS_A_STEP, name="workshop_is_of_a_step"),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(question=""), name="workshop_asks_something"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="one_workshop_per_code"
            ),
            models.CheckConstraint(
                condition=(IS_OVER & models.Q(code="", over_at__isnull=False))
                | (~IS_OVER & models.Q(code__regex=r"^[A-HJ-NP-Z]{6}$")),
                name="workshop_keeps_its_code_until_over",
            ),
            models.CheckConstraint(
                condition=models.Q(dots__gte=1, dots__lte=20), name="workshop_gives_a_few_dots"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.stage == WorkshopStage.OVER


class Participant(models.Model):
    """Somebody at the table: a seat, or a guest by name and role. A guest's row goes with the workshop's end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("prénom ou nom", max_length=80, blank=True)
    role = models.CharField("rôle", max_length=80, blank=True)
    # SHA-256 of the secret of the guest's browser.
    secret_hash = models.CharField(max_length=64, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    is_done = models.BooleanField("j’ai fini", default=False)

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "seat"], condition=models.Q(seat__isnull=False), name="one_chair_per_seat"
            ),
            models.CheckConstraint(
                condition=models.Q(seat__isnull=False, name="", secret_hash="")
                | (models.Q(seat=None) & ~models.Q(name="") & ~models.Q(secret_hash="")),
                name="participant_is_a_seat_or_a_guest",
            ),
            models.UniqueConstraint(
                fields=["workshop", "secret_hash"],
                condition=~models.Q(secret_hash=""),
                name="one_chair_per_secret",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.seat_id)


class Pile(models.Model):
    """Cards that say the same: a future branch or lever. ``version``: of its title and note, which several people write.

    ``votes``: its dots, counted when the workshop is over and whose they were is forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="piles")
    title = models.CharField("nom du groupe", max_length=160)
    place = models.PositiveIntegerField(default=0)
    is_kept = models.BooleanField(default=False)
    note = models.CharField("ce qui s’est dit", max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)
    votes = models.PositiveIntegerField(default=0)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # The item that it became, so that a second click makes no second one.
    item = models.ForeignKey("methodology.Item", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="pile_has_a_title")]

    def __str__(self) -> str:
        return self.title


class Card(models.Model):
    """An idea written in silence: only its author reads it until the table groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="cards")
    # None once the workshop is over, when its author was a guest or names were not shown.
    author = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="cards")
    text = models.CharField(max_length=280)
    pillar = models.ForeignKey("catalogue.Pillar", null=True, on_delete=models.PROTECT, related_name="+")
    pile = models.ForeignKey(Pile, null=True, on_delete=models.SET_NULL, related_name="cards")
    # Drawn at random: the order of arrival would tell who wrote what.
    place = models.PositiveIntegerField()
    # For its author's own list; forgotten with the rest when the workshop is over.
    at = models.DateTimeField(null=True, default=timezone.now)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="card_says_something")]

    def __str__(self) -> str:
        return self.text[:40]


class Dot(models.Model):
    """One participant's dots on one pile; all of hers are at most the workshop's ``dots`` (held by the service)."""

    pile = models.ForeignKey(Pile, on_delete=models.CASCADE, related_name="dots")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="dots")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pile", "participant"], name="one_count_of_dots_per_pile"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="dots_are_at_least_one"),
        ]

    def __str__(self) -> str:
        return str(self.number)
