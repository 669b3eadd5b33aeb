"""A funder's programme, whom it invited, and what each association agreed to."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Programme(models.Model):
    """Associations that a funder or a network supports. ``people``: who reads its pages, all funders."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One form sent twice opens one programme.
    opening_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nom du programme", max_length=160)
    funder_name = models.CharField("qui le porte", max_length=160)
    purpose = models.TextField("à quoi serviront ces chiffres", max_length=1000)
    code = models.CharField(max_length=6, unique=True, help_text="six letters to join")
    people = models.ManyToManyField("accounts.User", related_name="programmes")
    is_demo = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="programme_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ProgrammeInvitation(models.Model):
    """A mail to someone of an association; accepted by a click of the person, never by opening the link."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitations")
    association = models.CharField("association", max_length=200)
    email = models.EmailField("adresse électronique")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    sent_count = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    # "" while it waits; "accepted", "declined" or "revoked".
    answer = models.CharField(max_length=8, blank=True)
    # Which association answered yes.
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            # « My space » looks for those of a person by her addresses.
            models.Index(Lower("email"), condition=models.Q(answer=""), name="programme_invitations_waiting")
        ]
        constraints = [
            models.UniqueConstraint(
                "programme",
                Lower("email"),
                condition=models.Q(answer=""),
                name="one_waiting_programme_invitation_per_email",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | (
                    models.Q(answer__in=["accepted", "declined", "revoked"])
                    & models.Q(answered_at__isnull=False)
                ),
                name="programme_invitation_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.programme_id}"


class Consent(models.Model):
    """An association agrees to be counted in a programme; dated, kept after it is withdrawn.

    ``words``: the version of the text it read. ``report_given``: it says that this funder already has its report,
    so that its answers protect nobody in any release, even once the consent is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="programme_consents"
    )
    given_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    words = models.CharField(max_length=20)
    report_given = models.BooleanField("ce financeur a déjà notre rapport", default=False)
    withdrawn_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_per_programme_and_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.programme_id}"

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None


class Objection(models.Model):
    """An association that does not want to be counted in the national release; the row goes when it agrees again."""

    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="release_objection", primary_key=True
    )
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.organisation_id)
