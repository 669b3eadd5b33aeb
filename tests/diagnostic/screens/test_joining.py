"""A code of six letters opens one's own copy; a personal link opens it again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from apps.core.secrets import hash_token
from apps.diagnostic.models import Respondent
from apps.diagnostic.services import close_campaign
from apps.diagnostic.views.joining import GATE
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, text
from tests.factories import UserFactory
from tests.factories.diagnostic import answer, respondent
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
JOIN = "/diagnostic/rejoindre/"


def door(place: Place) -> str:
    return f"{JOIN}{place.campaign.code}/"


def link(place: Place) -> str:
    return f"/diagnostic/reprendre/{place.token}/"


@pytest.mark.parametrize(
    "written", ["{}", " {} ", "lower", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "dashed"]
)
def test_the_code_is_found_however_it_is_written(place: Place, client: StrictClient, written: str) -> None:
    code = place.campaign.code
    ways = {"lower": code.lower(), "dashed": f"{code[:3].lower()}-{code[3:]}"}
    sent = client.post(JOIN, {"code": ways.get(written) or written.format(code)})
    assert sent["Location"] == door(place)


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("BBBBBB", 404, "Aucune campagne ouverte n’a ce code."),
        ("' OR 1=1 --", 404, "Aucune campagne ouverte n’a ce code."),
        ("", 422, "Écrivez le code de six lettres."),
        ("B" * 41, 422, "Un code compte six lettres"),
        ("BBB\x00BB", 422, "nul"),
    ],
)
def test_a_wrong_code_is_refused_in_french_and_kept(
    client: StrictClient, code: str, status: int, sentence: str
) -> None:
    sent = client.post(JOIN, {"code": code})
    assert sent.status_code == status
    assert sentence in text(sent)


@pytest.mark.parametrize("path", ["BBBBBB/", "%00/", "b%20b/", f"{'x' * 500}/", "é/"])
def test_an_address_with_an_unknown_code_says_so(client: StrictClient, path: str) -> None:
    sent = client.get(JOIN + path)
    assert sent.status_code == 404
    assert "Aucune campagne ouverte n’a ce code." in text(sent)


def test_guessing_is_stopped_and_a_good_code_too_until_later(place: Place, client: StrictClient) -> None:
    for _ in range(GATE.most):
        assert client.get(f"{JOIN}BBBBBB/").status_code == 404
    for sent in (client.post(JOIN, {"code": place.campaign.code}), client.get(door(place))):
        assert sent.status_code == 429
        assert "Attendez dix minutes" in text(sent)
    elsewhere = StrictClient(REMOTE_ADDR="192.0.2.77")
    assert elsewhere.get(door(place)).status_code == 200


def test_a_guest_starts_her_copy_and_sees_her_link_once(place: Place, client: StrictClient) -> None:
    page = client.get(door(place))
    assert "Votre regard est attendu." in text(page)
    assert "Personne ne voit ce que vous cochez." in text(page)
    sent = client.post(door(place), {"role": "equipe", "name": "Zoé", "email": ""}, follow=True)
    copy = Respondent.objects.get(name="Zoé")
    assert sent.redirect_chain == [(place.copy_url("", copy), 302)]
    assert "Votre lien personnel" in text(sent)
    url = body(sent).split('id="personal-url" readonly value="')[1].split('"')[0]
    other = StrictClient()
    assert other.post(url.removeprefix("http://testserver"))["Location"] == place.copy_url("", copy)
    client.post(place.copy_url("A1/", copy), {"value": "1"})
    assert url not in body(client.get(place.copy_url("", copy)))
    assert mail.outbox == []


def test_a_guest_who_gives_her_address_gets_her_link_by_mail(place: Place, client: StrictClient) -> None:
    sent = client.post(door(place), {"role": "equipe", "email": "zoe@exemple.fr"}, follow=True)
    assert "Il part aussi par courriel à zoe@exemple.fr." in text(sent)
    assert [m.to for m in mail.outbox] == [["zoe@exemple.fr"]]
    again = StrictClient().post(door(place), {"role": "equipe", "email": "ZOE@exemple.fr", "name": "Zoé"})
    assert again.status_code == 422
    assert "déjà un questionnaire dans cette campagne" in text(again)
    assert 'value="Zoé"' in body(again)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choisissez votre place dans l’association."),
        ({"role": "reine"}, "choix"),
        ({"role": "equipe", "email": "zoe@"}, "prenom@exemple.fr"),
        ({"role": "equipe", "name": "z" * 81}, "80 caractères"),
    ],
)
def test_a_guest_is_told_what_is_wrong_and_keeps_the_rest(
    place: Place, client: StrictClient, data: dict[str, str], sentence: str
) -> None:
    sent = client.post(door(place), {"name": "Zoé", **data})
    assert sent.status_code == 422
    assert sentence in text(sent)
    assert f'value="{data.get("name", "Zoé")}"' in body(sent)
    assert place.campaign.respondents.count() == 1


def test_a_member_finds_her_usual_place_and_her_copy_again(place: Place) -> None:
    client = place.client("board")
    assert 'value="gouvernance" required id="id_role_0" checked' in body(client.get(door(place)))
    sent = client.post(door(place), {"role": "gouvernance"})
    mine = place.campaign.respondents.get(user=place.people["board"])
    assert sent["Location"] == client.get(door(place))["Location"] == place.copy_url("", mine)
    client.post(door(place), {"role": "equipe"})
    assert place.campaign.respondents.filter(user=place.people["board"]).count() == 1


def test_a_copy_already_open_on_this_device_is_offered_first(place: Place) -> None:
    page = place.client("guest").get(door(place))
    assert f'href="{place.copy_url()}"' in body(page)
    assert "Ce n’est pas le vôtre ?" in text(page)


def test_a_closed_campaign_takes_nobody_but_shows_a_member_her_answers(place: Place) -> None:
    mine = respondent(place.campaign, user=place.people["board"])
    answer(mine)
    close_campaign(campaign=place.campaign, by=None)
    for client in (place.client("anonymous"), place.client("staff")):
        for sent in (client.get(door(place)), client.post(door(place), {"role": "equipe"})):
            assert sent.status_code == 410
            assert "ne reçoit plus de réponse" in text(sent)
    assert place.client("board").get(door(place))["Location"] == place.copy_url("", mine)
    assert place.campaign.respondents.count() == 2


def test_visits_never_join_nor_open_a_copy(place: Place, client: StrictClient) -> None:
    invited = respondent(place.campaign, joined_at=None, token="m" * 32)
    for url in (door(place), f"{door(place)}?role=equipe&name=x", f"/diagnostic/reprendre/{'m' * 32}/"):
        assert client.get(url).status_code == 200
        assert client.head(url).status_code == 200
    invited.refresh_from_db()
    assert invited.joined_at is None
    assert place.campaign.respondents.count() == 2
    assert client.get(place.copy_url("", invited)).status_code == 302


def test_a_link_is_reused_as_often_as_needed(place: Place) -> None:
    for _ in range(2):
        client = StrictClient()
        assert "Bon retour, Léa." in text(client.get(link(place)))
        assert client.post(link(place))["Location"] == place.copy_url()
        assert client.get(place.copy_url()).status_code == 200


def test_an_invited_person_reads_as_whom_she_answers(place: Place, client: StrictClient) -> None:
    respondent(place.campaign, "gouvernance", joined_at=None, token="m" * 32)
    page = text(client.get(f"/diagnostic/reprendre/{'m' * 32}/"))
    assert "Vous répondez comme : gouvernance." in page


def test_an_expired_link_says_what_to_do(place: Place, client: StrictClient) -> None:
    Respondent.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for sent in (client.get(link(place)), client.post(link(place))):
        assert sent.status_code == 410
        assert "Ce lien a expiré." in text(sent)
        assert "Vos réponses sont gardées" in text(sent)
    assert client.get(place.copy_url()).status_code == 302


@pytest.mark.parametrize("token", ["inconnu", "x" * 300, "%00", "jeton-de-la-personne-invite"])
def test_an_unknown_link_leads_nowhere(place: Place, client: StrictClient, token: str) -> None:
    for sent in (
        client.get(f"/diagnostic/reprendre/{token}/"),
        client.post(f"/diagnostic/reprendre/{token}/"),
    ):
        assert sent.status_code == 404
        assert "Ce lien ne mène nulle part." in text(sent)


def test_the_link_of_a_closed_campaign_opens_the_answers_to_read(place: Place, client: StrictClient) -> None:
    answer(place.guest)
    close_campaign(campaign=place.campaign, by=None)
    assert "vous pouvez le relire" in text(client.get(link(place)))
    assert "en lecture seule" in text(client.post(link(place), follow=True))


def test_a_link_opened_with_an_account_joins_it(place: Place) -> None:
    client, user = StrictClient(), UserFactory.create()
    client.force_login(user)
    client.post(link(place))
    place.guest.refresh_from_db()
    assert place.guest.user == user
    elsewhere = StrictClient()
    elsewhere.force_login(user)
    assert elsewhere.get(place.copy_url()).status_code == 200


def ticket_of(place: Place) -> str:
    form = body(StrictClient().get(door(place)))
    return re.search(r'name="ticket" value="([\w-]+)"', form)[1]  # type: ignore[index]


def start(place: Place, ticket: str, **typed: str) -> str:
    """The address of the copy that this click opens, in a browser that has no cookie yet."""
    sent = StrictClient().post(door(place), {"role": "equipe", "name": "Zoé", "ticket": ticket, **typed})
    return str(sent["Location"])


def test_a_double_click_opens_one_copy(place: Place) -> None:
    before, ticket = place.campaign.respondents.count(), ticket_of(place)
    assert start(place, ticket, email="zoe@exemple.fr") == start(place, ticket, email="zoe@exemple.fr")
    assert place.campaign.respondents.count() == before + 1
    assert len(mail.outbox) == 1


def test_two_people_behind_one_form_never_share_a_copy(place: Place) -> None:
    ticket = ticket_of(place)
    first = start(place, ticket)
    answer(Respondent.objects.get(pk=first.split("/")[3]))
    second = start(place, ticket)
    Respondent.objects.filter(pk=second.split("/")[3]).update(joined_at=timezone.now() - timedelta(minutes=2))
    assert len({first, second, start(place, ticket)}) == 3


def test_a_ticket_that_we_did_not_draw_is_replaced(place: Place) -> None:
    copy = Respondent.objects.get(pk=start(place, "facile").split("/")[3])
    assert copy.token_hash != hash_token("facile")
