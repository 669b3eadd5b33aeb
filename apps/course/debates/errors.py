"""What a debate refuses, each with the French sentence a person reads."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a domain word
    """An act that is not possible; ``str()`` is shown as it is. Nothing was recorded."""


class Closed(Refused):
    """The question is no longer open: the ballot does not count."""

    def __init__(self) -> None:
        super().__init__("La question s’est fermée avant votre envoi : cette réponse n’est pas comptée.")


class ChangedMeanwhile(Refused):
    """Somebody else saved the record since this form was opened."""

    def __init__(self) -> None:
        super().__init__("Une autre personne a enregistré ce compte rendu pendant que vous écriviez.")
