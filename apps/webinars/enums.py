from django.db import models


class Cycle(models.TextChoices):
    """The two cycles of monthly webinars that the report tells."""

    MODELS = "nouveaux-modeles", "Vers de nouveaux modèles"
    BALANCES = "nouveaux-equilibres", "Vers de nouveaux équilibres socio-économiques"


class OrganisationKind(models.TextChoices):
    """Our own sorting of the organisations that speak."""

    ASSOCIATION = "association", "association"
    COMPANY = "entreprise", "entreprise"
    FOUNDATION = "fondation", "fondation"
    LOCAL_AUTHORITY = "collectivite", "collectivité"
    STATE = "etat", "institution publique"
    NETWORK = "reseau", "réseau"
    COOPERATION = "cooperation", "coopération de territoire"
    ACADEMIC = "academique", "enseignement et recherche"


class LeversKind(models.TextChoices):
    """What the last round of a webinar asked of its speakers."""

    LEVERS = "leviers", "leviers débattus"
    WORDS = "mots", "mots retenus"
    SURPRISES = "etonnements", "étonnements partagés"
    LESSONS = "enseignements", "enseignements tirés"


class Maturity(models.TextChoices):
    """Where an element of a socio-economic model stands."""

    EXISTING = "existant", "existant"
    UNDER_WAY = "en_cours", "en cours"
    TO_COME = "a_developper", "à développer"


class ModelLevel(models.TextChoices):
    TERRITORIAL = "territorial", "Territorial"
    NATIONAL = "national", "National"
    WHOLE = "ensemble", "Ensemble"


class PersonRequestKind(models.TextChoices):
    """What a cited person may ask."""

    CORRECTION = "correction", "correction"
    REMOVAL = "removal", "retrait"


class LinkState(models.TextChoices):
    WORKS = "works", "répond"
    BROKEN = "broken", "ne répond plus"
    UNREACHABLE = "unreachable", "pas joignable"
    REFUSED = "refused", "adresse refusée"
