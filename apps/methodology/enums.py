from django.db import models


class SeatRole(models.TextChoices):
    """What a person does in one démarche."""

    LEAD = "lead", "référente ou référent"
    MEMBER = "member", "équipe projet"
    BOARD = "board", "gouvernance"
    OBSERVER = "observer", "réseau qui suit"


class StepStage(models.TextChoices):
    """Where a step stands, kept apart from what is written in it."""

    TODO = "todo", "à faire"
    DOING = "doing", "en cours"
    TO_VALIDATE = "to_validate", "à valider"
    DONE = "done", "fait"
    SKIPPED = "skipped", "passé"


class Verdict(models.TextChoices):
    """What governance said of a step."""

    VALIDATED = "validated", "validée"
    SENT_BACK = "sent_back", "à reprendre"


class Act(models.TextChoices):
    """What a change did."""

    MADE = "made", "ajout"
    SET = "set", "texte"
    MOVED = "moved", "ordre"
    REMOVED = "removed", "retrait"
    BROUGHT_BACK = "brought_back", "retour"


class WorkshopStage(models.TextChoices):
    READY = "ready", "en préparation"
    SILENT = "silent", "chacun écrit"
    GROUPING = "grouping", "on rapproche"
    VOTING = "voting", "on vote"
    TALKING = "talking", "on discute"
    OVER = "over", "terminé"


class ReminderAbout(models.TextChoices):
    """Why an action's owner is written to."""

    SOON = "soon", "échéance proche"
    LATE = "late", "en retard"
