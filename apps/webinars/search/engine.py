"""One search: words and filters in, cases and counts out."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apps.core.replica import connection_to_read
from apps.webinars.models import Webinar
from apps.webinars.naming import spaced, unspaced
from apps.webinars.search.shelf import Filters, Shelf, shelf
from apps.webinars.search.words import Understood, corrected, understand

# Ranking reads the whole vector of each case: beyond, the latest come first, which is what a wide search wants.
RANKED = 300
MATCH = "SELECT array_agg(id) FROM webinars_webinar WHERE search @@ ({query}) AND sheet IS NOT NULL"
RANK = """
SELECT id FROM webinars_webinar WHERE id = ANY(%s)
ORDER BY ts_rank_cd(search, ({query})) DESC, date DESC, slug
"""
# Control characters that no text holds: the marks are put after escaping.
START, STOP = "\x02", "\x03"
HEADLINE = """
SELECT ts_headline('library_french', text, ({query}), %s)
FROM unnest(%s::text[]) WITH ORDINALITY AS texts(text, place) ORDER BY place
"""
WHOLE = f"StartSel={START},StopSel={STOP},HighlightAll=true"
EXCERPT = f"StartSel={START},StopSel={STOP},MaxFragments=1,MinWords=12,MaxWords=28"


@dataclass(frozen=True, slots=True)
class Found:
    """``ids`` in the order to show; ``bits`` the same on ``shelf``; ``matching`` before any filter."""

    shelf: Shelf
    understood: Understood
    filters: Filters
    matching: int
    bits: int
    ids: list[int] = field(repr=False)

    @property
    def total(self) -> int:
        return self.bits.bit_count()

    def count(self, name: str, code: str) -> int:
        """How many cases with this tag, the other filters applied: what a click on it would give."""
        rest = self.shelf.filtered(self.matching, self.filters, but=name)
        return (rest & self.shelf.carrying(name, [code])).bit_count()

    def without(self, name: str) -> int:
        """How many cases if this filter were lifted."""
        return self.shelf.filtered(self.matching, self.filters, but=name).bit_count()

    def without_words(self) -> int:
        return self.shelf.filtered(self.shelf.everything, self.filters).bit_count()


def find(query: str, filters: Filters, *, latest_first: bool = False, held: Shelf | None = None) -> Found:
    """At most 5 queries. Words narrow with « et », codes of one filter widen with « ou »."""
    held = held or shelf()
    understood, matching = read(query, held)
    bits = held.filtered(matching, filters)
    ids = held.listed(bits)
    if understood.words and not latest_first and 1 < len(ids) <= RANKED:
        ids = ranked(understood, ids)
    return Found(held, understood, filters, matching, bits, ids)


def read(query: str, held: Shelf) -> tuple[Understood, int]:
    """What was understood, and the cases that answer; a second reading, typos mended, when none does."""
    understood = understand(query)
    if not understood.words:
        return understood, held.everything
    matching = held.bits(match(understood))
    if matching:
        return understood, matching
    second = corrected(understood)
    return (second, held.bits(match(second))) if second.corrections else (understood, 0)


def match(understood: Understood) -> list[int]:
    with connection_to_read(Webinar).cursor() as cursor:
        cursor.execute(MATCH.format(query=understood.query), understood.parameters)
        return cursor.fetchone()[0] or []


def ranked(understood: Understood, ids: list[int]) -> list[int]:
    with connection_to_read(Webinar).cursor() as cursor:
        cursor.execute(RANK.format(query=understood.query), [ids, *understood.parameters])
        return [pk for (pk,) in cursor.fetchall()]


def highlighted(understood: Understood, texts: list[str], *, excerpt: bool = False) -> list[SafeString]:
    """The texts, or what surrounds the words found in them: escaped, these words in ``<mark>``.

    1 query; none when nothing was searched.
    """
    if not understood.words or not texts:
        return [escape(text) for text in texts]
    with connection_to_read(Webinar).cursor() as cursor:
        cursor.execute(
            HEADLINE.format(query=understood.query),
            [*understood.parameters, EXCERPT if excerpt else WHOLE, [spaced(text) for text in texts]],
        )
        return [marked(text) for (text,) in cursor.fetchall()]


def marked(text: str) -> SafeString:
    return mark_safe(escape(unspaced(text)).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308
