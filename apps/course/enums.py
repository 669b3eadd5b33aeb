from django.db import models


class PageKind(models.TextChoices):
    STEP = "step", "étape du parcours"
    MODULE = "module", "module pour les instances"


class DoneHow(models.TextChoices):
    """What made a step done: the rule of the page, or the learner's word."""

    RULE = "rule", "sections ouvertes et quiz répondu"
    SAID = "said", "déclarée par la personne"


class Verb(models.TextChoices):
    """What a statement says; the value ends the verb's address (``statements.VERBS``)."""

    REGISTERED = "registered", "a commencé le parcours"
    EXPERIENCED = "experienced", "a lu"
    ANSWERED = "answered", "a répondu"
    COMPLETED = "completed", "a terminé"
    EARNED = "earned", "a obtenu"


class DebateStage(models.TextChoices):
    READY = "ready", "prêt"
    LIVE = "live", "en cours"
    OVER = "over", "terminé"


class Mandate(models.TextChoices):
    """What the board decided at the end of the module."""

    YES = "yes", "mandat donné"
    NO = "no", "mandat refusé"
    LATER = "later", "décision reportée"
