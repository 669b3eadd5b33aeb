from django.db import models


class RespondentRole(models.TextChoices):
    BOARD = "gouvernance", "gouvernance"
    TEAM = "equipe", "équipe"
    LEAD = "referent", "référente ou référent"
    PARTNER = "partenaire", "partenaire"


class CampaignState(models.TextChoices):
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close"


class AnswerValue(models.TextChoices):
    LEVEL_0 = "0", "Pas encore engagé"
    LEVEL_1 = "1", "Premiers pas"
    LEVEL_2 = "2", "En pratique"
    LEVEL_3 = "3", "Ancré et évalué"
    UNKNOWN = "nsp", "Je ne sais pas"
    NOT_CONCERNED = "nc", "Non concerné"
