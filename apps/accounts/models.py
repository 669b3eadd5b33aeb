"""People, organisations, memberships, invitations."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from knox.models import AbstractAuthToken

from apps.accounts.enums import InvitationState, PlatformRole, Role
from apps.accounts.managers import UserManager


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person; the email is the login."""

    email = models.EmailField("adresse électronique", unique=True)
    full_name = models.CharField("nom", max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField("compte de démonstration", default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    current_organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email_whatever_the_case")]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name or self.email


class PlatformGrant(models.Model):
    """A platform role given to a person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="platform_grants")
    role = models.CharField(max_length=10, choices=PlatformRole.choices)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_user_and_role")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Organisation(models.Model):
    """An association (or another general-interest body), with or without SIREN or RNA."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("nom", max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    siret = models.CharField("SIRET du siège", max_length=14, blank=True)
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    legal_form = models.ForeignKey(
        "catalogue.LegalForm", null=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        "catalogue.Department", null=True, on_delete=models.PROTECT, related_name="+"
    )
    size_class = models.ForeignKey(
        "catalogue.SizeClass", null=True, on_delete=models.PROTECT, related_name="+"
    )
    fragilities = models.ManyToManyField("catalogue.Fragility", blank=True, related_name="organisations")
    is_demo = models.BooleanField("donnée de démonstration", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # One form sent twice makes one organisation: the form carries this key.
    creation_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
            models.UniqueConstraint(
                fields=["siren"], condition=~models.Q(siren=""), name="one_organisation_per_siren"
            ),
            models.UniqueConstraint(
                fields=["rna"], condition=~models.Q(rna=""), name="one_organisation_per_rna"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("rôle", max_length=10, choices=Role.choices)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="one_membership_per_user_and_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.organisation_id}"


class Invitation(models.Model):
    """An invitation to become a member; accepted by a click of the person, never by opening the link."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=10, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # The link changes at each sending: only the last mail works.
    sent_at = models.DateTimeField(default=timezone.now)
    sent_count = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at=None, declined_at=None, revoked_at=None),
                name="one_pending_invitation_per_email",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation_id}"

    @property
    def state(self) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.declined_at:
            return InvitationState.DECLINED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.PENDING


class FactorReset(models.Model):
    """Asked of the operation by somebody who lost her second factor; waits a day, gone once done or given up."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor_reset")
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.user_id)


class ApiToken(AbstractAuthToken):  # type: ignore[misc]
    """A personal token of the API, kept as a hash, with the name its owner gave it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="auth_token_set")
    label = models.CharField("nom du jeton", max_length=80)
    warned_at = models.DateTimeField(null=True, blank=True, help_text="its owner was told that it ends soon")

    class Meta:
        ordering = ["-created"]
