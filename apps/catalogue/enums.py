from django.db import models


class GoalWeight(models.TextChoices):
    MAIN = "principal", "principal"
    SECONDARY = "secondaire", "secondaire"
    TRANSVERSAL = "transversal", "transversal"


class TerritoryKind(models.TextChoices):
    DEPARTMENT = "departement", "département"
    COLLECTIVITY = "collectivite", "collectivité d’outre-mer"


class ModelFamily(models.TextChoices):
    """The three families of ecosystem models."""

    PUBLIC = "public", "public"
    PRIVATE = "prive", "privé"
    HYBRID = "hybride", "hybride d’intérêt général"


class ResourceKind(models.TextChoices):
    COURSE_STEP = "course_step", "étape du parcours"
    METHOD_STEP = "method_step", "étape de la démarche"
    MODULE = "module", "module de sensibilisation"
    WEBINAR = "webinar", "webinaire"


class Audience(models.TextChoices):
    BOARD = "gouvernance", "gouvernance"
    TEAM = "equipe", "équipe"
    LEAD = "referent", "référente ou référent"
