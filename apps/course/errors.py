"""What the course refuses, each with the French sentence a person reads."""

from __future__ import annotations

from apps.course.models import ExerciseAnswer


class Refused(Exception):  # noqa: N818 - a domain word
    """An act that is not possible; ``str()`` is shown as it is. Nothing was recorded."""


class ChangedMeanwhile(Refused):
    """Another member wrote in the exercise since this form was opened; ``theirs`` is what it says now."""

    def __init__(self, theirs: ExerciseAnswer) -> None:
        super().__init__("Une autre personne de votre association a écrit ici pendant que vous écriviez.")
        self.theirs = theirs
