"""French labels of accounts read as words: accents, case, plurals, abbreviations and small words do not count (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

# « C.A.F. » is one word; digits are their own words: « CD93 » gives two.
WORD = re.compile(r"(?:[a-z]\.){2,}[a-z]?(?![a-z])|[a-z]+|[0-9]+")
SMALL = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "sur")
)
LONGEST = 200  # characters of a label that are read
NUMBER = "#"
# One character for one: a word of the plain text is at the same place in the label.
PLAIN = {
    code: unicodedata.normalize("NFKD", chr(code))[0].lower()
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x180))
}


Word = tuple[str, int, int]  # without accents, capitals nor plural; its place in the composed label


def composed(label: str) -> str:
    return unicodedata.normalize("NFC", label[:LONGEST])


def words_of(label: str) -> list[Word]:
    """« Subv. des C.D. 93 » → subv, cd, 93. ``label``: composed."""
    found = []
    plain = label.lower() if label.isascii() else label.translate(PLAIN)
    for match in WORD.finditer(plain):
        text = match[0]
        if text not in SMALL:
            found.append((singular(text.replace(".", "")), *match.span()))
    return found


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


@dataclass(frozen=True, slots=True)
class Entry:
    """What some phrases of a label say. ``nature`` None: they name nobody in particular, and ``reason`` says why; without
    a reason they say nothing, and their words are not read again.

    In a phrase, « mot* » is any word that begins so, « # » any number.
    """

    nature: str | None
    name: str
    reason: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    entry: Entry
    words: str


Phrase = tuple[tuple[str, ...], Entry]


@dataclass(slots=True)
class WordSet:
    """Entries searched together. At each word of a label the longest phrase wins, and its words are read once."""

    entries: tuple[Entry, ...]
    exact: dict[str, list[Phrase]] = field(default_factory=dict)
    begun: dict[str, list[Phrase]] = field(default_factory=dict)  # first three letters of « mot* »

    def __post_init__(self) -> None:
        for entry in self.entries:
            for written in entry.phrases:
                phrase = tuple(pattern_words(written))
                head = phrase[0]
                index, key = (self.begun, head[:3]) if head.endswith("*") else (self.exact, head)
                index.setdefault(key, []).append((phrase, entry))
        for phrases in (*self.exact.values(), *self.begun.values()):
            phrases.sort(key=lambda one: -len(one[0]))

    def find(self, label: str, words: Sequence[Word]) -> Iterator[Found]:
        """``words``: of this label, composed."""
        texts = [word[0] for word in words]
        at = 0
        while at < len(texts):
            best = self.at(texts, at)
            if best is None:
                at += 1
                continue
            end = at + len(best[0])
            if best[1].nature is not None or best[1].reason:
                yield Found(best[1], label[words[at][1] : words[end - 1][2]])
            at = end

    def at(self, texts: Sequence[str], at: int) -> Phrase | None:
        text = texts[at]
        exact, begun = self.exact.get(NUMBER if text.isdigit() else text), self.begun.get(text[:3])
        best: Phrase | None = None
        for phrases in (exact, begun):
            for phrase in phrases or ():
                if best is not None and len(phrase[0]) <= len(best[0]):
                    break
                if fits(phrase[0], texts, at):
                    best = phrase
                    break
        return best


def pattern_words(written: str) -> Iterable[str]:
    """ValueError when nothing is left to look for, or when « mot* » is too short to be looked for."""
    found = []
    for part in written.split():
        star = "*" if part.endswith("*") else ""
        if part == NUMBER:
            found.append(part)
        elif star:
            found.append("".join(WORD.findall(composed(part).translate(PLAIN))) + star)
        else:
            found += [word[0] for word in words_of(composed(part))]
    if not found or any(word.endswith("*") and len(word) < 4 for word in found):
        raise ValueError(f"« {written} » : l’expression est trop courte.")
    return found


def fits(phrase: Sequence[str], texts: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(texts):
        return False
    for expected, text in zip(phrase, texts[at:], strict=False):
        if expected != text and not fits_loosely(expected, text):
            return False
    return True


def fits_loosely(expected: str, text: str) -> bool:
    if expected == NUMBER:
        return text.isdigit()
    return expected[-1] == "*" and text.startswith(expected[:-1])
