from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.methodology.enums import SeatRole
from apps.methodology.models import Comment, Engagement, Mention, Seat
from apps.methodology.services import comments
from apps.methodology.talk.round import tell_mentions
from tests.accounts.helpers import text
from tests.accounts.test_concurrency import together
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.talk.helpers import action, url
from tests.methodology.talk.test_comments import say
from tests.methodology.team.helpers import mails
from tests.support.client import StrictClient

ClientOf = Callable[..., StrictClient]
PAGE = "/agir/mentions/"


@pytest.fixture
def engagement(db: None) -> Engagement:
    return engagement_of()


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Nadia Morel")


@pytest.fixture
def lea(engagement: Engagement) -> Seat:
    return seat_in(engagement, SeatRole.MEMBER, full_name="Léa Petit")


def call(
    by: Seat, *called: Seat, words: str = "Qui appelle ?", minutes: int = 6, item: Any = None
) -> Comment:
    said = say(by, item, words, mentions=[seat.pk for seat in called])
    Comment.objects.filter(pk=said.pk).update(at=timezone.now() - timedelta(minutes=minutes))
    return said


def address(seat: Seat) -> str:
    assert seat.user
    return seat.user.email


def test_the_page_offers_the_team_and_calls_those_who_are_checked(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    observer = seat_in(engagement, SeatRole.OBSERVER, full_name="Otto Réseau")
    client = client_of(lead.user)
    page = text(client.get(url("step_comments", engagement, 3)))
    assert "@Léa Petit" in page
    assert "@Otto" not in page
    assert "@Nadia" not in page
    elsewhere = seat_in(engagement_of())
    called = [str(lea.pk), str(lead.pk), str(observer.pk), str(elsewhere.pk), "x", str(uuid4())]
    client.post(url("step_comments", engagement, 3), {"text": "Ici", "mention": called, "key": str(uuid4())})
    assert [mention.seat for mention in Mention.objects.all()] == [lea]
    assert "Pour @Léa Petit" in text(client.get(url("step_comments", engagement, 3)))


def test_several_mentions_make_one_mail(engagement: Engagement, lead: Seat, lea: Seat) -> None:
    item = action(lead)
    call(lead, lea, words="La première")
    call(lead, lea, words="La seconde", minutes=0, item=item)
    assert tell_mentions()
    [(subject, body)] = mails(address(lea))
    assert subject == "On vous attend : Nadia Morel et 1 autre message"
    for words in ("La première", "La seconde", "Action : Louer la salle", "« Vers 2029 »", PAGE, "#ma-place"):
        assert words in body
    assert url("comments", engagement, item.pk) in body
    tell_mentions()
    assert Email.objects.count() == 1
    call(lead, lea, words="La troisième")
    tell_mentions()
    assert "La troisième" in mails(address(lea))[1][1]
    assert "La première" not in mails(address(lea))[1][1]


def test_a_mention_waits_a_few_minutes(lead: Seat, lea: Seat) -> None:
    call(lead, lea, minutes=2)
    tell_mentions()
    assert not Email.objects.exists()


@pytest.mark.parametrize(
    "why", ["left", "lost", "observer", "asleep", "mails", "back", "settled", "closed", "answered"]
)
def test_nobody_is_written_to_in_vain(engagement: Engagement, lead: Seat, lea: Seat, why: str) -> None:
    said = call(lead, lea)
    assert lea.user
    if why == "left":
        Seat.objects.filter(pk=lea.pk).update(left_at=timezone.now())
    elif why == "lost":
        lea.user.memberships.all().delete()
    elif why == "observer":
        Seat.objects.filter(pk=lea.pk).update(role=SeatRole.OBSERVER)
    elif why == "asleep":
        lea.user.is_active = False
        lea.user.save()
    elif why == "mails":
        Seat.objects.filter(pk=lea.pk).update(wants_reminders=False)
    elif why == "back":
        comments.take_back(comment=said, by=lead)
    elif why == "settled":
        comments.settle(comment=said, settled=True)
    elif why == "closed":
        Engagement.objects.update(closed_at=timezone.now())
    else:
        say(lea, words="Moi")
    assert tell_mentions()
    assert not Email.objects.exists()


def test_mails_that_cannot_be_written_leave_later(
    lead: Seat, lea: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(lead, lea)

    def refuse(*args: object, **kwargs: object) -> None:
        raise ValueError("no row")

    with monkeypatch.context() as broken:
        broken.setattr("apps.methodology.talk.round.Email.objects.bulk_create", refuse)
        assert not tell_mentions()
    assert tell_mentions()
    assert Email.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_two_rounds_at_once_write_once(django_db_blocker: Any) -> None:
    engagement = engagement_of()
    by, called = seat_in(engagement), seat_in(engagement, SeatRole.MEMBER)
    call(by, called)
    assert together(tell_mentions, tell_mentions) == [True, True]
    assert len(mails(address(called))) == 1


@pytest.mark.usefixtures("committed")
def test_the_same_comment_sent_twice_at_once_is_one() -> None:
    engagement = engagement_of()
    seat, key = seat_in(engagement), uuid4()
    given = together(*[lambda: say(seat, words="Une fois", key=key)] * 2)
    assert not [one for one in given if isinstance(one, Exception)]
    assert Comment.objects.filter(engagement=engagement).count() == 1


# « On vous attend »


def test_what_waits_for_her_is_listed_until_she_answers(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat
) -> None:
    item = action(lead)
    call(lead, lea, words="Sur l’action", item=item)
    call(lead, lea, words="Sur l’étape")
    client = client_of(lea.user)
    page = text(client.get(PAGE))
    for words in ("Sur l’action", "Sur l’étape", "Action : Louer la salle", "Étape 3", "2 messages"):
        assert words in page
    client.post(url("comments", engagement, item.pk), {"text": "Je m’en charge", "key": str(uuid4())})
    page = text(client.get(PAGE))
    assert "Sur l’action" not in page
    assert "Sur l’étape" in page
    left = Mention.objects.get(done_at=None)
    for _ in range(2):
        assert client.post(reverse("method:mention_seen", args=[left.pk])).status_code == 302
    assert "Rien ne vous attend" in text(client.get(PAGE))


def test_another_persons_mention_is_nowhere(client_of: ClientOf, lead: Seat, lea: Seat) -> None:
    call(lead, lea)
    found = Mention.objects.get()
    assert client_of(lead.user).post(reverse("method:mention_seen", args=[found.pk])).status_code == 404
    assert "Rien ne vous attend" in text(client_of(lead.user).get(PAGE))
    found.refresh_from_db()
    assert found.done_at is None


def test_a_removed_member_is_waited_for_nowhere(client_of: ClientOf, lead: Seat, lea: Seat) -> None:
    call(lead, lea, words="Secret")
    Seat.objects.filter(pk=lea.pk).update(left_at=timezone.now())
    client = client_of(lea.user)
    assert "Secret" not in text(client.get(PAGE))
    assert client.post(reverse("method:mention_seen", args=[Mention.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same(
    client_of: ClientOf,
    engagement: Engagement,
    lead: Seat,
    lea: Seat,
    size: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(size):
        call(lead, lea, item=action(lead, f"Action {number}"))
        call(lead, lea)
    client = client_of(lea.user)
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
