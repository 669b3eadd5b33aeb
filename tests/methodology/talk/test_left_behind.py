"""What was being written when the démarche closed is still on the page; what no page sends is cleaned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from apps.methodology.models import Comment, Decision, Seat
from apps.methodology.services.engagements import close_engagement
from tests.accounts.helpers import text
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.talk.helpers import url
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


def test_hidden_characters_of_a_comment_go_and_its_lines_stay(client_of: ClientOf, lead: Seat) -> None:
    client = client_of(lead.user)
    client.post(url("step_comments", lead.engagement, 2), {"text": "Oui\x00\r\nnon\u0007"})
    made = Comment.objects.get()
    assert made.text == "Oui\nnon"
    client.post(url("comment_act", lead.engagement, made.pk), {"act": "edit", "text": "\x00Peut-être"})
    made.refresh_from_db()
    assert made.text == "Peut-être"
    assert client.post(url("step_comments", lead.engagement, 2), {"text": "\x00"}).status_code == 422


def test_a_comment_as_long_as_its_field_is_taken_whatever_its_lines(client_of: ClientOf, lead: Seat) -> None:
    said = "ab\r\n" * 666  # 1998 characters as the page counts them
    client_of(lead.user).post(url("step_comments", lead.engagement, 2), {"text": said})
    assert Comment.objects.get().text.count("\n") == 665


def test_a_comment_on_a_closed_demarche_stays_on_the_page(client_of: ClientOf, lead: Seat) -> None:
    close_engagement(seat=lead)
    for headers in ({}, {"HX-Request": "true"}):
        sent = {"text": "Et la mairie ?", "key": str(uuid4())}
        page = client_of(lead.user).post(url("step_comments", lead.engagement, 2), sent, headers=headers)
        assert "Et la mairie ?" in text(page)
        assert "Cette démarche est close" in text(page)
    assert not Comment.objects.exists()


def test_a_decision_for_a_closed_demarche_stays_in_its_form(client_of: ClientOf, lead: Seat) -> None:
    close_engagement(seat=lead)
    said = {
        "what": "Garder l’accueil",
        "decided_by": "Le bureau",
        "decided_on": date(2027, 3, 3),
        "step": "2",
        "why": "Le cœur du projet",
    }
    page = client_of(lead.user).post(url("decision_new", lead.engagement), said)
    assert page.status_code == 422
    assert "Le cœur du projet" in text(page)
    assert "Cette démarche est close" in text(page)
    assert not Decision.objects.exists()
