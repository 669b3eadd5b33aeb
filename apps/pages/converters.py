class DoorSlug:
    """Only the five doors: every other address of one word belongs to another app."""

    regex = "comprendre|s-informer|se-former|agir|accompagner"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
