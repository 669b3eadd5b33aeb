"""Why the accounts refuse, in French sentences for people."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - a refusal, not a fault of ours
    """What was asked is not done, and nothing has changed; the text says how to mend."""


class YearTaken(Refused):
    """An exercise already stands for this year: compare first. ``exercise``: its identifier."""

    def __init__(self, year: int, exercise: object) -> None:
        super().__init__(
            f"Un exercice {year} est déjà là\u00a0: comparez les deux, puis remplacez-le ou gardez-le."
        )
        self.year, self.exercise = year, exercise
