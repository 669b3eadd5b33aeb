"""Following a document and taking its file: each state, each role, with and without JavaScript."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.documents import files as stored
from apps.documents import services
from apps.documents.enums import DocumentState
from apps.documents.models import Document
from tests.factories import OrganisationFactory, member
from tests.factories.documents import PDF, document, ready_document
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
POLLING = 'hx-trigger="every 1s"'


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(name="Les Ateliers du Canal")


@pytest.fixture
def me(organisation: Organisation, client_of: Callable[[User], StrictClient]) -> StrictClient:
    return client_of(member(organisation))


def make(organisation: Organisation, state: str, **fields: Any) -> Document:
    if state == DocumentState.READY:
        return ready_document(organisation, **fields)
    if state == DocumentState.FAILED:
        fields = {"attempts": 3, "error": services.GAVE_UP, **fields}
    if state == DocumentState.RENDERING:
        fields = {"attempts": 1, "progress": 40, "claim": uuid4(), **fields}
    return document(organisation, state=state, **{"requested_at": timezone.now(), **fields})


def url(of: Document, name: str = "") -> str:
    return f"/documents/{of.pk}/{name}"


def words(content: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", content))
    return re.sub(r"[\s\u00a0\u202f]+", " ", plain)


SAID = {
    DocumentState.REQUESTED: "Votre rapport attend son tour",
    DocumentState.RENDERING: "Votre rapport se prépare",
    DocumentState.READY: "Télécharger le rapport PDF de 8 pages, 1 ko",
    DocumentState.FAILED: "Réessayez ; si l’échec se répète, écrivez-nous.",
}


@pytest.mark.parametrize("state", DocumentState.values)
def test_the_fragment_says_what_the_page_says(
    me: StrictClient, organisation: Organisation, state: str
) -> None:
    followed = make(organisation, state)
    page = me.get(url(followed)).content.decode()
    fragment = me.get(url(followed), headers=HTMX).content.decode()
    assert SAID[DocumentState(state)] in words(page)
    own, _, announced = fragment.partition("<div hx-swap-oob")
    unmasked = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert unmasked.sub("", own.strip()) in unmasked.sub("", page)
    assert "<html" not in fragment
    assert bool(announced) == (state in (DocumentState.READY, DocumentState.FAILED))


@pytest.mark.parametrize("state", DocumentState.values)
def test_a_fragment_asks_again_only_while_something_may_change(
    me: StrictClient, organisation: Organisation, state: str
) -> None:
    fragment = me.get(url(make(organisation, state)), headers=HTMX).content.decode()
    assert (POLLING in fragment) == (state in (DocumentState.REQUESTED, DocumentState.RENDERING))


def test_without_javascript_a_link_follows_and_a_button_tries_again(
    me: StrictClient, organisation: Organisation
) -> None:
    waiting = make(organisation, DocumentState.RENDERING)
    assert f'href="{url(waiting)}">Actualiser' in me.get(url(waiting)).content.decode()
    failed = make(organisation, DocumentState.FAILED)
    page = me.get(url(failed)).content.decode()
    assert f'<form method="post" action="{url(failed, "reessayer/")}"' in page
    after = me.post(url(failed, "reessayer/"), follow=True)
    assert after.redirect_chain == [(url(failed), 302)]
    assert "Votre rapport attend son tour" in words(after.content.decode())


def test_with_htmx_trying_again_gives_the_fragment_that_polls(
    me: StrictClient, organisation: Organisation
) -> None:
    failed = make(organisation, DocumentState.FAILED)
    answer = me.post(url(failed, "reessayer/"), headers=HTMX)
    assert answer.status_code == 200
    assert POLLING in answer.content.decode()


def test_trying_again_is_asked_by_a_post(me: StrictClient, organisation: Organisation) -> None:
    failed = make(organisation, DocumentState.FAILED)
    assert me.get(url(failed, "reessayer/")).status_code == 405
    failed.refresh_from_db()
    assert failed.state == DocumentState.FAILED
    assert me.post(url(failed)).status_code == 405


def test_after_ten_silent_seconds_the_page_says_that_the_request_is_kept(
    me: StrictClient, organisation: Organisation
) -> None:
    kept = "Votre demande est gardée : le rapport sera préparé dès qu’elle répondra."
    for seconds, told in ((8, False), (12, True)):
        asked = timezone.now() - timedelta(seconds=seconds)
        waiting = make(organisation, DocumentState.REQUESTED, requested_at=asked)
        assert (kept in words(me.get(url(waiting)).content.decode())) == told


def test_between_two_tries_the_page_says_so(me: StrictClient, organisation: Organisation) -> None:
    for attempts in (1, 2):
        waiting = make(organisation, DocumentState.REQUESTED, attempts=attempts)
        assert "Un essai a échoué : un autre suit" in words(me.get(url(waiting)).content.decode())


def test_a_poll_costs_no_more_requests_than_the_page(me: StrictClient, organisation: Organisation) -> None:
    waiting = make(organisation, DocumentState.REQUESTED)
    counts = []
    for headers in ({}, HTMX):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            me.get(url(waiting), headers=headers)
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 8


# The file


def test_the_file_comes_with_its_name_and_is_kept_nowhere(
    me: StrictClient, organisation: Organisation
) -> None:
    made = ready_document(organisation, filename="auto-diagnostic-été à l’Isle.pdf")
    answer = me.get(url(made, "telecharger/"))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''auto-diagnostic-%C3%A9t%C3%A9%20%C3%A0%20l%E2%80%99Isle.pdf"
    )
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert me.head(url(made, "telecharger/")).status_code == 200
    assert "no-store" in me.get(url(made))["Cache-Control"]


def test_a_file_not_ready_leads_to_its_progress(me: StrictClient, organisation: Organisation) -> None:
    for state in (DocumentState.REQUESTED, DocumentState.RENDERING, DocumentState.FAILED):
        waiting = make(organisation, state)
        answer = me.get(url(waiting, "telecharger/"))
        assert (answer.status_code, answer["Location"]) == (302, url(waiting))


def test_a_lost_file_is_said_and_can_be_prepared_again(me: StrictClient, organisation: Organisation) -> None:
    lost = ready_document(organisation)
    stored.delete(lost.file.name)
    answer = me.get(url(lost, "telecharger/"))
    assert answer.status_code == 410
    assert "Vos réponses et votre résultat sont intacts" in words(answer.content.decode())
    assert f'action="{url(lost, "reessayer/")}"' in answer.content.decode()
    after = me.post(url(lost, "reessayer/"), follow=True)
    assert "Votre rapport attend son tour" in words(after.content.decode())


# Rights

ADDRESSES = [("get", ""), ("get", "telecharger/"), ("post", "reessayer/")]


@pytest.mark.parametrize("role", Role.values)
def test_every_member_follows_and_takes_the_file(
    organisation: Organisation, client_of: Callable[[User], StrictClient], role: str
) -> None:
    made, person = ready_document(organisation), client_of(member(organisation, role))
    assert person.get(url(made)).status_code == 200
    assert person.get(url(made, "telecharger/")).status_code == 200
    assert person.post(url(made, "reessayer/")).status_code == 302


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
def test_for_everyone_else_the_document_does_not_exist(
    organisation: Organisation, client_of: Callable[[User], StrictClient], method: str, name: str
) -> None:
    made = make(organisation, DocumentState.FAILED)
    left = member(organisation)
    left.memberships.all().delete()
    for stranger in (member(OrganisationFactory.create()), left):
        client = client_of(stranger)
        assert getattr(client, method)(url(made, name)).status_code == 404
        missing = f"/documents/{uuid4()}/{name}"
        assert getattr(client, method)(missing).status_code == 404
    made.refresh_from_db()
    assert made.state == DocumentState.FAILED


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
def test_without_account_one_signs_in_first(
    client: StrictClient, organisation: Organisation, method: str, name: str
) -> None:
    made = ready_document(organisation)
    answer = getattr(client, method)(url(made, name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/login/?next=")
