"""The PDF of a release and of its sheet, and a figure as an image: accessible, whole, the same each time."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import page as pdf_rules
import pypdf
import pytest
from django.db import transaction
from PIL import Image

from apps.core.pdf import render_pdf
from apps.core.typography import date_long, nbsp
from apps.dashboards.enums import Suppressed
from apps.dashboards.models import Release
from apps.dashboards.releases import files, numbers, paper, sheet
from apps.dashboards.releases.numbers import Heading, Protected
from apps.dashboards.tables import BY_KEY
from apps.documents.registry import DocumentSource
from tests.dashboards.exports.filled import filled
from tests.dashboards.exports.test_sheet import audited
from tests.dashboards.world import programme
from tests.diagnostic.report_files import _walk, squeezed

pytestmark = pytest.mark.django_db


def whole(**fields: Any) -> Release:
    """Attacks, and each reason in many cells."""
    made = audited(filled(headline="Les alliances restent à 45, sous les autres appuis.", **fields))
    for place, reason in enumerate(Suppressed.values):
        for rank in range(12):
            made.suppressions.create(table="axes", row=f"{place}-{rank}", column="A", reason=reason)
    return Release.objects.select_related("programme").prefetch_related("tables").get(pk=made.pk)


def text_of(content: bytes) -> list[str]:
    return [squeezed(one.extract_text()) for one in pypdf.PdfReader(io.BytesIO(content)).pages]


def pdf(source: DocumentSource) -> bytes:
    return render_pdf(source.html, at=source.at).content


@dataclass
class Printed:
    content: bytes
    said: Heading
    tables: list[Protected]

    @cached_property
    def pages(self) -> list[str]:
        return text_of(self.content)


@pytest.fixture(scope="module")
def printed(django_db_setup: None, django_db_blocker: Any) -> Printed:
    """Made once, for it takes seconds; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        release = whole()
        made = Printed(
            pdf(files.build_release(release.pk)), numbers.heading(release), numbers.protected(release)
        )
        transaction.set_rollback(True)
    return made


def test_it_is_accessible(printed: Printed) -> None:
    found = pdf_rules.validate_pdf_bytes(printed.content, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]


def test_each_page_says_which_release_which_version_and_its_number(printed: Printed) -> None:
    pages, said = printed.pages, printed.said
    foot = squeezed(f"{said.name}, publiée le {date_long(said.on)}")
    for rank, text in enumerate(pages, 1):
        assert foot in text, rank
        assert f"page{rank}/{len(pages)}" in text


def test_it_holds_every_number_of_every_table(printed: Printed) -> None:
    text = "".join(printed.pages)
    for table in printed.tables:
        grid = numbers.grid(table)
        assert squeezed(nbsp(grid.title)) in text
        for label, cells in grid.rows:
            row = squeezed(nbsp(label)) + "".join(squeezed(cell.text + cell.note) for cell in cells)
            assert row in text, (grid.key, label)


