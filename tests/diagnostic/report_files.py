"""Reports made once for all tests by the real HTML to PDF code, and what a reading of the file tells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

import pypdf

from apps.core.pdf import render_pdf
from apps.diagnostic.presenters import ResultView, present, previous_result
from apps.diagnostic.presenters_balance import shares_of
from apps.diagnostic.report import report_html
from tests.diagnostic.result_cases import CASES
from tests.factories import member
from tests.support.client import StrictClient

NUMBER = re.compile(r"[−+]?(?:\d{1,3}(?:\u202f\d{3})+|\d+)(?:,\d+)?")
HEADING = re.compile(r"/H[1-6]$")


@dataclass
class Report:
    """One case: what the presenters say, the screen as served, the page, the file."""

    view: ResultView
    screen: str
    html: str
    content: bytes

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        """Text as a reader selects it; in an amount drawn in a figure the narrow space comes back plain."""
        texts = (page.extract_text() for page in self.reader.pages)
        return [re.sub(r"(?<=\d) (?=\d{3}\s€)", "\u202f", text) for text in texts]

    @cached_property
    def elements(self) -> list[tuple[str, Any]]:
        """The structure tree in reading order: (type, element)."""
        return list(_walk(self.reader.trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]

    def of_type(self, *types: str) -> list[Any]:
        return [element for kind, element in self.elements if kind in types]


def _walk(node: Any) -> Iterator[tuple[str, Any]]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), node
        if "/K" in node:
            yield from _walk(node["/K"])


_made: dict[str, Report] = {}


def report_of(case: str) -> Report:
    """Needs the database the first time; nothing of it is kept."""
    if case not in _made:
        result = CASES[case]()
        client = StrictClient()
        client.force_login(member(result.campaign.organisation, "staff"))
        screen = client.get(f"/diagnostic/{result.campaign_id}/resultat/").content.decode()
        view = present(result, previous_result(result.campaign))
        html = report_html(view, shares_of(result.payload))
        _made[case] = Report(view, screen, html, render_pdf(html, at=view.closed_at).content)
    return _made[case]


def words(html: str) -> str:
    """The text of the main part of a page, its pictures' included, their names not."""
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<title>.*?</title>", " ", main)))


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def squeezed(text: str) -> str:
    """Without the spaces and breaks that a layout adds."""
    return re.sub(r"\s+", "", text)
