from django.db import models


class DocumentState(models.TextChoices):
    REQUESTED = "requested", "demandé"
    RENDERING = "rendering", "en préparation"
    READY = "ready", "prêt"
    FAILED = "failed", "échoué"
