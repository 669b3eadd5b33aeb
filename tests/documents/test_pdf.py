"""HTML to PDF/UA, without a way out to the network or the file system."""

from __future__ import annotations

import gc
import io
import multiprocessing
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdf
import pytest

from apps.core.pdf import ORIGIN, RefusedAddressError, StaticOnlyFetcher, render_pdf, static_file

AT = datetime(2026, 3, 14, 10, 30, tzinfo=timezone(timedelta(hours=1)))
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
SHEETS = "".join(f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in ("tokens", "report"))


def page(body: str = "<h1>Où nous en sommes</h1><p>Texte.</p>", head: str = "") -> str:
    return f'<!doctype html><html lang="fr"><head><title>Rapport d’été</title>{head}</head><body>{body}</body></html>'


def read(content: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(content))


def test_the_file_is_tagged_titled_and_in_french() -> None:
    made = render_pdf(page("<h1>Une</h1><p style='break-before: page'>Deux</p>"), at=AT)
    pdf = read(made.content)
    root = pdf.trailer["/Root"]
    assert made.pages == len(pdf.pages) == 2
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "fr"
    assert pdf.metadata.title == "Rapport d’été"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_only_date_is_the_one_given() -> None:
    made = read(render_pdf(page(), at=AT).content).metadata
    assert made.creation_date == made.modification_date == datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


def test_the_same_page_gives_the_same_bytes_whatever_the_moment() -> None:
    first = render_pdf(page(head=SHEETS), at=AT).content
    time.sleep(1.1)  # the dates inside fonts count in seconds
    assert render_pdf(page(head=SHEETS), at=AT).content == first


def test_a_style_sheet_of_ours_is_applied_with_its_fonts() -> None:
    plain = render_pdf(page(), at=AT)
    styled = render_pdf(page(head=SHEETS), at=AT)

    def fonts(content: bytes) -> str:
        found = read(content).pages[0]["/Resources"]["/Font"]
        return " ".join(str(font.get_object()["/BaseFont"]) for font in found.values())

    assert "Bricolage" in fonts(styled.content)
    assert "Bricolage" not in fonts(plain.content)


OUTSIDE = [
    "https://example.org/a.css",
    "http://127.0.0.1/static/css/report.css",
    "file:///etc/passwd",
    "ftp://example.org/a.css",
    f"{ORIGIN}/media/a.css",
    f"{ORIGIN}/static/../manage.css",
    f"{ORIGIN}/static/%2e%2e/pyproject.css",
    f"{ORIGIN}/static//etc/a.css",
    f"{ORIGIN}/static/css/a%00.css",
    f"{ORIGIN}/static/js/site.js",
    f"{ORIGIN}/static/css/absente.css",
    f"{ORIGIN}/static/",
    "https://static.invalid.example.org/static/css/report.css",
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_another_address_is_refused_and_logged(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RefusedAddressError):
        StaticOnlyFetcher().fetch(address)
    assert "pdf_address_refused" in caplog.text


def test_a_page_that_asks_for_more_is_made_without_it(caplog: pytest.LogCaptureFixture) -> None:
    hostile = page(
        '<h1>Titre</h1><img alt="x" src="file:///etc/passwd"><img alt="y" src="http://127.0.0.1:1/a.png">'
    )
    assert render_pdf(hostile, at=AT).pages == 1
    assert caplog.text.count("pdf_address_refused") == 2


def test_pictures_inside_the_page_are_kept() -> None:
    made = render_pdf(page(f'<img alt="Un point" src="{PIXEL}">'), at=AT)
    assert len(read(made.content).pages[0].images) == 1


def test_a_fingerprinted_name_is_found_among_the_collected_files(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    collected = tmp_path / "css" / "report.0123456789ab.css"
    collected.parent.mkdir()
    collected.write_text("p { color: red }")
    assert static_file(f"{ORIGIN}/static/css/report.0123456789ab.css") == collected


@pytest.fixture
def forked() -> Callable[[], bytes]:
    """The same page made in a child process, as a worker does after a parent that made one too."""

    def make() -> bytes:
        context = multiprocessing.get_context("fork")
        reader, writer = context.Pipe(duplex=False)

        def in_the_child() -> None:
            content = render_pdf(page(head=SHEETS), at=AT).content
            gc.collect()  # what the child inherited and lost goes now, not when memory happens to be short
            writer.send_bytes(content)

        child = context.Process(target=in_the_child)
        child.start()
        assert reader.poll(60)
        content = reader.recv_bytes()
        child.join(20)
        return content

    return make


def test_a_child_process_has_its_own_fonts(forked: Callable[[], bytes]) -> None:
    here = render_pdf(page(head=SHEETS), at=AT).content
    assert forked() == here
    assert render_pdf(page(head=SHEETS), at=AT).content == here
