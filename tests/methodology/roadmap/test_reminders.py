"""Mails about actions: when, to whom, once, and how to stop them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts.models import Membership
from apps.methodology.enums import SeatRole
from apps.methodology.models import Item, Reminder, Seat
from apps.methodology.reminders import remind_actions, send_round
from apps.methodology.roadmap.letters import person_of, stop_token
from tests.methodology.roadmap.support import client, item, plainly, words
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 15)
EMAIL = "chloe@exemple.fr"


def moment(day: date, hour: int = 7) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def around(n: int) -> datetime:
    """So many days after the due date."""
    return moment(DUE + timedelta(days=n))


@pytest.fixture
def owner() -> Seat:
    return seat_in(engagement_of(title="Vers 2029"), full_name="Chloé Chêne", email=EMAIL)


def action(seat: Seat, title: str = "Signer le bail", due: date = DUE, **more: Any) -> Item:
    return item(seat, "action", **{"title": title, "due": due.isoformat(), "owner": str(seat.pk), **more})


def mails(to: str = EMAIL) -> list[Email]:
    return list(Email.objects.filter(to__icontains=to).order_by("pk"))


def told(mail: Email) -> tuple[str, str]:
    return plainly(mail.subject), mail.message


def test_a_week_before_then_when_late_and_nothing_else(owner: Seat, clock: Any) -> None:
    row = action(owner)
    sent = []
    for n in range(-10, 12):
        clock(around(n))
        before = len(mails())
        for _ in range(3):
            remind_actions()
        if len(mails()) > before:
            sent.append(n)
    assert sent == [-7, 1]
    assert [told(mail)[0] for mail in mails()] == [
        "Dans 7 jours : Signer le bail",
        "En retard : Signer le bail",
    ]
    body = told(mails()[0])[1]
    assert f"/elements/{row.pk}/" in body
    assert "Vers 2029" in body
    assert "est à finir dans 7 jours, le 15 mars 2027" in plainly(body)
    assert Reminder.objects.count() == 2


def test_a_round_that_was_missed_is_made_up_for_but_not_weeks_later(owner: Seat, clock: Any) -> None:
    action(owner)
    clock(around(-4))
    remind_actions()
    assert told(mails()[0])[0] == "Dans 4 jours : Signer le bail"
    clock(around(3))
    remind_actions()
    assert len(mails()) == 2
    action(owner, "Autre", DUE - timedelta(days=30))
    clock(around(4))
    remind_actions()
    assert len(mails()) == 2


@pytest.mark.parametrize(
    "said",
    [{"progress": "done"}, {"progress": "dropped"}, {"done_on": "2027-03-01"}, {"owner": ""}, {"owner": "x"}],
)
def test_no_reminder_for_what_is_over_or_nobody_s(owner: Seat, clock: Any, said: dict[str, str]) -> None:
    action(owner, "Signer le bail", DUE, **said)
    clock(around(-7))
    remind_actions()
    assert not Email.objects.exists()


@pytest.mark.parametrize("how", ["left", "no member", "observer", "inactive", "stopped", "closed", "removed"])
def test_no_reminder_to_whoever_should_not_be_written_to(owner: Seat, clock: Any, how: str) -> None:
    row = action(owner)
    assert owner.user
    if how == "no member":
        Membership.objects.filter(user=owner.user).delete()
    elif how == "inactive":
        owner.user.is_active = False
        owner.user.save()
    elif how == "closed":
        owner.engagement.closed_at = timezone.now()
        owner.engagement.save()
    elif how == "removed":
        row.gone_at = timezone.now()
        row.save()
    else:
        change: dict[str, Any] = {
            "left": {"left_at": timezone.now()},
            "observer": {"role": SeatRole.OBSERVER},
            "stopped": {"wants_reminders": False},
        }
        Seat.objects.filter(pk=owner.pk).update(**change[how])
    clock(around(-7))
    remind_actions()
    assert not Email.objects.exists()


def test_one_mail_a_day_for_all_demarches(owner: Seat, clock: Any) -> None:
    other = Seat.objects.create(
        engagement=engagement_of(title="Un autre chemin"),
        user=owner.user,
        role=SeatRole.MEMBER,
        is_outside=True,
    )
    action(owner)
    action(other, "Écrire aux fondations", DUE + timedelta(days=2))
    action(other, "Prévenir la mairie", DUE - timedelta(days=8))
    clock(around(-7))
    remind_actions()
    assert len(mails()) == 1
    subject, body = told(mails()[0])
    assert subject == "Vos actions : 1 à finir, 1 en retard"
    assert "Vers 2029" in body
    assert "Un autre chemin" in body
    assert "Écrire aux fondations" not in body
    # Another action comes the same day: it waits for tomorrow's mail.
    action(owner, "De dernière minute", DUE - timedelta(days=1))
    remind_actions()
    assert len(mails()) == 1
    clock(around(-6))
    remind_actions()
    assert "De dernière minute" in told(mails()[1])[1]


def test_another_date_or_another_person_is_reminded_again(owner: Seat, clock: Any) -> None:
    row = action(owner)
    clock(around(-7))
    remind_actions()
    row.fields.filter(code="due").update(value=(DUE + timedelta(days=10)).isoformat())
    clock(around(3))
    remind_actions()
    assert len(mails()) == 2
    heir = seat_in(owner.engagement, SeatRole.MEMBER, email="farid@exemple.fr")
    row.fields.filter(code="owner").update(value=str(heir.pk))
    remind_actions()
    assert len(mails("farid@exemple.fr")) == 1


def test_a_round_that_could_not_write_leaves_it_to_the_next(
    owner: Seat, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    action(owner)
    clock(around(-7))
    with monkeypatch.context() as broken:
        broken.setattr(Email.objects, "bulk_create", fail)
        assert not send_round()
    assert not Reminder.objects.exists()
    assert send_round()
    assert len(mails()) == 1


def test_a_worker_killed_before_the_marks_leaves_no_mail(
    owner: Seat, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    action(owner)
    clock(around(-7))
    with monkeypatch.context() as broken:
        broken.setattr(Reminder.objects, "bulk_create", die)
        with pytest.raises(KeyboardInterrupt):
            remind_actions()
    assert not Email.objects.exists()
    remind_actions()
    assert len(mails()) == 1


def test_a_hundred_people_cost_as_many_queries_as_one(clock: Any, django_assert_max_num_queries: Any) -> None:
    engagement = engagement_of()
    for n in range(100):
        action(seat_in(engagement, SeatRole.MEMBER, email=f"ami{n}@exemple.fr"))
    clock(around(-7))
    with django_assert_max_num_queries(20):
        remind_actions()
    assert Email.objects.count() == Reminder.objects.count() == 100


# Stopping


def test_the_link_of_the_mail_stops_by_a_button_only(owner: Seat, clock: Any) -> None:
    action(owner)
    clock(around(-7))
    remind_actions()
    body = told(mails()[0])[1]
    found = re.search(r"https?://\S+?(/agir/rappels/[\w-]+/)", body)
    assert found
    path, visitor = found[1], StrictClient()
    for _ in range(2):
        assert "Arrêter ces courriels" in words(visitor.get(path))
    assert visitor.head(path).status_code == 200
    owner.refresh_from_db()
    assert owner.wants_reminders
    assert visitor.post(path, {"act": "stop"})["Location"] == path
    owner.refresh_from_db()
    assert not owner.wants_reminders
    assert "Ces courriels sont arrêtés" in words(visitor.get(path))
    visitor.post(path, {"act": "resume"})
    owner.refresh_from_db()
    assert owner.wants_reminders


def test_a_mail_reader_stops_it_in_one_click(owner: Seat, clock: Any) -> None:
    action(owner)
    clock(around(-7))
    remind_actions()
    headers = mails()[0].headers or {}
    path = "/" + headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    strict = StrictClient(enforce_csrf_checks=True)
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    owner.refresh_from_db()
    assert not owner.wants_reminders


@pytest.mark.parametrize("token", ["x", "A" * 32, "é" * 32, "____" * 8])
def test_another_link_leads_to_nobody(owner: Seat, token: str) -> None:
    assert person_of(token) is None
    assert StrictClient().get(f"/agir/rappels/{token}/").status_code == 404
    assert StrictClient().post(f"/agir/rappels/{token}/", {"act": "stop"}).status_code == 404


def test_the_link_is_hidden_from_logs_and_is_hers(owner: Seat) -> None:
    assert owner.user_id
    token = stop_token(owner.user_id)
    assert len(token) == 32
    assert person_of(token) == owner.user_id
    assert person_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def test_signed_in_a_person_chooses_for_each_demarche(owner: Seat, clock: Any) -> None:
    action(owner)
    client(owner).post(reverse("method:seat_mails", args=[owner.engagement_id]), {"wanted": "0"})
    clock(around(-7))
    remind_actions()
    assert not mails()
