"""The report as a file, for campaigns that stretch it."""

from __future__ import annotations

import re
from itertools import pairwise

import page
import pytest

from apps.core.pdf import render_pdf
from apps.core.typography import date_long
from tests.diagnostic.report_files import HEADING, Report, numbers, report_of, squeezed, words
from tests.diagnostic.result_cases import CASES

pytestmark = pytest.mark.django_db


@pytest.fixture(params=list(CASES))
def report(request: pytest.FixtureRequest, db: None) -> Report:
    return report_of(request.param)


@pytest.fixture
def seven(db: None) -> Report:
    return report_of("seven")


def test_any_campaign_takes_six_to_ten_pages(report: Report) -> None:
    assert 6 <= len(report.pages) <= 10


def test_no_page_but_the_last_is_nearly_empty(report: Report) -> None:
    lengths = [len(squeezed(text)) for text in report.pages[1:]]
    assert min(lengths) > 600, lengths


def test_the_file_conforms_to_pdf_ua(report: Report) -> None:
    found = page.validate_pdf_bytes(report.content, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]


def test_tagged_titled_and_in_french(report: Report) -> None:
    root = report.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (
        report.reader.metadata.title
        == f"Auto-diagnostic\u00a0: {report.view.organisation}, {report.view.season}"
    )


def test_headings_come_in_order(report: Report) -> None:
    levels = [int(kind[2:]) for kind, _ in report.elements if HEADING.match(kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_has_its_words(report: Report) -> None:
    alts = [str(figure.get("/Alt", "")) for figure in report.of_type("/Figure")]
    assert all(alts)
    drawn = [report.view.balance.axes.svg, *(item.svg for item in report.view.crossed.widest)]
    drawn += [report.view.finances.mix] if report.view.finances.mix else []
    assert {svg.alt for svg in drawn if svg} <= set(alts)


def test_every_cell_names_its_headers(report: Report) -> None:
    known = {str(header["/ID"]) for header in report.of_type("/TH")}
    cells = [cell["/A"].get("/Headers", ()) for cell in report.of_type("/TD")]
    assert len(report.of_type("/Table")) >= 6
    assert min(len(headers) for headers in cells) == 2  # its column's and its row's
    assert {str(header) for headers in cells for header in headers} <= known


def test_each_page_says_whose_it_is_and_where(report: Report) -> None:
    count = len(report.pages)
    start = squeezed(report.view.organisation)[:24]
    closed = squeezed(f"clos le {date_long(report.view.closed_at)}")
    for rank, text in enumerate(report.pages[1:], 2):
        margin = squeezed(text)
        assert start in margin
        assert closed in margin
        assert "instrumentmse-1" in margin
        assert f"{rank}/{count}" in margin
    assert f"1/{count}" not in report.pages[0]


def test_contents_and_bookmarks_lead_to_the_same_pages(report: Report) -> None:
    listed = [
        int(page) for page in re.findall(r"(?: \.){3,}\s*(\d+)$", report.pages[1].replace("  ", " "), re.M)
    ]
    marks = report.reader.outline[2:]  # after the cover and the contents themselves
    assert listed == [report.reader.get_destination_page_number(mark) + 1 for mark in marks]
    for number, mark in zip(listed, marks, strict=True):
        assert squeezed(mark.title) in squeezed(report.pages[number - 1])


def test_each_divergence_comes_with_its_question(report: Report) -> None:
    text = squeezed("".join(report.pages))
    for item in (*report.view.crossed.widest, *report.view.crossed.others):
        assert squeezed(item.debate) in text, item.code


def test_figures_are_those_of_the_screen(report: Report) -> None:
    text = "\n".join(report.pages[2:])
    margins = {str(n) for n in range(1, len(report.pages) + 1)}
    method = {"60"}  # the threshold of « comment lire », which only the paper explains
    assert numbers(text) - numbers(words(report.screen)) <= margins | method


def test_the_screen_shows_no_figure_that_the_paper_lacks(report: Report) -> None:
    view, text = report.view, squeezed("".join(report.pages))
    shown = [cell for row in view.balance.table.rows for cell in row]
    shown += [indicator.value for indicator in view.finances.indicators]
    shown += [cell for row in view.finances.accounts for cell in row]
    shown += [item.said for item in view.crossed.widest]
    shown += [line.text for axis in view.axes for line in axis.lines]
    shown += [line.next_text for axis in view.axes for line in axis.lines]
    assert not [cell for cell in shown if squeezed(cell) not in text]


def test_the_warning_about_an_emergency_is_on_the_contents_page(report: Report) -> None:
    said = squeezed(report.pages[1])
    assert squeezed("ne règle pas une urgence de trésorerie") in said
    assert "DLA" in said
    assert "expert-comptable" in said


def test_our_own_lists_say_so(report: Report) -> None:
    last = report.pages[-2] + report.pages[-1]
    assert squeezed(last).count(squeezed("proposition pédagogique")) >= 2


def test_the_same_campaign_gives_the_same_bytes(seven: Report) -> None:
    assert render_pdf(seven.html, at=seven.view.closed_at).content == seven.content


def test_nothing_is_read_outside_the_static_files(seven: Report, caplog: pytest.LogCaptureFixture) -> None:
    addresses = re.findall(r"""(?:src|<link[^>]*href)=["']([^"']+)""", seven.html)
    assert {a.partition(":")[0] if a.startswith("data:") else a.rpartition("/")[0] for a in addresses} == {
        "data",
        "/static/css",
    }
    render_pdf(seven.html, at=seven.view.closed_at)
    assert "pdf_address_refused" not in caplog.text


def test_a_name_that_is_markup_stays_text(seven: Report) -> None:
    hostile = seven.html.replace("Les Ateliers du Canal", "&lt;b&gt;A &amp; B&lt;/b&gt;")
    made = Report(seven.view, "", hostile, render_pdf(hostile, at=seven.view.closed_at).content)
    assert "<b>A & B</b>" in made.pages[0]


def test_with_too_few_people_the_answers_are_not_in_the_file(db: None) -> None:
    for case in ("alone", "pair", "urgent_alone"):
        text = "".join(report_of(case).pages)
        assert "Médiane" not in text.replace("Médianes", "").replace("La médiane", "")
        assert "Notre niveau" in text
        assert squeezed("à moins de trois répondants, les réponses ne sont pas montrées") in squeezed(text)
