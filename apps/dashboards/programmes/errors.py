"""What programmes and consents refuse, with the French sentence a person reads."""


class Refused(Exception):  # noqa: N818 - a domain word
    """A write that is not possible; ``str()`` is shown as it is. Nothing was recorded."""
