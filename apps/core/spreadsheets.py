"""Text that a spreadsheet opens as text (pure)."""

import re
import unicodedata

# Also the wide signs of a Japanese keyboard, which some programs read as the plain ones.
SIGNS = frozenset("=+-@＝＋－＠")
BREAKS = re.compile(r"[\r\n\t\v\f\u2028\u2029\x85]+")


def inert(text: str) -> str:
    """Never a formula: an apostrophe comes before a text that could be one, even behind spaces, controls and what has no width."""
    first = next((c for c in text if unicodedata.category(c)[0] not in "ZC"), "")
    return f"'{text}" if first in SIGNS or text.startswith(("\t", "\r", "\n")) else text


def flat(text: str) -> str:
    """On one line, and never a formula."""
    return inert(BREAKS.sub(" ", text))


def one_line(text: str) -> str:
    """``flat``, without the characters that XML has no place for: they go first, for one could stand before an « = »."""
    return flat(
        "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    )
