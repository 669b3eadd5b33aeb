from django.db import models


class Source(models.TextChoices):
    FEC = "fec", "fichier des écritures comptables"
    PASTED = "pasted", "balance collée"
    TYPED = "typed", "saisie à la main"


class ImportState(models.TextChoices):
    REQUESTED = "requested", "en attente"
    READING = "reading", "en cours de lecture"
    TO_CHECK = "to_check", "à vérifier"
    REFUSED = "refused", "refusé"
    ACCEPTED = "accepted", "retenu"
    DROPPED = "dropped", "écarté"
