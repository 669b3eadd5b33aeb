"""The weekly mail: to whom, what it says, once a week, and how it stops."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from celery.schedules import crontab
from django.conf import settings as project
from django.test import Client
from post_office.models import Email

from apps.accounts.models import Organisation, User
from apps.course.groups import digest, letters, services
from apps.course.groups.links import secret
from apps.course.models import Digest, Group, Learner
from apps.course.services import learning
from apps.course.tasks import NotWholeError, send_digests
from tests.factories import UserFactory, course
from tests.factories import groups as make
from tests.pages.support import said
from tests.support.client import StrictClient
from trajectoires.celery import app

pytestmark = pytest.mark.django_db
# Half past seven in Paris, a Monday in winter.
MONDAY = datetime(2027, 1, 4, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_monday(clock: Any) -> None:
    clock(MONDAY - timedelta(days=10))


def learner_in(group: Group, email: str = "nadia@exemple.fr", **fields: Any) -> Learner:
    found = course.learner(UserFactory.create(email=email, full_name="Nadia Benali"))
    make.place(group, found, **fields)
    return found


def mails_to(email: str = "nadia@exemple.fr") -> list[Email]:
    return list(Email.objects.filter(to__icontains=email).order_by("pk"))


def only_mail(email: str = "nadia@exemple.fr") -> Email:
    (found,) = mails_to(email)
    return found


def plain(mail: Email) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", mail.message)


def test_a_learner_reads_where_she_is_and_what_comes_next(clock: Any, house: Organisation) -> None:
    who = learner_in(make.group(house, until=date(2027, 3, 1)))
    course.follow(who, 1)
    clock(MONDAY)
    assert digest.send_round()
    mail = only_mail()
    assert mail.subject == "Votre parcours\u00a0: 1\u00a0étape terminée sur 7"
    text = plain(mail)
    second = course.page(2)
    for words in (
        "Bonjour Nadia Benali,",
        "Vous avez terminé 1 étape sur 7. Il reste environ",
        "La suite : étape 2, ",
        f"{project.SITE_URL}/se-former/etapes/{second.slug}/\n",
        "- Le relais 2027 (Les Ateliers du Pont), date visée : 1er mars 2027",
        "une fois par semaine au plus",
    ):
        assert words in text, text
    assert "mène" not in text.split("Ce courriel")[0]
    assert not mail.html_message


def test_the_link_leads_to_the_very_part_where_she_was(clock: Any, group: Group) -> None:
    who, page = learner_in(group), course.page(3)
    learning.open_part(learner=who, page=page, part=page.parts[0]["code"])
    clock(MONDAY)
    digest.send_round()
    assert f"/se-former/etapes/{page.slug}/{page.parts[1]['code']}/" in only_mail().message


def test_whoever_has_not_begun_is_told_so_kindly(clock: Any, group: Group) -> None:
    learner_in(group)
    clock(MONDAY)
    digest.send_round()
    assert "Vous n’avez pas encore commencé. Le parcours compte 7 étapes" in plain(only_mail())


def test_one_mail_a_person_whatever_the_number_of_her_groups(
    clock: Any, house: Organisation, lead: User
) -> None:
    mine = course.learner(lead)
    for rank in range(3):
        make.place(make.group(house, name=f"Groupe {rank}"), mine)
    clock(MONDAY)
    digest.send_round()
    text = plain(only_mail(lead.email))
    for rank in range(3):
        assert text.count(f"- Groupe {rank} (") == 2, "as a member, and as a leader"


def test_once_a_week_whatever_beat_does(clock: Any, group: Group) -> None:
    learner_in(group)
    for moment in (MONDAY, MONDAY, MONDAY + timedelta(hours=5), MONDAY + timedelta(days=6)):
        clock(moment)
        digest.send_round()
    assert len(mails_to()) == 1
    clock(MONDAY + timedelta(days=7))
    digest.send_round()
    assert len(mails_to()) == 2


@pytest.mark.parametrize(
    ("first", "again"),
    [
        # Sunday evening in UTC is already Monday in Paris.
        (datetime(2027, 1, 3, 23, 30, tzinfo=UTC), datetime(2027, 1, 4, 6, 30, tzinfo=UTC)),
        # The clocks change on the last Sunday of March and of October.
        (datetime(2027, 3, 22, 6, 30, tzinfo=UTC), datetime(2027, 3, 28, 21, 59, tzinfo=UTC)),
        (datetime(2027, 10, 25, 5, 30, tzinfo=UTC), datetime(2027, 10, 31, 22, 59, tzinfo=UTC)),
    ],
)
def test_a_week_is_that_of_clocks_in_paris(first: datetime, again: datetime) -> None:
    assert digest.week_of(first) == digest.week_of(again)
    assert digest.week_of(again + timedelta(minutes=1, days=7)) > digest.week_of(first)


def test_nobody_else_is_written_to(clock: Any, group: Group, house: Organisation) -> None:
    closed = make.group(house)
    learner_in(closed, "groupe-ferme@exemple.fr")
    services.close_group(group=closed)
    course.follow_all(learner_in(group, "fini@exemple.fr"))
    learner_in(group, "parti@exemple.fr").user.delete()
    User.objects.filter(pk=learner_in(group, "inactif@exemple.fr").user_id).update(is_active=False)
    digest.switch(user_id=learner_in(group, "arrete@exemple.fr").user_id, wanted=False)
    course.learner(UserFactory.create(email="seule@exemple.fr"))
    clock(MONDAY)
    digest.send_round()
    assert not Email.objects.exists()
    assert not Digest.objects.filter(sent_at__isnull=False).exists()


def test_a_leader_reads_how_many_moved(clock: Any, group: Group, lead: User) -> None:
    clock(MONDAY - timedelta(days=20))
    people = [make.place(group, name=f"Personne {rank}").learner for rank in range(5)]
    course.follow(people[4], 1)
    clock(MONDAY - timedelta(days=2))
    course.follow(people[0], 1)
    learning.declare_done(learner=people[1], page=course.page(2))
    clock(MONDAY)
    digest.send_round()
    mail = only_mail(lead.email)
    assert mail.subject == "Votre groupe cette semaine\u00a0: Le relais 2027"
    text = plain(mail)
    assert "- Le relais 2027 (Les Ateliers du Pont) : 5 personnes, 2 ont avancé cette semaine." in text
    assert f"{project.SITE_URL}/se-former/groupes/{group.pk}/" in text
    assert "La suite" not in text
    assert "Personne 0" not in text


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((5, 5, 2, 2), "5 personnes, 2 ont avancé cette semaine"),
        ((5, 2, 1, 3), "5 personnes, 3 ont avancé cette semaine"),
        ((1, 1, 1, 1), "1 personne, 1 a avancé cette semaine"),
        ((4, 4, 0, 0), "4 personnes, aucune n’a avancé cette semaine"),
        # One or two without a name: what they did is not told, not even by a difference.
        ((5, 4, 1, 2), "5 personnes ; parmi les 4 qui montrent leur nom, 1 a avancé cette semaine"),
        ((2, 1, 0, 1), "2 personnes ; pour celle qui montre son nom, aucune n’a avancé cette semaine"),
    ],
)
def test_what_a_leader_is_told_follows_what_her_page_shows(
    counts: tuple[int, int, int, int], sentence: str
) -> None:
    assert re.sub(r"[\u00a0\u202f]", " ", letters.told(*counts)) == sentence


def test_nothing_is_told_of_two_people_without_a_name(clock: Any, group: Group, lead: User) -> None:
    for rank in range(2):
        course.follow(learner_in(group, f"cachee{rank}@exemple.fr", number=10 + rank), 1)
    clock(MONDAY)
    digest.send_round()
    text = plain(only_mail(lead.email))
    assert "2 personnes. L’avancement" in text
    assert "avancé" not in text


def test_a_leader_of_an_empty_or_finished_group_is_left_alone(
    clock: Any, house: Organisation, group: Group, lead: User
) -> None:
    clock(MONDAY - timedelta(days=30))
    course.follow_all(learner_in(make.group(house, name="Fini")))
    clock(MONDAY)
    digest.send_round()
    assert not mails_to(lead.email)


def test_what_people_typed_is_no_template(clock: Any, house: Organisation) -> None:
    learner_in(make.group(house, name="{% oups %} {{ 7|add:7 }} <b>&"))
    clock(MONDAY)
    digest.send_round()
    assert "{% oups %} {{ 7|add:7 }} <b>&" in plain(only_mail())


def test_mail_readers_get_their_button(clock: Any, group: Group) -> None:
    who = learner_in(group)
    clock(MONDAY)
    digest.send_round()
    message = only_mail().email_message().message()
    url = f"{project.SITE_URL}/se-former/courriel-du-lundi/{secret(who.user_id)}/"
    assert message["List-Unsubscribe"] == f"<{url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in only_mail().message


def test_only_the_button_stops_it_and_takes_it_up_again(
    client: StrictClient, clock: Any, group: Group
) -> None:
    who = learner_in(group)
    clock(MONDAY)
    digest.send_round()
    path = f"/se-former/courriel-du-lundi/{secret(who.user_id)}/"
    assert "Rien ne change tant que vous ne cliquez pas" in said(client.get(path))
    assert Digest.objects.get().stopped_at is None
    assert "C’est arrêté." in said(client.post(path, {"act": "stop"}, follow=True))
    clock(MONDAY + timedelta(days=7))
    digest.send_round()
    assert len(mails_to()) == 1
    client.post(path, {"act": "resume"})
    digest.send_round()
    assert len(mails_to()) == 2


def test_one_click_from_a_mail_reader_needs_no_cookie(clock: Any, group: Group) -> None:
    who = learner_in(group)
    clock(MONDAY)
    digest.send_round()
    stranger = Client(enforce_csrf_checks=True)
    path = f"/se-former/courriel-du-lundi/{secret(who.user_id)}/"
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Digest.objects.get().stopped_at == MONDAY


@pytest.mark.parametrize("token", ["x", "x" * 32, "é"])
def test_a_link_cut_short_says_so(client: StrictClient, token: str) -> None:
    response = client.get(f"/se-former/courriel-du-lundi/{token}/")
    assert response.status_code == 404
    assert "Ce lien ne mène plus à rien." in said(response)
    assert client.post(f"/se-former/courriel-du-lundi/{token}/").status_code == 404


def test_the_link_of_another_site_key_is_noted_anew(clock: Any, group: Group, settings: Any) -> None:
    who = learner_in(group)
    digest.switch(user_id=who.user_id, wanted=True)
    settings.SECRET_KEY = "another-" + "y" * 60
    clock(MONDAY)
    digest.send_round()
    assert digest.find(secret(who.user_id)) == Digest.objects.get()
    assert secret(who.user_id) in only_mail().message


def test_the_switch_of_the_groups_page(client_of: Callable[..., StrictClient], group: Group) -> None:
    who = learner_in(group)
    mine = client_of(who.user)
    assert "Arrêter ce courriel" in said(mine.get("/se-former/groupes/"))
    response = mine.post("/se-former/courriel-du-lundi/", {"act": "stop", "from": "groups"}, follow=True)
    assert "Vous avez arrêté ce courriel." in said(response)
    assert not digest.wants(who.user)
    response = mine.post("/se-former/courriel-du-lundi/", {"act": "resume", "from": "path"})
    assert response["Location"] == "/se-former/mon-parcours/"
    assert digest.wants(who.user)


@pytest.mark.parametrize("people", [1, 3])
def test_a_batch_costs_the_same_at_any_size(
    clock: Any, group: Group, lead: User, people: int, django_assert_num_queries: Any
) -> None:
    for rank in range(people):
        course.follow(learner_in(group, f"personne{rank}@essai.example", number=10 + rank), 1)
    clock(MONDAY)
    with django_assert_num_queries(16):
        assert digest.send_round()
    assert Email.objects.count() == people + 1


def test_many_people_are_written_to_batch_by_batch(
    clock: Any, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "BATCH", 2)
    for rank in range(5):
        learner_in(group, f"personne{rank}@essai.example", number=10 + rank)
    clock(MONDAY)
    digest.send_round()
    assert Email.objects.count() == 5


def test_a_batch_that_could_not_be_written_is_left_to_the_next_round(
    clock: Any, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    learner_in(group)
    clock(MONDAY)
    with monkeypatch.context() as broken:
        broken.setattr("post_office.models.Email.objects.bulk_create", fail)
        assert not digest.send_round()
        with pytest.raises(NotWholeError):
            send_digests.run()
    assert not Digest.objects.filter(sent_at__isnull=False).exists()
    send_digests.run()
    assert len(mails_to()) == 1


def test_beat_knows_it() -> None:
    entry = next(e for e in project.CELERY_BEAT_SCHEDULE.values() if e["task"] == "course.send_digests")
    assert entry["schedule"] == crontab(hour=7, minute=30, day_of_week="mon")
    assert project.CELERY_TIMEZONE == "Europe/Paris"
    app.loader.import_default_modules()
    assert "course.send_digests" in app.tasks
