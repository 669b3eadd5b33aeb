"""Coming, no longer coming, being forgotten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from post_office.models import Attachment, Email

from apps.agenda import rules, services
from apps.agenda.errors import Refused
from apps.agenda.models import Registration
from apps.agenda.tasks import erase_past
from apps.core.secrets import hash_token
from apps.core.tasks import clean_up
from tests.agenda.helpers import attached, event_of, last_mail, leave_path, mails_to
from tests.factories.agenda import DAY, JOIN, cancelled, moment, registration, session
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def test_the_confirmation_says_all_and_its_file_enters_the_calendar() -> None:
    row = session()
    assert services.register(session=row, email=" Ami@Exemple.fr ", name="Nadia")
    person = Registration.objects.get()
    assert (person.email, person.name, person.sent_count) == ("ami@exemple.fr", "Nadia", 1)
    mail = last_mail()
    assert mail.to == ["ami@exemple.fr"]
    assert mail.subject == "Votre inscription\u00a0: Habiter autrement"
    for words in (
        "Bonjour Nadia,",
        "jeudi\u00a021\u00a0janvier 2027, de 13\u00a0h à 14\u00a0h\u00a030 (heure de Paris)",
        JOIN,
        row.get_absolute_url(),
        "cliquez sur «\u202fMe désinscrire\u202f»",
        "effacée trente jours après",
    ):
        assert words in mail.message
    assert mail.html_message == ""
    event = event_of(attached(mail))
    assert event["SUMMARY"] == "Habiter autrement"
    assert event["LOCATION"] == JOIN
    assert event.start == row.starts_at


def test_only_the_hash_of_the_link_is_kept() -> None:
    row = session()
    services.register(session=row, email="ami@exemple.fr")
    token = leave_path(last_mail()).split("/")[-2]
    person = Registration.objects.get()
    assert person.token_hash == hash_token(token)
    assert "Bonjour,\n" in last_mail().message


def test_a_session_without_a_link_yet_says_it_will_come() -> None:
    services.register(session=session(join_url=""), email="ami@exemple.fr")
    assert "Le lien pour le rejoindre vous arrivera" in last_mail().message
    assert "En ligne" in event_of(attached(last_mail()))["LOCATION"]


def test_a_double_click_makes_one_registration_and_one_mail() -> None:
    row = session()
    for email in ("ami@exemple.fr", "AMI@exemple.fr"):
        assert services.register(session=row, email=email)
    assert Registration.objects.count() == 1
    assert len(mails_to("ami@exemple.fr")) == 1


def test_a_lost_confirmation_is_sent_again_ten_minutes_later_with_the_same_link(clock: Any) -> None:
    row = session()
    services.register(session=row, email="ami@exemple.fr")
    now = timezone.now()
    clock(now + timedelta(minutes=9))
    services.register(session=row, email="ami@exemple.fr")
    assert len(mails_to("ami@exemple.fr")) == 1
    clock(now + timedelta(minutes=10))
    services.register(session=row, email="ami@exemple.fr")
    first, second = mails_to("ami@exemple.fr")
    assert leave_path(first) == leave_path(second)
    assert Attachment.objects.count() == 1


def test_nobody_is_flooded(clock: Any) -> None:
    row = session()
    now = timezone.now()
    for n in range(9):
        clock(now + timedelta(hours=n))
        assert services.register(session=row, email="victime@exemple.fr")
    assert len(mails_to("victime@exemple.fr")) == 5


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (cancelled, "Cette séance est annulée"),
        (lambda: session(state="draft"), "ne sont pas encore ouvertes"),
        (lambda: session(date(2026, 11, 19)), "a déjà eu lieu"),
    ],
)
def test_too_late_or_too_early_is_said(make: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        services.register(session=make(), email="ami@exemple.fr")
    assert not Registration.objects.exists()
    assert not Email.objects.exists()


def test_one_may_join_late_until_the_last_minute(clock: Any) -> None:
    row = session()
    clock(moment(hour=14, minute=29))
    assert services.register(session=row, email="ami@exemple.fr")
    clock(moment(hour=14, minute=30))
    with pytest.raises(Refused):
        services.register(session=row, email="autre@exemple.fr")


def test_a_mail_that_cannot_be_written_keeps_the_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    row = session()
    with monkeypatch.context() as broken:
        broken.setattr("apps.agenda.mails.mail", fail)
        assert not services.register(session=row, email="ami@exemple.fr")
    assert Registration.objects.get().sent_count == 0
    assert services.register(session=row, email="ami@exemple.fr")
    assert len(mails_to("ami@exemple.fr")) == 1


# No longer coming


def test_leaving_is_done_once_and_coming_back_is_a_new_registration() -> None:
    row = session()
    services.register(session=row, email="ami@exemple.fr", name="Nadia")
    person = Registration.objects.get()
    services.cancel_registration(registration=person)
    person.refresh_from_db()
    left = person.cancelled_at
    assert (person.email, person.name) == ("", "")
    services.cancel_registration(registration=person)
    person.refresh_from_db()
    assert left == person.cancelled_at is not None
    services.register(session=row, email="ami@exemple.fr")
    assert Registration.objects.filter(cancelled_at=None).count() == 1
    first, second = mails_to("ami@exemple.fr")
    assert leave_path(first) != leave_path(second)


def test_opening_the_link_changes_nothing_and_the_button_acts_once(client: StrictClient) -> None:
    row = session()
    services.register(session=row, email="ami@exemple.fr")
    path = leave_path(last_mail())
    for _ in range(2):
        assert "Vous ne venez plus" in client.get(path).content.decode()
        assert client.head(path).status_code == 200
    assert Registration.objects.get().cancelled_at is None
    for _ in range(2):
        assert client.post(path, follow=True).status_code == 200
    assert "Vous n’êtes plus inscrit." in client.get(path).content.decode()
    assert Registration.objects.get().cancelled_at is not None


def test_a_link_says_what_became_of_the_session(client: StrictClient, clock: Any) -> None:
    row = session()
    services.register(session=row, email="ami@exemple.fr")
    path = leave_path(last_mail())
    clock(moment(hour=15))
    assert "Cette séance a eu lieu." in client.get(path).content.decode()
    row.state, row.cancelled_reason = "cancelled", "Reportée."
    row.save()
    page = client.get(path).content.decode()
    assert "Cette séance est annulée." in page
    assert "Reportée." in page


@pytest.mark.parametrize("token", ["inconnu", "x" * 32, "%00"])
def test_an_unknown_link_says_so(client: StrictClient, token: str) -> None:
    for method in (client.get, client.post):
        page = method(f"/s-informer/inscription/{token}/")
        assert page.status_code == 404
        assert "Ce lien ne mène plus à rien." in page.content.decode()


# Being forgotten


def test_addresses_are_erased_thirty_days_after_the_session(clock: Any) -> None:
    row, next_one = session(), session(date(2027, 2, 18))
    registration(row)
    registration(row, "parti@exemple.fr", cancelled_at=timezone.now())
    registration(next_one)
    end = rules.slot(DAY)[1]
    clock(end + timedelta(days=30))
    assert services.erase_past() == 0
    clock(end + timedelta(days=30, seconds=1))
    erase_past()
    assert Registration.objects.get().session == next_one
    assert services.erase_past() == 0


def test_addresses_of_a_cancelled_session_are_erased_as_well(clock: Any) -> None:
    registration(cancelled())
    clock(rules.slot(DAY)[1] + timedelta(days=31))
    assert services.erase_past() == 1


# What people type never becomes a template, a header or markup


@pytest.mark.parametrize(
    "typed", ["{{ settings.SECRET_KEY }}", "{% include 'base.html' %}", "{% oups", "<b>Zoé</b> & co"]
)
def test_what_people_type_reaches_the_mail_as_it_is(typed: str) -> None:
    row = session(title=typed)
    assert services.register(session=row, email="ami@exemple.fr", name=typed)
    assert f"Bonjour {typed}," in last_mail().message
    assert last_mail().subject.endswith(typed)
    assert event_of(attached(last_mail()))["SUMMARY"] == typed


def test_a_line_break_in_a_title_is_not_another_header() -> None:
    row = session(title="Un\r\nBcc: tous@exemple.fr")
    services.register(session=row, email="ami@exemple.fr")
    assert last_mail().subject == "Votre inscription\u00a0: Un"
    assert "Bcc" not in last_mail().email_message().message()


def test_an_invented_session_says_so_in_its_mails() -> None:
    services.register(session=session(is_demo=True), email="ami@exemple.fr")
    assert last_mail().subject.startswith("[Démonstration] ")
    assert event_of(attached(last_mail()))["SUMMARY"] == "Habiter autrement (démonstration)"


def test_old_mails_go_with_their_file_and_leave_that_of_the_others(clock: Any) -> None:
    row = session()
    services.register(session=row, email="ami@exemple.fr")
    old = Attachment.objects.get()
    Email.objects.update(created=timezone.now() - timedelta(days=400))
    row.sequence = 1
    row.save()
    services.register(session=row, email="voisine@exemple.fr")
    clean_up()
    assert [mail.to for mail in Email.objects.all()] == [["voisine@exemple.fr"]]
    assert Attachment.objects.exclude(pk=old.pk).get().emails.count() == 1
    assert not Attachment.objects.filter(pk=old.pk).exists()
    assert not old.file.storage.exists(old.file.name)
