from django.db import models


class ReleaseState(models.TextChoices):
    """Built by a worker, read and published by an operator; nothing publishes itself."""

    REQUESTED = "requested", "demandée"
    BUILDING = "building", "en construction"
    BUILT = "built", "à relire"
    PUBLISHED = "published", "publiée"
    SET_ASIDE = "set_aside", "écartée"
    FAILED = "failed", "en échec"


class Suppressed(models.TextChoices):
    """Why a cell is not shown as it is (``confidentiality.md``, rules 1 to 6 and 9)."""

    SMALL = "small", "moins d’associations que le seuil"
    HELD = "held", "trop de réponses déjà connues de qui lit"
    UNIFORM = "uniform", "toutes, ou aucune, ont donné la même réponse"
    DOMINANCE = "dominance", "une association pèse presque tout le montant"
    SHARE = "share", "le montant d’une association se devinerait de près"
    COMPLEMENT = "complement", "une case masquée se retrouverait par soustraction"
    MOVED = "moved", "trop peu d’associations ont changé : la valeur d’avant est gardée"
    SCOPES = "scopes", "une autre publication, presque pareille, en ferait trouver quelques-unes"
    LINKED = "linked", "deux tableaux comparés montreraient un petit groupe"
    WHOLE = "whole", "la population entière est trop petite"
