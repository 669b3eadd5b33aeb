"""What the library's screen shows: the cases found, the facets with their counts, what to relax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.safestring import SafeString

from apps.catalogue.presenters import PILLAR_WORDS, Tag
from apps.core.typography import count, join_list, nbsp, plural
from apps.webinars import selectors, sheet
from apps.webinars.models import Webinar
from apps.webinars.search import Found, find, highlighted
from apps.webinars.search.shelf import shelf

Labels = Mapping[str, Mapping[str, str]]
PER_PAGE = 20
LONGEST_QUERY = 200
FACETS = (
    ("fragility", "Fragilité"),
    ("goal", "Objectif de développement durable"),
    ("pillar", "Appui"),
    ("year", "Année et cycle"),
    ("kind", "Qui témoigne"),
)
# Also understood in an address, from the tags of a case: not shown as a list until a filter is on.
QUIET = (("cycle", "Cycle"), ("level", "Échelon"), ("region", "Région"))
SORTS = (("", "Les plus proches de vos mots"), ("date", "Les plus récents"))


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick: ``count`` is what ticking it would give."""

    code: str
    label: str
    count: int
    is_on: bool
    ident: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    options: list[Option]

    @property
    def active(self) -> int:
        return sum(option.is_on for option in self.options)


@dataclass(frozen=True, slots=True)
class Hit:
    """A case found, with the words of the search marked; ``excerpt`` is where they are when not in the teaser."""

    webinar: Webinar
    title: SafeString
    teaser: SafeString
    excerpt: SafeString | str
    tags: list[Tag]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A way out of an empty list: the same search without one condition."""

    label: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A condition that is on, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; unknown filters and pages are let go."""

    query: str
    filters: Mapping[str, tuple[str, ...]]
    sort: str
    page: int

    @classmethod
    def read(cls, data: QueryDict, labels: Labels) -> Asked:
        """Codes that exist only: an old or mistyped address still shows something."""
        filters = {
            name: tuple(code for code in dict.fromkeys(data.getlist(name)) if code in labels[name])
            for name, _ in (*FACETS, *QUIET)
        }
        page = data.get("page", "1")
        return cls(
            " ".join(data.get("q", "").replace("\\x00", "").split())[:LONGEST_QUERY],
            {name: codes for name, codes in filters.items() if codes},
            data.get("sort", "") if data.get("sort", "") in dict(SORTS) else "",
            int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, *, but: tuple[str, str] | None = None, without: str = "", page: int = 1) -> str:
        """The part after « ? »: one code less (``but``), one filter less (``without``), another page."""
        pairs: list[tuple[str, str]] = []
        if self.query and without != "q":
            pairs.append(("q", self.query))
        pairs += [
            (name, code)
            for name, codes in self.filters.items()
            for code in codes
            if name != without and (name, code) != but
        ]
        if self.sort:
            pairs.append(("sort", self.sort))
        if page > 1:
            pairs.append(("page", str(page)))
        return f"?{urlencode(pairs)}" if pairs else "?"


