"""The facilitation guide as a file: asked for when the method is published, served to anyone, printable, accessible."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import page as pdf_rules
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.pdf import render_pdf
from apps.core.typography import nbsp
from apps.documents import files, rendering, services
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from apps.methodology import content
from apps.methodology.models import MethodStep
from apps.methodology.public import guide, selectors
from apps.methodology.public.sheet import StepSheet
from apps.methodology.public.words import duration
from tests.diagnostic.report_files import _walk, squeezed
from tests.factories import UserFactory
from tests.pages.support import said
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def address(number: int = 1) -> str:
    return f"/agir/methode/{selectors.step(number).slug}/guide.pdf"


@pytest.fixture
def ready() -> Document:
    document = guide.request(selectors.step(1))
    assert rendering.render_document(document.pk)
    document.refresh_from_db()
    return document


# The paper


@pytest.fixture(scope="module", params=range(1, 9))
def printed(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[StepSheet, bytes]]:
    with django_db_blocker.unblock():
        source = guide.build(MethodStep.objects.get(number=request.param).pk)
        yield selectors.step(request.param), render_pdf(source.html, at=source.at).content


def test_it_conforms_and_takes_one_or_two_pages(printed: tuple[StepSheet, bytes]) -> None:
    _, made = printed
    found = pdf_rules.validate_pdf_bytes(made, profile="ua1")
    assert found.is_compliant, [f"{f.rule_id} {f.message}" for f in found.failures]
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert len(pages) <= 2
    assert len(squeezed(pages[-1].extract_text())) > 250, "a page for nearly nothing"


def test_it_holds_what_one_needs_in_hand(printed: tuple[StepSheet, bytes]) -> None:
    step, made = printed
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages))
    lines = [step.title, step.guide.aim, *step.prepare, *step.guide.material, *step.after, *step.done_when]
    lines += [person.who for person in step.people]
    lines += [part for trap in step.traps for part in (trap.when, trap.do)]
    for timed in guide.timed(step):
        one = timed.moment
        lines += [f"{one.minutes} min", f"jusqu’à {timed.until}", one.title, one.do, one.produces]
    assert [line for line in lines if squeezed(nbsp(line)) not in text] == []
    assert "propositionpédagogique" in text


def test_the_course_of_the_workshop_is_a_table_with_headings(printed: tuple[StepSheet, bytes]) -> None:
    step, made = printed
    kinds = [kind for kind, _ in _walk(pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"])]  # type: ignore[index]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 5 + len(step.guide.moments) + len(step.traps)
    assert kinds.count("/TD") == 2 * len(step.guide.moments) + len(step.traps)


def test_the_last_moment_ends_with_the_workshop() -> None:
    for step in selectors.steps():
        assert guide.timed(step)[-1].until == duration(step.workshop_minutes)


# The file


def test_anyone_gets_the_file(client: StrictClient, ready: Document) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="guide-1-cadrer-et-mobiliser.pdf"'
    assert answer["Cache-Control"] == "public, max-age=600"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert len(queries) <= 3
    assert not answer.cookies


def test_signed_in_it_is_the_same(client_of: Any, ready: Document) -> None:
    assert client_of(UserFactory.create()).get(address()).status_code == 200


def test_while_it_is_prepared_the_page_says_so_and_follows(client: StrictClient) -> None:
    document = guide.request(selectors.step(1))
    page = client.get(address())
    assert page.status_code == 202
    assert "Le guide est en préparation" in said(page)
    assert f'hx-get="/documents/{document.pk}/"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    followed = client.get(f"/documents/{document.pk}/", headers={"HX-Request": "true"})
    assert "Le guide attend son tour" in said(followed)


def test_nothing_is_asked_by_reading(client: StrictClient) -> None:
    page = client.get(address())
    assert page.status_code == 200
    assert "Le guide est à préparer" in said(page)
    assert not Document.objects.exists()


def test_a_button_asks_for_what_is_missing(client: StrictClient) -> None:
    for _ in range(2):
        assert client.post(address())["Location"] == address()
    document = Document.objects.get()
    assert (document.is_public, document.owner, document.organisation) == (True, None, None)
    assert document.subject_id == MethodStep.objects.get(number=1).pk
    assert client.get(address()).status_code == 202


def test_a_lost_file_is_prepared_again(client: StrictClient, ready: Document) -> None:
    files.delete(ready.file.name)
    page = client.get(address())
    assert page.status_code == 200
    assert "Le fichier n’est plus dans notre stockage" in said(page)
    client.post(address())
    ready.refresh_from_db()
    assert ready.state == DocumentState.REQUESTED


def test_a_failure_is_told_and_can_be_tried_again(client: StrictClient) -> None:
    document = guide.request(selectors.step(1))
    Document.objects.filter(pk=document.pk).update(state="failed", attempts=3, error=services.GAVE_UP)
    page = client.get(address())
    assert page.status_code == 200
    assert "Le guide n’a pas pu être préparé" in said(page)
    assert client.post(f"/documents/{document.pk}/reessayer/").status_code == 302
    document.refresh_from_db()
    assert document.state == DocumentState.REQUESTED


def test_only_steps_have_one(client: StrictClient) -> None:
    for method in (client.get, client.post):
        assert method("/agir/methode/rien/guide.pdf").status_code == 404


def test_at_each_deployment_only_missing_guides_are_asked_for() -> None:
    guide.request(selectors.step(1))
    content.load()
    assert Document.objects.filter(kind=guide.KIND, is_public=True).count() == 8
    assert guide.request_missing() == 0
