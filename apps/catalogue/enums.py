from django.db import models


class GoalWeight(models.TextChoices):
    MAIN = "principal", "principal"
    SECONDARY = "secondaire", "secondaire"
    TRANSVERSAL = "transversal", "transversal"


class ResourceKind(models.TextChoices):
    COURSE_STEP = "course_step", "étape du parcours"
    METHOD_STEP = "method_step", "étape de la démarche"
    MODULE = "module", "module de sensibilisation"
    WEBINAR = "webinar", "webinaire"


class Medoc(models.TextChoices):
    METHOD = "methode", "méthode"
    EXAMPLE = "exemple", "exemple"
    DATA = "donnee", "donnée"
    TOOL = "outil", "outil"
    SKILL = "competence", "compétence"