def test_its_tables_have_headings_and_its_pictures_a_text(printed: Printed) -> None:
    elements = list(_walk(pypdf.PdfReader(io.BytesIO(printed.content)).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]
    kinds = [kind for kind, _ in elements]
    grids = [numbers.grid(table) for table in printed.tables]
    # The sheet has four tables of its own; one that goes on over a page is told twice.
    assert kinds.count("/Table") >= len(grids) + 4
    assert kinds.count("/TH") >= sum(1 + len(grid.columns) + len(grid.rows) for grid in grids)
    texts = [str(element.get("/Alt", "")) for kind, element in elements if kind == "/Figure"]
    assert texts
    assert all(texts)
    assert sum("Bretagne" in text for text in texts) >= 2


def test_its_contents_lead_to_its_parts_and_the_sheet_is_last(printed: Printed) -> None:
    pages = printed.pages
    for _, title, _ in paper.PARTS:
        found = re.search(rf"{re.escape(squeezed(title))}(\d+)", pages[0])
        assert found, title
        assert squeezed(title) in pages[int(found[1]) - 1]
    assert squeezed("Fiche de confidentialité") in pages[-1]
    assert squeezed("Les attaques essayées") in pages[-1]


def test_every_table_of_the_list_has_its_part() -> None:
    placed = [key for _, _, keys in paper.PARTS for key in keys]
    assert sorted(placed) == sorted(BY_KEY)


def test_the_same_release_gives_the_same_file() -> None:
    release = whole()
    first = pdf(files.build_sheet(release.pk))
    release.exact_tables.update(exact={"cells": {"tout/A": {"n": 7}}, "bases": {}, "rows": [], "columns": []})
    assert pdf(files.build_sheet(release.pk)) == first
    one, two = (files.build_release(release.pk) for _ in range(2))
    assert (one.html, one.at) == (two.html, two.at)


@pytest.mark.parametrize("of_programme", [False, True])
def test_the_sheet_is_one_accessible_page(of_programme: bool) -> None:
    of = (
        programme(name=("Appuis ruraux pour les très petites associations, promotion " * 3)[:160])
        if of_programme
        else None
    )
    release = whole(of=of, is_demo=True)
    content = pdf(files.build_sheet(release.pk))
    assert pdf_rules.validate_pdf_bytes(content, profile="ua1").is_compliant
    (text,) = text_of(content)
    for rule in sheet.rules(release):
        assert squeezed(rule) in text
    for label in Suppressed.labels:
        assert squeezed(label[:1].upper() + label[1:]) in text
    assert text.count(squeezed("rien trouvé")) == 16
    assert squeezed("Démonstration") in text


def test_a_table_all_hidden_is_said_in_a_sentence() -> None:
    release = whole()
    stored = release.tables.get(key="profils")
    for row in stored.protected["rows"]:
        row["cells"] = {"n": {"state": "hidden"}}
    stored.save()
    (part,) = [part for part in paper.parts([stored.protected], {}) if part.tables]
    assert part.tables[0].grid.is_hidden
    again = Release.objects.prefetch_related("tables").get(pk=release.pk)
    html = paper.release_html([stored.protected], {}, sheet.read(again))
    assert "Aucune case de ce tableau ne peut être montrée." in html


def test_a_draft_has_no_file() -> None:
    draft = filled(state="built")
    for build in (files.build_release, files.build_sheet):
        with pytest.raises(Release.DoesNotExist):
            build(draft.pk)


# A figure as an image


@pytest.mark.parametrize("key", ["participation-region", "axes", "finances"])
def test_an_image_is_cut_to_what_it_shows_and_says_what_it_is(key: str) -> None:
    release = whole(is_demo=True)
    content = files.build_figure(key, release.pk).content
    image = Image.open(io.BytesIO(content))
    assert image.width >= 1500
    assert 500 <= image.height <= 2700
    corners = {image.getpixel((x, y)) for x in (0, image.width - 1) for y in (0, image.height - 1)}
    assert len(corners) == 1
    said = numbers.heading(release)
    about = image.info
    assert nbsp(said.name) in about["Title"]
    assert about["Source"] == said.url
    assert len(about["Description"]) > 40
    assert files.build_figure(key, release.pk).content == content


def test_what_an_image_shows_is_written_beside_the_picture() -> None:
    release = whole(is_demo=True)
    drawn = files.figure_of(release, "participation-region", [])
    assert drawn is not None
    html = paper.figure_html(numbers.heading(release), drawn)
    day = date_long(numbers.heading(release).on)
    for told in (
        "Associations par région",
        f"Version 1, publiée le {day}",
        "masqué",
        "Démonstration",
        release.slug,
    ):
        assert told in html, told


def test_axes_are_drawn_over_the_releases_before() -> None:
    from apps.dashboards.quarters import Quarter

    filled(quarter=Quarter(2026, 1))
    filled(quarter=Quarter(2026, 2))
    release = whole()
    drawn = files.figure_of(release, "axes", files.history(release))
    assert drawn is not None
    assert all("T1 2026" in panel.svg.alt and "T3 2026" in panel.svg.alt for panel in drawn.panels)


def test_a_table_only_read_has_no_image() -> None:
    release = whole()
    with pytest.raises(ValueError, match="reperes"):
        files.build_figure("reperes", release.pk)


def test_letters_have_no_halo_on_paper() -> None:
    """WeasyPrint would paint it over them."""
    release = whole()
    for key in BY_KEY:
        drawn = files.figure_of(release, key, [])
        for panel in drawn.panels if drawn else ():
            assert "paint-order" not in panel.svg.inline(), key
            assert panel.svg.alt
