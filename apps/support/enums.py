from django.db import models


class End(models.TextChoices):
    """Why a visit ended. Kept in the journal: rename labels, never values."""

    DONE = "done", "terminée"
    TIME = "time", "au bout d’une heure, ou à la fin de l’accord"
    WITHDRAWN = "withdrawn", "accord retiré"
    SIGNED_OUT = "signed_out", "déconnexion"
    NO_LONGER = "no_longer", "plus permise"
