from django.db import models


class Role(models.TextChoices):
    """What a member may do in one organisation."""

    ADMIN = "admin", "administratrice ou administrateur"
    LEAD = "lead", "référente ou référent"
    BOARD = "board", "gouvernance"
    STAFF = "staff", "équipe"


class PlatformRole(models.TextChoices):
    """What a person may do on the whole platform; each requires a second factor."""

    CURATOR = "curator", "curatrice ou curateur"
    AUTHOR = "author", "autrice ou auteur"
    FUNDER = "funder", "financeur"
    OPERATOR = "operator", "administration de la plateforme"


class InvitationState(models.TextChoices):
    """Where an invitation stands; only a pending one can be answered."""

    PENDING = "pending", "en attente"
    ACCEPTED = "accepted", "acceptée"
    DECLINED = "declined", "déclinée"
    REVOKED = "revoked", "annulée"
    EXPIRED = "expired", "expirée"
