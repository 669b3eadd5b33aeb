"""Names inside texts (pure): found whatever the accents, the case, the hyphens, the order of first and last name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from apps.webinars.naming import PLAIN

MOST_WORDS = 8
SHORT = 8  # letters under which « Li An » must not be found in « lian »
PART = 4  # letters from which half of « Racine-Jourdren » is looked for
PARTICLES = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "le",
        "la",
        "les",
        "l",
        "von",
        "van",
        "der",
        "den",
        "ben",
        "el",
        "al",
        "da",
        "di",
        "dos",
        "del",
        "della",
    ]
)
HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
NOTHING = re.compile(r"(?!)")


class Folding(dict[int, str]):
    """Each character as searches compare it, for ``str.translate``: « Û » → « u », a hyphen or an apostrophe → a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if character in HIDDEN or kind == "Mn":
            plain = ""
        elif kind[0] == "Z" or kind in ("Pd", "Cc", "Pc"):
            plain = " "
        else:
            letters = unicodedata.normalize("NFKD", character.lower()).translate(PLAIN)
            plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        self[code] = plain
        return plain


FOLDING = Folding()


def folded(text: str) -> str:
    return text.translate(FOLDING)


def orders(name: str) -> set[tuple[str, ...]]:
    """The words of a name in every order that keeps them in turn: « Léa De Luca », « De Luca Léa »."""
    words = folded(name).replace(",", " ").split()[:MOST_WORDS]
    return {tuple(words[n:] + words[:n]) for n in range(len(words))}


def finder(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these whole names in a folded text."""
    wanted = sorted({order for name in names for order in orders(name)}, key=lambda o: (-sum(map(len, o)), o))
    found = [between(words).join(map(re.escape, words)) for words in wanted]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)") if found else NOTHING


def between(words: tuple[str, ...]) -> str:
    return "[ ,]*" if sum(map(len, words)) >= SHORT else "[ ,]+"


def tells(text: str, wanted: re.Pattern[str]) -> bool:
    return wanted.search(folded(text)) is not None


def replaced(text: str, wanted: re.Pattern[str], by: Callable[[str], str]) -> str:
    """``text`` where each name found gives place to ``by`` of what was written."""
    if not tells(text, wanted):
        return text
    places = [place for place, character in enumerate(text) for _ in FOLDING[ord(character)]] + [len(text)]
    said, last = "", 0
    for match in wanted.finditer(folded(text)):
        start, end = places[match.start()], places[match.end()]
        said += text[last:start] + by(text[start:end])
        last = end
    return said + text[last:]


def excerpts(text: str, wanted: re.Pattern[str], *, capital: bool = False, around: int = 60) -> list[str]:
    """A few words on each side of each name. ``capital``: « garde » is a verb, « Garde » may be someone."""
    if not tells(text, wanted):
        return []
    places = [place for place, character in enumerate(text) for _ in FOLDING[ord(character)]] + [len(text)]
    spans = [(places[found.start()], places[found.end()]) for found in wanted.finditer(folded(text))]
    return [
        text[max(start - around, 0) : end + around].strip()
        for start, end in spans
        if not capital or text[start:end] != text[start:end].lower()
    ]


def family_names(first_name: str, last_name: str, spellings: Iterable[str]) -> set[str]:
    """How a text may call someone without her first name: « de Lutzel », « Lutzel », half of a double name."""
    given = set(folded(first_name).split())
    alone = {last_name}
    for spelling in spellings:
        words = [word for word in re.split(r"\s+", spelling) if not set(folded(word).split()) <= given]
        alone.add(" ".join(words))
    found = set(alone)
    for name in alone:
        words = folded(name).split()
        while len(words) > 1 and words[0] in PARTICLES:
            words = words[1:]
            found.add(" ".join(words))
        if "-" in name:
            found |= {part for part in words if len(part) >= PART}
    return {name for name in found if folded(name).strip()}
