"""Text that a spreadsheet opens as text (pure)."""

import re

# Also the wide signs of a Japanese keyboard, which some programs read as the plain ones.
FORMULA = re.compile(r"[\s\u00a0\u202f]*[=+\-@＝＋－＠]|[\t\r\n]")
BREAKS = re.compile(r"[\r\n\t\v\f\u2028\u2029\x85]+")


def inert(text: str) -> str:
    """Never a formula: an apostrophe comes before a text that could be one, even behind spaces."""
    return f"'{text}" if FORMULA.match(text) else text


def flat(text: str) -> str:
    """On one line, and never a formula."""
    return inert(BREAKS.sub(" ", text))
