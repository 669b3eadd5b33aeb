"""Markdown of the course: what a curator types can hurt nobody, terms pop up once, sources are numbered."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.course import markdown
from apps.course.markdown import Reading, Term

TERMS = {"trepied": Term("trepied", "Trépied", "Trois appuis & un projet.")}


def reading(**more: object) -> Reading:
    return Reading(terms=TERMS, sources=["un", "deux"], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("![x](https://ailleurs.example/suivi.png)", "<img"),
        ("[clic](javascript:alert(1))", "href"),
        ("[clic](data:text/html;base64,xx)", "href"),
        ("[clic](vbscript:x)", "href"),
        ('[clic](https://x.example "\\" onclick=\\"alert(1)")', 'onclick="'),
        ("<a href='x' style='position:fixed'>a</a>", "<a href"),
        ("<svg><script>1</script></svg>", "<svg"),
        ("# Grand titre", "<h1"),
    ],
)
def test_what_could_hurt_is_gone(typed: str, forbidden: str) -> None:
    assert forbidden not in markdown.html(typed, reading())


@given(st.text(max_size=300))
def test_whatever_is_typed_only_known_tags_and_attributes_come_out(typed: str) -> None:
    import re

    shown = markdown.html(typed, reading())
    tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", shown))
    assert tags <= markdown.TAGS
    assert not re.search(r"<[^>]*\s(on\w+|style|src)\s*=", shown)


def test_a_term_is_explained_at_its_first_use_only() -> None:
    read = reading()
    first = markdown.html("Le [trépied](mot:trepied) et le [trépied](mot:trepied).", read)
    assert first.count("popovertarget") == 1
    assert "Trois appuis &amp; un projet." in first
    assert "et le trépied." in first
    assert "popover" not in markdown.html("Encore le [trépied](mot:trepied).", read)


def test_an_unknown_term_is_left_as_its_word() -> None:
    assert markdown.html("Le [mot](mot:absent).", reading()) == "<p>Le mot.</p>\n"


def test_sources_are_numbered_as_in_the_page_and_stay_with_their_word() -> None:
    shown = markdown.html("41 % [@deux] puis [@un][@absent].", reading())
    assert 'href="#source-2" aria-label="source 2">2</a></sup> puis<sup>' in shown.replace(
        ' rel="noopener"', ""
    )
    assert "absent" not in shown


def test_french_spaces_are_set() -> None:
    assert "«\u202fOui\u202f»\u00a0: 41\u202f%\u202f!" in unescape(markdown.html("« Oui » : 41 % !"))


def test_what_is_cited_is_found() -> None:
    text = "Le [trépied](mot:trepied), 3 [@un] et 4 [@deux]."
    assert list(markdown.terms_in(text)) == ["trepied"]
    assert list(markdown.sources_in(text)) == ["un", "deux"]
    assert markdown.plain("**Le** [trépied](mot:trepied), 3 [@un].") == "Le trépied, 3 ."
