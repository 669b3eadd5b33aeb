"""Names as they leave: never an address, and those of a démarche brought from elsewhere kept as text (pure)."""

from __future__ import annotations

import re
from typing import Any

from apps.methodology.choices import SOMEBODY

# An account without a name is called by its address on the team's own pages.
A_MEMBER = "Une personne de l’équipe"
ADDRESS = re.compile(r"\S+@\S+\.\S+")
ELSEWHERE = ", dans la démarche d’origine\u00a0: "
SIGNED = re.compile(rf"(?s)([^\n]{{1,160}}?){re.escape(ELSEWHERE)}(.+)")


def of_seat(seat: Any) -> str:
    """``seat`` comes with its person."""
    if seat is None or seat.user is None:
        return SOMEBODY
    return seat.user.full_name or A_MEMBER


def shown(text: str) -> str:
    """A name that was written down once: an address that stood for it is not shown."""
    return A_MEMBER if ADDRESS.fullmatch(text.strip()) else text


def signed(author: str, text: str) -> str:
    """How a comment from elsewhere is kept: nobody here wrote it."""
    return f"{author}{ELSEWHERE}{text}"


def unsigned(text: str) -> tuple[str, str]:
    """(author, text) of a comment that nobody here wrote."""
    found = SIGNED.fullmatch(text)
    return (found[1], found[2]) if found else (SOMEBODY, text)
