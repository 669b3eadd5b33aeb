"""What everybody sees of the agenda, without JavaScript: lists, a session, its registration."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from post_office.models import Email

from apps.agenda.models import Registration
from apps.catalogue.models import Fragility, Goal
from tests.agenda.helpers import last_mail, leave_path, mails_to, said
from tests.factories import UserFactory
from tests.factories.agenda import JOIN, cancelled, moment, session
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
AGENDA = "/s-informer/agenda/"
NASTY = "</script><script>alert(1)</script> \" ' & {{ oups }}"


def tagged(**fields: Any) -> Any:
    row = session(**fields)
    row.goals.set([Goal.objects.get(number=11)])
    row.fragilities.set([Fragility.objects.get(slug="emploi")])
    return row


# The list


def test_the_agenda_lists_what_comes_then_what_is_gone(client: StrictClient) -> None:
    for day, title in (
        (date(2027, 2, 18), "Après"),
        (date(2027, 1, 21), "Bientôt"),
        (date(2026, 10, 15), "Avant"),
    ):
        session(day, title=title)
    session(date(2026, 11, 19), title="Récente")
    cancelled(date(2027, 3, 18), title="Retirée")
    session(date(2027, 4, 15), title="Secrète", state="draft")
    page = said(client.get(AGENDA))
    places = [page.index(word) for word in ("Bientôt", "Après", "Retirée", "Passées", "Récente", "Avant")]
    assert places == sorted(places)
    assert "Secrète" not in page
    assert "Annulée" in page
    assert "L’intervenante est souffrante." in page
    assert "Jeudi 21 janvier 2027 , de 13 h à 14 h 30" in page


def test_an_empty_agenda_says_when_the_next_usual_day_falls_and_invents_nothing(client: StrictClient) -> None:
    page = said(client.get(AGENDA))
    assert "Aucune séance n’est annoncée" in page
    assert "le prochain tombe le jeudi 17 décembre 2026" in page
    assert "Passées" not in page


def test_how_to_subscribe_is_said(client: StrictClient, settings: Any) -> None:
    settings.SITE_URL = "https://trajectoires.example"
    html = client.get(AGENDA).content.decode()
    assert 'href="webcal://trajectoires.example/s-informer/agenda.ics"' in html
    assert 'href="/s-informer/agenda.ics">https://trajectoires.example/s-informer/agenda.ics<' in html
    assert 'href="/s-informer/agenda.atom"' in html


def test_only_curators_see_the_way_to_their_room(client: StrictClient, client_of: Any, curator: Any) -> None:
    assert "Gérer l’agenda" not in said(client.get(AGENDA))
    assert "Gérer l’agenda" not in said(client_of(UserFactory.create()).get(AGENDA))
    assert "Gérer l’agenda" in said(client_of(curator).get(AGENDA))


def test_an_invented_session_is_marked_everywhere(client: StrictClient) -> None:
    row = session(is_demo=True)
    for path in (AGENDA, row.get_absolute_url(), "/s-informer/"):
        assert "démonstration" in said(client.get(path)), path


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_queries_whatever_it_holds(
    client: StrictClient, django_assert_num_queries: Any, count: int
) -> None:
    for month in range(count):
        tagged(day=date(2027, month + 1, 21))
        tagged(day=date(2026, month + 1, 21))
    with django_assert_num_queries(2):
        client.get(AGENDA)


# A session


def test_a_session_says_its_day_its_hours_and_its_themes(client: StrictClient) -> None:
    row = tagged()
    page = client.get(row.get_absolute_url())
    assert "Jeudi 21 janvier 2027 , de 13 h à 14 h 30, en ligne." in said(page)
    html = page.content.decode()
    assert 'href="/catalogue/odd/11/"' in html
    assert 'href="/catalogue/fragilites/emploi/"' in html
    assert '<time datetime="2027-01-21T13:00:00+01:00">' in html
    assert "effacée trente jours après" in said(page)
    assert "/confidentialite/" in html


def test_the_link_to_join_is_on_no_page(client: StrictClient, client_of: Any) -> None:
    row = session()
    paths = (AGENDA, row.get_absolute_url(), f"{row.get_absolute_url()}inscription/", "/s-informer/")
    for visitor in (client, client_of(UserFactory.create())):
        for path in (*paths, "/s-informer/agenda.atom"):
            assert JOIN not in visitor.get(path).content.decode()


def test_a_draft_is_nowhere(client: StrictClient, client_of: Any, curator: Any) -> None:
    row = session(state="draft")
    for tail in ("", "inscription/", "seance.ics"):
        assert client.get(row.get_absolute_url() + tail).status_code == 404
        assert client_of(curator).get(row.get_absolute_url() + tail).status_code == 404
    assert client.post(row.get_absolute_url(), {"email": "ami@exemple.fr"}).status_code == 404


def test_a_session_gone_by_or_cancelled_shows_no_form(client: StrictClient, clock: Any) -> None:
    row, gone = session(), cancelled(date(2027, 2, 18))
    page = client.get(gone.get_absolute_url())
    assert "Cette séance est annulée." in said(page)
    assert "L’intervenante est souffrante." in said(page)
    assert "<form" not in page.content.decode().split('<main id="contenu"')[1]
    clock(moment(hour=14, minute=30))
    page = client.get(row.get_absolute_url())
    assert "Cette séance a eu lieu." in said(page)
    assert 'name="email"' not in page.content.decode()


@pytest.mark.parametrize("goals", [1, 3])
def test_a_session_costs_three_queries(
    client: StrictClient, django_assert_num_queries: Any, goals: int
) -> None:
    row = session()
    row.goals.set(Goal.objects.all()[:goals])
    row.fragilities.set(Fragility.objects.all()[:goals])
    with django_assert_num_queries(3):
        client.get(row.get_absolute_url())


def structured(page: Any) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.S)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_search_engines_read_an_event(client: StrictClient, settings: Any) -> None:
    settings.SITE_URL = "https://trajectoires.example"
    told = structured(client.get(session(slug="habiter").get_absolute_url()))
    assert told["@type"] == "Event"
    assert told["startDate"] == "2027-01-21T13:00:00+01:00"
    assert told["endDate"] == "2027-01-21T14:30:00+01:00"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["url"] == "https://trajectoires.example/s-informer/agenda/habiter/"
    summer = structured(client.get(session(date(2027, 4, 15)).get_absolute_url()))
    assert summer["startDate"] == "2027-04-15T13:00:00+02:00"
    gone = structured(client.get(cancelled(date(2027, 2, 18)).get_absolute_url()))
    assert gone["eventStatus"] == "https://schema.org/EventCancelled"


def test_nothing_written_in_a_session_becomes_markup(client: StrictClient) -> None:
    nasty = NASTY.replace("{{ oups }}", "<b>")
    row = session(title=nasty, summary=nasty)
    for path in (AGENDA, row.get_absolute_url(), f"{row.get_absolute_url()}inscription/", "/s-informer/"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html, path
        assert "&lt;script&gt;alert" in html, path
    told = structured(client.get(row.get_absolute_url()))
    assert (told["name"], told["description"]) == (nasty, nasty)


# Registering


def test_registering_then_leaving_without_javascript(client: StrictClient) -> None:
    row = session()
    page = client.get(row.get_absolute_url()).content.decode()
    assert f'action="{row.get_absolute_url()}"' in page
    done = client.post(
        row.get_absolute_url(), {"email": "ami@exemple.fr", "name": " Nadia  B. "}, follow=True
    )
    assert done.redirect_chain == [(f"{row.get_absolute_url()}inscription/", 302)]
    assert "Regardez votre boîte aux lettres" in said(done)
    assert Registration.objects.get().name == "Nadia B."
    page = said(client.post(leave_path(last_mail()), follow=True))
    assert "Vous n’êtes plus inscrit." in page
    assert Registration.objects.filter(cancelled_at=None).count() == 0


def test_a_signed_in_person_finds_her_address_and_her_name_stays_hers(client_of: Any) -> None:
    person = UserFactory.create(email="nadia@exemple.fr", full_name="Nadia Secrète")
    html = client_of(person).get(session().get_absolute_url()).content.decode()
    form = html.split('id="inscription"')[1]
    assert 'value="nadia@exemple.fr"' in form
    assert "Nadia Secrète" not in form


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "", "name": "Zoé"}, "Indiquez une adresse"),
        ({"email": "zoe@", "name": "Zoé"}, "Cette adresse est incomplète"),
        ({"email": "zoe@exemple.fr", "name": "Zoé" * 30}, "dépasse 80 caractères"),
        ({"email": f"{'z' * 250}@exemple.fr", "name": "Zoé"}, "Cette adresse est"),
    ],
)
def test_what_was_typed_stays_and_the_page_says_how_to_mend_it(
    client: StrictClient, data: dict[str, str], words: str
) -> None:
    page = client.post(session().get_absolute_url(), data)
    assert page.status_code == 422
    assert words in said(page)
    for value in data.values():
        assert f'value="{value}"' in page.content.decode() or not value
    assert not Email.objects.exists()


def test_a_name_is_never_markup_nor_control_characters(client: StrictClient) -> None:
    row = session()
    client.post(row.get_absolute_url(), {"email": "ami@exemple.fr", "name": "<b>Zoé\x07</b>\n\x00"})
    assert Registration.objects.get().name == "<b>Zoé</b>"
    page = client.post(row.get_absolute_url(), {"email": "non", "name": NASTY.replace("{{ oups }}", "")})
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(("state", "words"), [("cancelled", "est annulée"), ("gone", "a déjà eu lieu")])
def test_a_form_sent_too_late_is_answered_with_a_sentence(
    client: StrictClient, clock: Any, state: str, words: str
) -> None:
    row = cancelled() if state == "cancelled" else session()
    clock(moment(hour=15))
    if state == "cancelled":
        clock(moment(hour=10))
    page = client.post(row.get_absolute_url(), {"email": "ami@exemple.fr"})
    assert page.status_code == 409
    assert words in said(page)
    assert 'value="ami@exemple.fr"' in page.content.decode()
    assert not Registration.objects.exists()


def test_the_answer_is_the_same_for_an_address_already_there(client: StrictClient) -> None:
    """Nobody learns who comes: same status, same address, same page, same cookies."""
    row = session()
    answers = []
    for email in ("ami@exemple.fr", "ami@exemple.fr", "autre@exemple.fr"):
        visitor = StrictClient()
        page = visitor.post(row.get_absolute_url(), {"email": email})
        then = visitor.get(page["Location"])
        answers.append((page.status_code, page["Location"], page.content, then.content, set(visitor.cookies)))
    assert answers[0] == answers[1] == answers[2]
    assert "exemple.fr" not in answers[0][3].decode()
    assert len(mails_to("ami@exemple.fr")) == 1


def test_a_machine_is_stopped_and_a_meeting_room_is_not(client: StrictClient) -> None:
    row = session()

    def post(n: int, address: str) -> Any:
        return StrictClient(REMOTE_ADDR=address).post(row.get_absolute_url(), {"email": f"ami{n}@exemple.fr"})

    assert [post(n, "192.0.2.1").status_code for n in range(30)] == [302] * 30
    page = post(31, "192.0.2.1")
    assert page.status_code == 429
    assert "Attendez dix minutes" in said(page)
    assert 'value="ami31@exemple.fr"' in page.content.decode()
    assert post(32, "192.0.2.2").status_code == 302
    for n in range(31):
        post(n, "2001:db8:0:1::1")
    assert post(33, "2001:db8:0:1:ffff::9").status_code == 429
    assert post(34, "2001:db8:0:2::1").status_code == 302
    cache.clear()
    assert post(31, "192.0.2.1").status_code == 302


def test_a_mail_that_could_not_be_written_is_said(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("apps.agenda.mails.mail", fail)
    page = client.post(session().get_absolute_url(), {"email": "ami@exemple.fr"}, follow=True)
    assert "son courriel n’a pas pu être préparé" in said(page)
    assert Registration.objects.count() == 1


def test_another_site_cannot_register_anybody(client: StrictClient) -> None:
    strict = StrictClient(enforce_csrf_checks=True)
    assert strict.post(session().get_absolute_url(), {"email": "ami@exemple.fr"}).status_code == 403


# For feed readers


def test_the_atom_feed_tells_each_session_once_with_its_day(client: StrictClient) -> None:
    row = session(title="Habiter & <agir>")
    cancelled(date(2027, 2, 18), title="Retirée")
    session(date(2027, 3, 18), title="Secrète", state="draft")
    page = client.get("/s-informer/agenda.atom")
    assert page["Content-Type"].startswith("application/atom+xml")
    xml = page.content.decode()
    assert f"<id>urn:uuid:{row.pk}</id>" in xml
    assert "Habiter &amp; &lt;agir&gt;" in xml
    assert "Annulée\u00a0: Retirée" in xml
    assert "Le jeudi\u00a021\u00a0janvier 2027, de 13\u00a0h à 14\u00a0h\u00a030 (heure de Paris)." in xml
    assert row.get_absolute_url() in xml
    assert "Secrète" not in xml
