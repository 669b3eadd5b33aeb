"""A session that expired mid-answer loses nothing, and tells a stranger nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from apps.diagnostic import access
from apps.diagnostic.models import Respondent
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import FRAGMENT, body, checked, text
from tests.factories.diagnostic import answer, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(place: Place) -> Respondent:
    return respondent(place.campaign, user=place.people["staff"])


def expired(client: StrictClient) -> StrictClient:
    """The server forgets the session; the browser still sends its cookie."""
    Session.objects.all().delete()
    return client


def signs_in(client: StrictClient, place: Place) -> None:
    client.force_login(place.people["staff"])


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_the_answer_is_kept_and_proposed_after_signing_in(
    place: Place, mine: Respondent, headers: dict[str, str]
) -> None:
    answer(mine, "A1", "0")
    client, url = expired(place.client("staff")), place.copy_url("A1/", mine)
    sent = client.post(url, {"value": "3"}, headers=headers)
    assert sent.status_code == 403
    assert "Votre session a expiré." in text(sent)
    assert "gardée sur cet appareil" in text(sent)
    assert f'href="/compte/login/?next={url}"' in body(sent)
    assert ("<html" in body(sent)) is (not headers)
    signs_in(client, place)
    back = client.get(url)
    assert checked(body(back)) == ["3"]
    assert "n’est pas encore enregistrée" in text(back)
    assert mine.answers.get().value == "0"
    client.post(url, {"value": "3"})
    assert mine.answers.get().value == "3"
    assert "n’est pas encore enregistrée" not in text(client.get(url))


def test_the_sign_in_page_leads_back_to_the_statement(place: Place, mine: Respondent) -> None:
    client, url = expired(place.client("staff")), place.copy_url("A1/", mine)
    client.post(url, {"value": "3"})
    place.people["staff"].set_password("une phrase assez longue")
    place.people["staff"].save()
    sent = client.post(
        f"/compte/login/?next={url}",
        {"login": place.people["staff"].email, "password": "une phrase assez longue", "next": url},
    )
    assert sent["Location"] == url
    assert checked(body(client.get(url))) == ["3"]


def test_a_guest_finds_her_answer_back_with_her_link(place: Place) -> None:
    client = expired(place.client("guest"))
    client.post(place.copy_url("B2/"), {"value": "nc"}, headers=FRAGMENT)
    back = client.post(f"/diagnostic/reprendre/{place.token}/", follow=True)
    assert back.redirect_chain == [(place.copy_url("B2/"), 302)]
    assert "Une réponse attendait votre retour" in text(back)
    assert checked(body(back)) == ["nc"]
    client.post(place.copy_url("B2/"), {"value": "nc"})
    assert place.guest.answers.get().value == "nc"
    assert client.post(f"/diagnostic/reprendre/{place.token}/")["Location"] == place.copy_url()


@pytest.mark.parametrize("data", [{"value": "42"}, {"confirm": "1"}, {}])
def test_nothing_is_said_to_be_kept_when_nothing_is(
    place: Place, mine: Respondent, data: dict[str, str]
) -> None:
    for headers, sentence in (
        ({}, "Votre dernier geste n’a pas été enregistré"),
        (FRAGMENT, "n’a pas été enregistrée"),
    ):
        client = expired(place.client("staff"))
        sent = text(client.post(place.copy_url("A1/", mine), data, headers=headers))
        assert sentence in sent
        assert "gardée sur cet appareil" not in sent


def test_an_answer_may_be_changed_while_it_waits_however_many_wait(
    place: Place, mine: Respondent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MOST_PENDING", 2)
    client = expired(place.client("staff"))
    for code, value in (("A1", "0"), ("A2", "0"), ("A1", "3")):
        assert "est gardée" in text(client.post(place.copy_url(f"{code}/", mine), {"value": value}))
    assert "n’a pas été enregistré" in text(client.post(place.copy_url("A3/", mine), {"value": "1"}))
    signs_in(client, place)
    assert checked(body(client.get(place.copy_url("A1/", mine)))) == ["3"]
    assert checked(body(client.get(place.copy_url("A3/", mine)))) == []


def test_an_unknown_statement_is_not_kept(place: Place) -> None:
    client = expired(place.client("guest"))
    assert "n’a pas été enregistré" in text(client.post(place.copy_url("Z9/"), {"value": "1"}))
    assert client.post(f"/diagnostic/reprendre/{place.token}/")["Location"] == place.copy_url()


def test_what_waits_is_for_her_copy_only(place: Place, mine: Respondent) -> None:
    client = expired(place.client("guest"))
    client.post(place.copy_url("A1/"), {"value": "3"})
    signs_in(client, place)
    assert checked(body(client.get(place.copy_url("A1/", mine)))) == []
    assert client.get(place.copy_url("A1/")).status_code == 404


def test_a_page_asked_without_a_session_is_sent_to_where_one_is_recognised(place: Place) -> None:
    client = place.client("anonymous")
    for name in ("", "A1/", "merci/", "terminer/"):
        sent = client.get(place.copy_url(name), follow=True)
        assert sent.redirect_chain[0][0].startswith("/diagnostic/rejoindre/?suite=")
        assert "Votre session a expiré." in text(sent)
        assert "ouvrez de nouveau votre lien personnel" in text(sent)
    asked = client.get(place.copy_url("A1/"), follow=True)
    assert f"/compte/login/?next={place.copy_url('A1/')}" in body(asked)


def test_a_copy_that_does_not_exist_answers_a_stranger_the_same(place: Place) -> None:
    client = place.client("anonymous")
    for pk in (place.guest.pk, uuid4()):
        url = f"/diagnostic/reponses/{pk}/"
        assert client.get(url).status_code == 302
        assert client.post(f"{url}A1/", {"value": "1"}).status_code == 403
        assert client.post(f"{url}terminer/").status_code == 302


@pytest.mark.parametrize(
    "after", ["https://exemple.com/", "//exemple.com", "javascript:alert(1)", "/\\exemple.com"]
)
def test_the_way_back_never_leaves_the_site(client: StrictClient, after: str) -> None:
    page = client.get("/diagnostic/rejoindre/", {"suite": after})
    assert "Votre session a expiré" not in text(page)
    assert "exemple.com" not in body(page)
