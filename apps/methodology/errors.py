"""What the method refuses, each with the French sentence a person reads."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 - a domain word
    """A write that is not possible; ``str()`` is shown as it is. Nothing was recorded."""


class NotYours(Refused):
    """She may read this and not write it."""


class Conflict(Refused):
    """Somebody else wrote this field since the version that was shown: both texts are kept and shown.

    ``version``, ``theirs``: what the field holds now; ``by``: who wrote it.
    """

    def __init__(self, *, version: int, theirs: Any, by: str) -> None:
        super().__init__(
            f"{by or 'Quelqu’un'} a écrit ici pendant que vous écriviez. Choisissez, ou réunissez les deux textes."
        )
        self.version, self.theirs, self.by = version, theirs, by
