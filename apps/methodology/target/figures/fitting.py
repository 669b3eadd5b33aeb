"""Names cut to the room that a drawing gives them (pure)."""

from apps.core.figures.lettering import text_width


def fitted(name: str, size: float, room: float) -> str:
    """« Accompagnement vers… »: whole when it fits."""
    if text_width(name, size) <= room:
        return name
    kept = name
    while kept and text_width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
