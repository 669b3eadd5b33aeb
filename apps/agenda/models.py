"""Sessions of the monthly webinar, and who comes."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from apps.agenda.enums import SessionState


class Session(models.Model):
    """A webinar to come or gone by."""

    # Also what calendars recognise the event by: it never changes.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("présentation", blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    goals = models.ManyToManyField("catalogue.Goal", blank=True, related_name="+")
    fragilities = models.ManyToManyField("catalogue.Fragility", blank=True, related_name="+")
    join_url = models.URLField(max_length=500, blank=True, help_text="only in mails to registered people")
    state = models.CharField(max_length=9, choices=SessionState.choices, default=SessionState.DRAFT)
    # Rises at each change: calendars keep the highest, and a form knows whether it is late.
    sequence = models.PositiveIntegerField(default=0)
    cancelled_reason = models.CharField("motif", max_length=300, blank=True)
    is_demo = models.BooleanField("séance de démonstration", default=False)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="session_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(state=SessionState.CANCELLED) & ~models.Q(cancelled_reason="")
                | ~models.Q(state=SessionState.CANCELLED) & models.Q(cancelled_reason=""),
                name="cancelled_session_says_why",
            ),
            models.UniqueConstraint(
                fields=["starts_at"],
                condition=~models.Q(state=SessionState.CANCELLED),
                name="one_session_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("agenda:session", args=[self.slug])

    @property
    def label(self) -> str:
        """The title where no badge can say that the session is invented."""
        return f"{self.title} (démonstration)" if self.is_demo else self.title

    @property
    def is_draft(self) -> bool:
        return self.state == SessionState.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now

    def is_open(self, now: datetime) -> bool:
        """It takes registrations until its last minute: one may join late."""
        return self.state == SessionState.OPEN and not self.is_over(now)


class Registration(models.Model):
    """An address that comes to a session; erased when it leaves, or thirty days after the session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="registrations")
    email = models.EmailField("adresse électronique", blank=True)
    name = models.CharField("nom", max_length=80, blank=True)
    # SHA-256 of the secret of the link that takes the person off the list.
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="last confirmation")
    sent_count = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                "session",
                Lower("email"),
                condition=models.Q(cancelled_at=None),
                name="one_active_registration_per_email",
            ),
            models.CheckConstraint(
                condition=~models.Q(cancelled_at=None) | ~models.Q(email=""),
                name="active_registration_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.email}"
