"""From what was typed to what Postgres searches: each word or its beginning, without accents, one typo forgiven."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.core.replica import connection_to_read
from apps.webinars.models import Webinar
from apps.webinars.naming import unaccented

MOST_WORDS = 8
SHORTEST_GUESS = 4
WORD = re.compile(r"[^\W_]+")
# Words that every case has: a search for « le lien social » is one for « lien social ».
EMPTY = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "et",
        "eux",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "mes",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "si",
        "son",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "ton",
        "tu",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "y",
    ]
)

# One word, by its stem or by its beginning.
TERM = "(to_tsquery('library_french', {0}) || to_tsquery('library_simple', {0}))"
# One branch a word, each with its own constants: of a word it does not know yet, the planner reads whole tables.
MEND = f"""
SELECT %s, EXISTS (SELECT 1 FROM webinars_searchword WHERE word LIKE %s)
    OR (SELECT count(*) > 0 FROM webinars_webinar WHERE search @@ {TERM.format("%s")} AND sheet IS NOT NULL),
    nearest.word, nearest.shown
FROM (SELECT 1) AS one LEFT JOIN LATERAL (
    SELECT word, shown FROM webinars_searchword WHERE word %% %s ORDER BY word <-> %s LIMIT 1
) AS nearest ON TRUE
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Correction:
    """« numerqiue » read as « numérique »."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Understood:
    """``words`` are what is searched, unaccented; ``corrections`` what was read otherwise."""

    words: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def query(self) -> str:
        """The tsquery expression, two parameters a word: see ``parameters``."""
        return " && ".join([TERM.format("%s")] * len(self.words))

    @property
    def parameters(self) -> list[str]:
        return [f"{word}:*" for word in self.words for _ in range(2)]


def typed_words(text: str) -> list[str]:
    """Letters and digits only, so that no sign of the query language goes through; the first eight words."""
    return list(dict.fromkeys(WORD.findall(unaccented(text))))[:MOST_WORDS]


def understand(text: str) -> Understood:
    """As it was typed. The last word stays, whatever it is: it may be the beginning of another. No query."""
    typed = typed_words(text)
    return Understood(tuple(word for word in typed if word not in EMPTY or word == typed[-1]))


def corrected(understood: Understood) -> Understood:
    """With each word that no case has read as the nearest one that some case has. 1 query."""
    with connection_to_read(Webinar).cursor() as cursor:
        cursor.execute(*mend_sql(understood.words))
        seen = cursor.fetchall()
    near = {
        typed: (word, shown)
        for typed, is_known, word, shown in seen
        if word and not is_known and len(typed) >= SHORTEST_GUESS
    }
    return Understood(
        tuple(near[word][0] if word in near else word for word in understood.words),
        tuple(Correction(word, near[word][1]) for word in understood.words if word in near),
    )


def mend_sql(words: tuple[str, ...]) -> tuple[str, list[str]]:
    """For each word: itself, whether a case has it, the nearest word of the library and how it is written."""
    parameters = [text for word in words for text in (word, f"{word}%", f"{word}:*", f"{word}:*", word, word)]
    return " UNION ALL ".join(f"({MEND})" for _ in words), parameters
