from django.db import models


class DraftState(models.TextChoices):
    """Where the working copy stands; what readers see is ``Editorial.sheet``."""

    DRAFT = "draft", "brouillon"
    REVIEW = "review", "en relecture"
    SCHEDULED = "scheduled", "publication prévue"
    PUBLISHED = "published", "publié"
    ARCHIVED = "archived", "archivé"


class RevisionAction(models.TextChoices):
    IMPORTED = "imported", "versé depuis un fichier"
    CREATED = "created", "créé"
    SAVED = "saved", "enregistré"
    SUBMITTED = "submitted", "proposé à la relecture"
    RETURNED = "returned", "rendu à l’autrice ou l’auteur"
    SCHEDULED = "scheduled", "publication prévue"
    PUBLISHED = "published", "publié"
    ARCHIVED = "archived", "archivé"
    RESTORED = "restored", "version reprise"
    CORRECTED = "corrected", "personne ou organisation corrigée"
