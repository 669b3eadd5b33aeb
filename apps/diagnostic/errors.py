"""What the diagnostic refuses, each with the French sentence a person reads."""

from django.http import Http404


class Refused(Exception):  # noqa: N818 - a domain word
    """A write that is not possible; ``str()`` is shown as it is."""


class CampaignClosed(Refused):
    """The campaign was closed, perhaps in another tab; nothing more can be written in it."""

    def __init__(self) -> None:
        super().__init__("Cette campagne est close : elle ne reçoit plus de réponse ni de chiffre.")


class NotOnTheScale(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Cette réponse n’est pas sur l’échelle : choisissez l’un des quatre niveaux, "
            "« je ne sais pas » ou « non concerné ». Votre réponse précédente est gardée."
        )


class NeedsConfirmation(Refused):
    """Possible, but only once the person has read what will happen."""


class UnknownStatement(Http404):
    """The instrument has no statement of this code."""
