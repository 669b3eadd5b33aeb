"""Text that a spreadsheet opens as text (pure)."""

import re
import unicodedata

# Also the wide signs of a Japanese keyboard, which some programs read as the plain ones; behind spaces, controls and
# signs of no width, which some programs drop.
UNSEEN = r"\s\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u202a-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb"
FORMULA = re.compile(rf"[{UNSEEN}]*[=+\-@＝＋－＠]|[\t\r\n]")
BREAKS = re.compile(r"[\r\n\t\v\f\u2028\u2029\x85]+")


def inert(text: str) -> str:
    """Never a formula: an apostrophe comes before a text that could be one, even behind spaces."""
    return f"'{text}" if FORMULA.match(text) else text


def flat(text: str) -> str:
    """On one line, and never a formula."""
    return inert(BREAKS.sub(" ", text))


def one_line(text: str) -> str:
    """``flat``, without the characters that XML has no place for: they go first, for one could stand before an « = »."""
    return flat(
        "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    )
