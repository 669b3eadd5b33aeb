from django.db import models


class SessionState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    OPEN = "open", "ouverte"
    CANCELLED = "cancelled", "annulée"