def screen(data: QueryDict) -> dict[str, Any]:
    """For ``webinars/library.html``: 8 queries at most, whatever the number of cases; 7 more after a publication."""
    held = shelf()
    known = held.labels
    asked = Asked.read(data, known)
    found = find(asked.query, asked.filters, latest_first=asked.sort == "date", held=held)
    pages = max(1, -(-found.total // PER_PAGE))
    page = min(max(asked.page, 1), pages)
    shown = found.ids[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "door": "s-informer",
        "asked": asked,
        "sorts": SORTS,
        "facets": facets(found, known),
        "quiet": [(name, code) for name, _ in QUIET for code in asked.filters.get(name, ())],
        "chosen": chosen(asked, known),
        "corrections": found.understood.corrections,
        "total": found.total,
        "sentence": sentence(found),
        "hits": hits(found, shown),
        "relaxed": relaxed(asked, found, known) if not found.total else [],
        "clear": asked.query or asked.filters,
        "page": page,
        "pages": pages,
        "before": asked.address(page=page - 1) if page > 1 else "",
        "after": asked.address(page=page + 1) if page < pages else "",
    }


def facets(found: Found, known: Labels) -> list[Facet]:
    return [
        Facet(name, title, [
            Option(code, label, found.count(name, code), code in found.filters.get(name, ()), f"{name}-{code}")
            for code, label in known[name].items()
        ])
        for name, title in FACETS
    ]  # fmt: skip


def chosen(asked: Asked, known: Labels) -> list[Chosen]:
    return [
        Chosen(condition(name, code, known), asked.address(but=(name, code)))
        for name, codes in asked.filters.items()
        for code in codes
    ]


def condition(name: str, code: str, known: Labels) -> str:
    label = known[name][code]
    return nbsp(f"{dict((*FACETS, *QUIET))[name]} : {label}") if name != "goal" else nbsp(f"ODD {label}")


def sentence(found: Found) -> str:
    """« 3 cas répondent à votre demande », « 18 cas à lire »; nothing for none."""
    if not found.total:
        return ""
    number = count(found.total, "cas", "cas")
    if not (found.filters or found.understood.words):
        return nbsp(f"{number} à lire")
    return nbsp(f"{number} {plural(found.total, 'répond', 'répondent')} à votre demande")


def relaxed(asked: Asked, found: Found, known: Labels) -> list[Relaxed]:
    """Each condition that, lifted alone, gives something back; the most generous first."""
    ways = [
        Relaxed(
            f"sans {join_list(condition(name, code, known) for code in codes)}",
            asked.address(without=name),
            found.without(name),
        )
        for name, codes in asked.filters.items()
    ]
    if asked.query:
        ways.append(
            Relaxed(
                nbsp(f"sans les mots « {asked.query} »"), asked.address(without="q"), found.without_words()
            )
        )
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)


def hits(found: Found, ids: Sequence[int]) -> list[Hit]:
    """1 query for the rows, 1 or 2 to mark what was searched: a long text only where the short ones hold no word."""
    rows = {row.pk: row for row in selectors.public().filter(pk__in=ids).defer("draft", "search")}
    cases = [rows[pk] for pk in ids if pk in rows]
    lines = highlighted(found.understood, [text for row in cases for text in (row.short_title, row.teaser)])
    pairs = list(zip(cases, lines[::2], lines[1::2], strict=True))
    silent = (
        [row for row, title, teaser in pairs if "<mark>" not in title + teaser]
        if found.understood.words
        else []
    )
    excerpts = highlighted(found.understood, [body(row) for row in silent], excerpt=True)
    around = {row.pk: text for row, text in zip(silent, excerpts, strict=True) if "<mark>" in text}
    known = found.shelf.labels
    return [
        Hit(row, title, teaser, around.get(row.pk, ""), tags(row.tags, known)) for row, title, teaser in pairs
    ]


def body(webinar: Webinar) -> str:
    """All that a search may have found in a case, in the order of its page."""
    said = sheet.read(webinar.sheet)
    return " · ".join(texts(said))


def texts(said: sheet.Sheet) -> Iterable[str]:
    yield from said.essential
    yield from said.summary
    yield from said.opening.questions
    for view in said.points_of_view:
        yield from (view.question, view.text)
    yield from (f"{figure.value} {figure.label}" for figure in said.figures)
    yield from (f"{lever.title} {lever.text}" for lever in said.levers)
    yield from (speaker.role for speaker in said.speakers)


def tags(carried: Sequence[str], known: Labels) -> list[Tag]:
    """Pillars, fragilities, goals; the last two lead to the cases that share them."""
    by_name: dict[str, list[str]] = {}
    for tag in carried:
        name, _, code = tag.partition(":")
        by_name.setdefault(name, []).append(code)
    return [
        *(
            Tag(PILLAR_WORDS[code], css=code)
            for code in ("human", "financial", "alliances")
            if code in by_name.get("pillar", ())
        ),
        *(
            Tag(known["fragility"][code], f"?fragility={code}")
            for code in by_name.get("fragility", ())
            if code in known["fragility"]
        ),
        *(Tag(f"ODD\u00a0{code}", f"?goal={code}") for code in sorted(by_name.get("goal", ()), key=int)),
    ]
