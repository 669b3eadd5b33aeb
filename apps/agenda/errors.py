"""What the agenda refuses, each with the French sentence a person reads."""


class Refused(Exception):  # noqa: N818 - a domain word
    """A write that is not possible; ``str()`` is shown as it is. Nothing was recorded."""


class ChangedMeanwhile(Refused):
    """Somebody else saved the session since this form was opened."""

    def __init__(self) -> None:
        super().__init__("Quelqu’un a modifié cette séance pendant que vous écriviez.")
