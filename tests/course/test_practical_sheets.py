"""The practical sheets as files: asked for when a step is published, served to anyone, printable and accessible."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import page as pdf_rules
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.pdf import render_pdf
from apps.core.typography import nbsp
from apps.course import content as course_content
from apps.course import practical, sheet
from apps.course.models import Page
from apps.course.practical import paper
from apps.course.practical.requests import request_missing
from apps.course.services.pages import WORKFLOW
from apps.documents import files, rendering, services
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from tests.diagnostic.report_files import _walk, squeezed
from tests.factories import UserFactory, course
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
NUMBERS = range(1, 8)


def words(response: Any) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"[\s\u00a0\u202f]+", " ", plain)


def address(number: int = 1) -> str:
    return f"/se-former/etapes/{course.page(number).slug}/fiche.pdf"


@pytest.fixture
def ready() -> Document:
    document = practical.request(course.page(1))
    assert rendering.render_document(document.pk)
    document.refresh_from_db()
    return document


# The paper


@pytest.fixture(scope="module", params=NUMBERS)
def printed(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[sheet.Step, bytes]]:
    with django_db_blocker.unblock():
        said = course.step(request.param)
        source = paper.build(course.page(request.param).pk)
        yield said, render_pdf(source.html, at=source.at).content


def test_it_conforms_and_takes_one_or_two_pages(printed: tuple[sheet.Step, bytes]) -> None:
    _, content = printed
    found = pdf_rules.validate_pdf_bytes(content, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) <= 2
    assert len(squeezed(pages[-1].extract_text())) > 250, "a page for nearly nothing"


def test_it_says_all_that_the_step_says(printed: tuple[sheet.Step, bytes]) -> None:
    said, content = printed
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))
    expected = [said.sheet.title, said.sheet.intro, said.sheet.duration]
    for block in said.sheet.blocks:
        expected += [block.title, block.text, *block.items, *block.columns]
    assert [line for line in expected if squeezed(nbsp(line)) not in text] == []
    assert "propositionpédagogique" in text
    assert squeezed(said.title.split("«")[0]) in text


def test_every_cell_to_fill_is_high_enough_to_write_in(printed: tuple[sheet.Step, bytes]) -> None:
    said, content = printed
    elements = list(_walk(pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]
    cells = sum(kind == "/TD" for kind, _ in elements)
    tables = [view for view in paper.views(said.sheet) if view.block.kind == "table"]
    assert cells == sum(len(row.blanks) + (not row.name) for view in tables for row in view.rows)
    css = paper_css()
    heights = [float(found) for found in re.findall(r"tbody tr\{height:([\d.]+)mm\}", css)]
    rules = [float(found) for found in re.findall(r"\.ruled div\{height:([\d.]+)mm", css)]
    assert min(heights) >= 9
    assert min(rules) >= 9


def paper_css() -> str:
    from pathlib import Path

    return (Path(__file__).parents[2] / "static/css/course-paper.css").read_text()


def test_a_table_that_says_nothing_of_its_rows_gets_some() -> None:
    block = sheet.Block(kind="table", columns=["Qui", "Quoi"])
    assert len(paper.rows(block)) == 4
    named = paper.rows(sheet.Block(kind="table", columns=["Qui", "Quoi", "Quand"], items=["Nous"], lines=2))
    assert [(row.name, len(row.blanks)) for row in named] == [("Nous", 2), ("", 2), ("", 2)]


def test_a_text_is_text_whatever_it_holds() -> None:
    said = course.step(1)
    said.sheet.blocks[0].title = "<script>alert(1)</script>"
    written = paper.html(said)
    assert "<script>" not in written
    assert "&lt;script&gt;" in written


def test_the_module_has_no_sheet() -> None:
    module = Page.objects.get(kind="module")
    with pytest.raises(ValueError, match="no practical sheet"):
        paper.build(module.pk)
    assert not Document.objects.filter(subject_id=module.pk).exists()


# The file


def test_publishing_asks_for_it_once_an_edition() -> None:
    step = course.page(2)
    first = practical.request(step)
    assert (first.is_public, first.owner, first.organisation) == (True, None, None)
    assert first.filename == "fiche-pratique-etape-2.pdf"
    draft = sheet.read(step.draft)
    assert isinstance(draft, sheet.Step)
    draft.sheet.title = "Un autre titre de fiche"
    changed = WORKFLOW.save_draft(row=step, draft=draft, version=step.version, by=None)
    WORKFLOW.submit(row=changed, by=None)
    public = WORKFLOW.publish(row=changed, by=None, reason="La fiche change de titre.")
    second = practical.find(public)
    assert second, "publication did not ask for it"
    assert second.pk != first.pk
    assert practical.request(public).pk == second.pk


def test_a_broker_that_is_down_does_not_stop_a_publication(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    missing = f"redis+socket:///tmp/{uuid4()}.sock?virtual_host=0"
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", missing)
    settings.CELERY_BROKER_URL = missing
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        practical.request(course.page(3))
    assert len(callbacks) == 1
    assert Document.objects.get().state == DocumentState.REQUESTED


def test_anyone_gets_the_file_of_this_edition(client: StrictClient, ready: Document) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="fiche-pratique-etape-1.pdf"'
    assert answer["Cache-Control"] == "public, max-age=600"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert len(queries) <= 3
    assert not answer.cookies


def test_while_it_is_prepared_the_page_says_so_and_follows(client: StrictClient) -> None:
    document = practical.request(course.page(1))
    page = client.get(address())
    assert page.status_code == 202
    assert "La fiche est en préparation" in words(page)
    content = page.content.decode()
    assert f'hx-get="/documents/{document.pk}/"' in content
    assert f'href="/documents/{document.pk}/">Actualiser' in content
    assert 'href="/se-former/etapes/etape-1/fiche/"' in content
    assert "no-store" in page["Cache-Control"]
    followed = client.get(f"/documents/{document.pk}/", headers={"HX-Request": "true"})
    assert "La fiche attend son tour" in words(followed)


def test_nothing_is_asked_by_reading(client: StrictClient) -> None:
    page = client.get(address())
    assert page.status_code == 200
    assert "La fiche est à préparer" in words(page)
    assert not Document.objects.exists()


def test_a_button_asks_for_what_is_missing(client: StrictClient) -> None:
    for _ in range(2):
        assert client.post(address())["Location"] == address()
    assert Document.objects.get().subject_id == course.page(1).pk
    assert client.get(address()).status_code == 202


def test_a_lost_file_is_prepared_again(client: StrictClient, ready: Document) -> None:
    files.delete(ready.file.name)
    page = client.get(address())
    assert page.status_code == 200
    assert "Le fichier n’est plus dans notre stockage" in words(page)
    client.post(address())
    ready.refresh_from_db()
    assert ready.state == DocumentState.REQUESTED


def test_a_failure_is_told_and_can_be_tried_again(client: StrictClient) -> None:
    document = practical.request(course.page(1))
    Document.objects.filter(pk=document.pk).update(state="failed", attempts=3, error=services.GAVE_UP)
    page = client.get(address())
    assert page.status_code == 200
    assert "La fiche n’a pas pu être préparée" in words(page)
    assert client.post(f"/documents/{document.pk}/reessayer/").status_code == 302
    document.refresh_from_db()
    assert document.state == DocumentState.REQUESTED


@pytest.mark.parametrize("slug", ["etape-99", "module-20-minutes"])
def test_only_steps_have_one(client: StrictClient, slug: str) -> None:
    for method in (client.get, client.post):
        assert method(f"/se-former/etapes/{slug}/fiche.pdf").status_code == 404


def test_a_step_that_is_not_public_has_none(client: StrictClient, ready: Document) -> None:
    Page.objects.create(slug="etape-secrete", kind="step", draft={"title": "Secrète"})
    assert client.get("/se-former/etapes/etape-secrete/fiche.pdf").status_code == 404


def test_at_each_deployment_the_files_that_are_missing_are_asked_for() -> None:
    course_content.load()
    assert Document.objects.filter(kind="course-sheet", is_public=True).count() == 7


def test_only_what_is_missing_is_asked_for() -> None:
    practical.request(course.page(1))
    assert request_missing() == 6
    assert request_missing() == 0
    assert Document.objects.filter(kind="course-sheet").count() == 7


def test_signed_in_it_is_the_same(client_of: Any, ready: Document) -> None:
    assert client_of(UserFactory.create()).get(address()).status_code == 200
