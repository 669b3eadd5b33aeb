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


class CaseState(models.TextChoices):
    """Where the working copy of a case stands; what readers see is ``Webinar.sheet``."""

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


class PersonRequestKind(models.TextChoices):
    """What a cited person may ask."""

    CORRECTION = "correction", "correction"
    REMOVAL = "removal", "retrait"


class LinkState(models.TextChoices):
    WORKS = "works", "répond"
    BROKEN = "broken", "ne répond plus"
    UNREACHABLE = "unreachable", "pas joignable"
    REFUSED = "refused", "adresse refusée"
