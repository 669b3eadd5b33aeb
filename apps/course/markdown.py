"""Markdown of the course to safe HTML (pure): what a curator types can hold no script, no outside picture.

Beyond CommonMark: ``[word](mot:code)`` explains a term of the glossary at its first use in a page, and ``[@code]`` leads to
a source of the page by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.core.microtypography import nbsp

TERM = "mot:"
CITED = re.compile(r"\[@([a-z0-9-]+)\]")
TERM_LINK = re.compile(r"\]\(mot:([^)\s]*)\)")
IMAGE = re.compile(r"!\[([^\]]*)\]\(")
LOCAL = re.compile(r"^/(?![/\\])|^#")

TAGS = {
    "p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "br", "hr", "code",
    "sup", "span", "button", "b",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "id", "class", "aria-label"},
    "button": {"type", "class", "popovertarget"},
    "span": {"popover", "class", "id"},
    "ol": {"start"},
}


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary."""

    code: str
    name: str
    text: str


@dataclass(slots=True)
class Reading:
    """What one page of texts shares: its terms, its sources in order, and the terms explained so far.

    ``prefix`` keeps identifiers unique when several readings meet in one document.
    """

    terms: Mapping[str, Term] = field(default_factory=dict)
    sources: Sequence[str] = ()
    prefix: str = ""
    explained: set[str] = field(default_factory=set)
    # False in a PDF, where nothing pops up: the term is then followed by nothing, the glossary ends the file.
    pops: bool = True

    def rank(self, code: str) -> int:
        """The number of a source, from 1; 0 when the page does not have it."""
        return self.sources.index(code) + 1 if code in self.sources else 0


def html(text: str, reading: Reading | None = None) -> str:
    """Safe HTML, with French spaces. An unknown term is left as its word, an unknown source as nothing."""
    rendered = _parser().render(text, {"reading": reading or Reading()})
    return nh3.clean(
        rendered,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def terms_in(text: str) -> Iterator[str]:
    yield from (match[1] for match in TERM_LINK.finditer(text))


def sources_in(text: str) -> Iterator[str]:
    yield from (match[1] for match in CITED.finditer(text))


def plain(text: str) -> str:
    """The words alone, for search, mails and counts."""
    without = CITED.sub("", text)
    return re.sub(
        r"\s+", " ", re.sub(r"[*_#>`]|\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", without)
    ).strip()


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["text_join"])
    parser.disable(["image", "html_block", "html_inline"])
    parser.add_render_rule("text", _text)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _text(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    reading: Reading = env["reading"]
    *before, last = CITED.split(tokens[index].content)
    out = list[str]()
    # The number of a source follows its word: a space would let it fall on the next line.
    for words, code in zip(before[::2], before[1::2], strict=True):
        out.append(nbsp(escape(words.rstrip(" "), quote=False)))
        if rank := reading.rank(code):
            out.append(
                f'<sup><a class="ref" href="#{reading.prefix}source-{rank}" aria-label="source {rank}">{rank}</a></sup>'
            )
    return "".join([*out, nbsp(escape(last, quote=False))])


def _link_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    reading: Reading = env["reading"]
    href = str(tokens[index].attrGet("href") or "")
    if not href.startswith(TERM):
        env.setdefault("closing", []).append("</a>")
        return f'<a href="{escape(href)}">'
    term = reading.terms.get(href.removeprefix(TERM))
    if term is None or term.code in reading.explained or not reading.pops:
        env.setdefault("closing", []).append("")
        return ""
    reading.explained.add(term.code)
    key = f"{reading.prefix}mot-{term.code}"
    gloss = (
        f'</button><span popover class="gloss" id="{key}"><b>{nbsp(escape(term.name, quote=False))}.</b> '
        f"{nbsp(escape(term.text, quote=False))}</span>"
    )
    env.setdefault("closing", []).append(gloss)
    return f'<button type="button" class="term" popovertarget="{key}">'


def _link_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return str(env["closing"].pop())
