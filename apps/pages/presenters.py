"""What the public pages show: the glossary by letter, the case of the week."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apps.catalogue.models import GlossaryTerm, Resource


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the glossary and its neighbours."""

    term: GlossaryTerm
    see: list[GlossaryTerm]


@dataclass(frozen=True, slots=True)
class Letter:
    """An anchor of the glossary: « A », and its words in order."""

    letter: str
    words: list[Word]


def plain(text: str) -> str:
    """For sorting: lower case, no accent."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def letters(terms: Iterable[GlossaryTerm]) -> list[Letter]:
    """The glossary from A to Z, accents ignored."""
    ordered = sorted(terms, key=lambda term: plain(term.name))
    by_code = {term.code: term for term in ordered}
    words = [Word(term, [by_code[code] for code in term.see]) for term in ordered]
    return [Letter(letter, list(group)) for letter, group in groupby(words, key=initial)]


def initial(word: Word) -> str:
    return plain(word.term.name)[0].upper()


def case_of_the_week(webinars: list[Resource], today: date) -> Resource | None:
    """Another one each week, the same for all readers."""
    return webinars[today.toordinal() // 7 % len(webinars)] if webinars else None
