from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.methodology.access import Place
from apps.methodology.choices import SOMEBODY
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Comment, Engagement, Item, Mention, Seat
from apps.methodology.services import comments
from apps.methodology.services.items import remove_item, single_key
from apps.methodology.talk.presenters import thread
from apps.methodology.talk.selectors import pulse
from tests.accounts.helpers import text
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.talk.helpers import action, url
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., StrictClient]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def engagement() -> Engagement:
    return engagement_of()


@pytest.fixture
def lead(engagement: Engagement) -> Seat:
    return seat_in(engagement, full_name="Nadia Morel")


@pytest.fixture
def lea(engagement: Engagement) -> Seat:
    return seat_in(engagement, SeatRole.MEMBER, full_name="Léa Petit")


@pytest.fixture
def board(engagement: Engagement) -> Seat:
    return seat_in(engagement, SeatRole.BOARD, full_name="Bruno Karam")


@pytest.fixture
def item(lead: Seat) -> Item:
    return action(lead)


def say(seat: Seat, item: Item | None = None, words: str = "Qui appelle la mairie ?", **more: Any) -> Comment:
    step = 7 if item else 3
    return comments.say(seat=seat, step=step, item=item, text=words, key=more.pop("key", uuid4()), **more)


def older(comment: Comment, minutes: int = 31) -> Comment:
    comment.at -= timedelta(minutes=minutes)
    comment.save()
    return comment


# Saying


@pytest.mark.parametrize("role", [SeatRole.LEAD, SeatRole.MEMBER, SeatRole.BOARD])
def test_those_who_read_comment_an_item(
    client_of: ClientOf, engagement: Engagement, item: Item, role: SeatRole
) -> None:
    seat = seat_in(engagement, role, full_name="Zoé Blanc")
    address = url("comments", engagement, item.pk)
    page = client_of(seat.user).post(address, {"text": " Quelle salle ? ", "key": str(uuid4())}, follow=True)
    said = Comment.objects.get()
    assert (said.text, said.step, said.item, said.seat) == ("Quelle salle ?", 7, item, seat)
    assert page.redirect_chain == [(f"{address}#c-{said.pk}", 302)]
    assert "Zoé Blanc" in text(page)
    assert "Action : Louer la salle" in text(page)


def test_a_step_as_a_whole_is_commented_apart_from_its_items(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    say(lead, item, "Sur l’action")
    address = url("step_comments", engagement, 7)
    client = client_of(lead.user)
    client.post(address, {"text": "Sur l’étape", "key": str(uuid4())})
    page = text(client.get(address))
    assert "Sur l’étape" in page
    assert "Sur l’action" not in page
    assert client.get(url("step_comments", engagement, 9)).status_code == 404


def test_a_single_item_is_commented_before_anything_is_written_in_it(
    client_of: ClientOf, engagement: Engagement, board: Seat
) -> None:
    key = single_key(engagement.pk, "note")
    client = client_of(board.user)
    assert "Rien n’a encore été dit ici." in text(client.get(url("comments", engagement, key)))
    assert not Item.objects.exists()
    client.post(url("comments", engagement, key), {"text": "Et le mandat ?", "key": str(uuid4())})
    assert Comment.objects.get().item_id == key


def test_a_second_click_says_it_once(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    data = {"text": "Une fois", "key": str(uuid4())}
    for _ in range(2):
        assert client_of(lead.user).post(url("comments", engagement, item.pk), data).status_code == 302
    assert Comment.objects.count() == 1


def test_somebody_elses_key_writes_nothing(lead: Seat, lea: Seat, item: Item) -> None:
    key = uuid4()
    say(lead, item, key=key)
    with pytest.raises(Refused, match="Rechargez"):
        say(lea, item, key=key)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"), [("  ", "Écrivez votre commentaire."), ("é" * 2001, "trop long de 1")]
)
def test_what_was_typed_is_kept_when_refused(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat, item: Item, typed: str, words: str
) -> None:
    data = {"text": typed, "mention": [str(lea.pk)], "key": str(uuid4())}
    client = client_of(lead.user)
    page = client.post(url("comments", engagement, item.pk), data)
    assert page.status_code == 422
    fragment = client.post(url("comments", engagement, item.pk), data, **HTMX)
    assert fragment.status_code == 200
    for answer in (page, fragment):
        assert words in text(answer)
        assert typed.strip() in answer.content.decode()
        assert f'value="{lea.pk}" checked' in answer.content.decode()
    assert not Comment.objects.exists()


def test_nothing_is_said_of_what_was_removed_nor_in_a_closed_démarche(lead: Seat, item: Item) -> None:
    remove_item(seat=lead, item=item, key=uuid4())
    with pytest.raises(Refused, match="retiré"):
        say(lead, item)
    Engagement.objects.update(closed_at=timezone.now())
    with pytest.raises(Refused, match="close"):
        say(lead)


def test_a_session_that_ended_keeps_the_text(
    client: StrictClient, client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    address = url("comments", engagement, item.pk)
    sent = client.post(address, {"text": "Gardé", "key": str(uuid4())}, **HTMX)
    assert sent["HX-Redirect"].endswith(f"?next={address}")
    assert client.post(address, {"text": "Gardé aussi"}).status_code == 302
    assert lead.user
    client.force_login(lead.user)
    assert "Gardé aussi</textarea>" in client.get(address).content.decode()


# htmx


def test_htmx_gets_the_thread_then_the_list_alone(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    address, client = url("comments", engagement, item.pk), client_of(lead.user)
    answer = client.post(address, {"text": "Vite", "key": str(uuid4())}, **HTMX).content.decode()
    assert answer.lstrip().startswith("<section")
    assert "<html" not in answer
    assert "method:talk from:body" in answer
    alone = client.get(f"{address}?liste=1", **HTMX).content.decode()
    assert "Vite" in alone
    assert '<textarea id="fil-texte"' not in alone


# One's own, settling


def test_ones_own_is_corrected_for_half_an_hour(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    said, client = say(lead, item), client_of(lead.user)
    address = url("comment_act", engagement, said.pk)
    assert "Corriger" in text(client.get(url("comments", engagement, item.pk)))
    client.post(address, {"act": "edit", "text": "Qui appelle ?"})
    said.refresh_from_db()
    assert said.text == "Qui appelle ?"
    assert said.edited_at
    assert ", corrigé" in text(client.get(url("comments", engagement, item.pk)))
    older(said)
    late = client.post(address, {"act": "edit", "text": "Trop tard"})
    assert late.status_code == 422
    fragment = client.post(address, {"act": "edit", "text": "Trop tard"}, **HTMX)
    assert fragment["HX-Retarget"] == "#fil"
    for answer in (late, fragment):
        assert "pendant une demi-heure" in text(answer)
        assert "Trop tard</textarea>" in answer.content.decode()
    said.refresh_from_db()
    assert said.text == "Qui appelle ?"
    assert "Corriger" not in text(client.get(url("comments", engagement, item.pk)))


def test_taken_back_the_text_is_erased_and_the_place_stays(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat, item: Item
) -> None:
    said = older(say(lead, item, "À oublier", mentions=[lea.pk]))
    Engagement.objects.update(closed_at=timezone.now())
    for _ in range(2):
        page = client_of(lead.user).post(
            url("comment_act", engagement, said.pk), {"act": "take_back"}, follow=True
        )
    assert "Nadia Morel a repris ce commentaire." in text(page)
    said.refresh_from_db()
    assert (said.text, said.taken_back_at is None) == ("", False)
    assert not Mention.objects.exists()
    assert "À oublier" not in str(Comment.objects.values())


@pytest.mark.parametrize("act", ["edit", "take_back"])
def test_anothers_is_left_alone(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat, item: Item, act: str
) -> None:
    said = say(lead, item)
    client = client_of(lea.user)
    assert client.post(url("comment_act", engagement, said.pk), {"act": act, "text": "x"}).status_code == 403
    said.refresh_from_db()
    assert said.text == "Qui appelle la mairie ?"
    page = text(client.get(url("comments", engagement, item.pk)))
    assert "Corriger" not in page
    assert "Reprendre" not in page


def test_whoever_writes_settles_and_opens_again(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat, board: Seat, item: Item
) -> None:
    said = say(board, item)
    address = url("comment_act", engagement, said.pk)
    assert client_of(board.user).post(address, {"act": "settle"}).status_code == 403
    for _ in range(2):
        page = client_of(lea.user).post(address, {"act": "settle"}, follow=True)
    assert "· réglé" in text(page)
    assert "à régler" not in text(page)
    alone = client_of(lead.user).post(address, {"act": "reopen"}, **HTMX)
    assert "1 message à régler" in text(alone)
    assert "fil-texte" not in alone.content.decode()
    said.refresh_from_db()
    assert said.settled_at is None


def test_what_was_taken_back_is_neither_settled_nor_corrected(lead: Seat, item: Item) -> None:
    said = say(lead, item)
    comments.take_back(comment=said, by=lead)
    with pytest.raises(Refused, match="repris"):
        comments.settle(comment=said, settled=True)
    with pytest.raises(Refused, match="repris"):
        comments.edit(comment=said, by=lead, text="Encore")


def test_what_is_not_done_is_said(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    said, client = say(lead, item), client_of(lead.user)
    comments.take_back(comment=said, by=lead)
    address = url("comment_act", engagement, said.pk)
    for answer in (
        client.post(address, {"act": "settle"}, follow=True),
        client.post(address, {"act": "settle"}, **HTMX),
    ):
        assert "Ce commentaire a été repris" in text(answer)
    said.refresh_from_db()
    assert said.settled_at is None


def test_a_network_and_strangers_say_nothing(
    client_of: ClientOf, engagement: Engagement, lead: Seat, item: Item
) -> None:
    said = say(lead, item)
    observer, other = seat_in(engagement, SeatRole.OBSERVER), seat_in(engagement_of())
    for seat, code in ((observer, 403), (other, 404)):
        client = client_of(seat.user)
        assert client.get(url("comments", engagement, item.pk)).status_code == code
        assert client.post(url("step_comments", engagement, 3), {"text": "x"}).status_code == code
        assert client.post(url("comment_act", engagement, said.pk), {"act": "settle"}).status_code == code
    # Her own démarche opens no other's comments nor items.
    mine = client_of(other.user)
    assert mine.post(url("comment_act", other.engagement, said.pk), {"act": "settle"}).status_code == 404
    assert mine.get(url("comments", other.engagement, item.pk)).status_code == 404


def test_words_stay_under_a_name_that_goes_with_the_account(
    client_of: ClientOf, engagement: Engagement, lead: Seat, lea: Seat, item: Item
) -> None:
    say(lea, item, "Je m’en occupe")
    address, client = url("comments", engagement, item.pk), client_of(lead.user)
    Seat.objects.filter(pk=lea.pk).update(left_at=timezone.now())
    assert "Léa Petit" in text(client.get(address))
    assert lea.user
    lea.user.delete()
    page = text(client.get(address))
    assert "Je m’en occupe" in page
    assert SOMEBODY in page
    assert "Léa Petit" not in page


# What pages pay


@pytest.mark.parametrize("size", [1, 3])
def test_a_thread_costs_two_queries(
    engagement: Engagement, lead: Seat, lea: Seat, item: Item, size: int, django_assert_num_queries: Any
) -> None:
    for number in range(size):
        seat_in(engagement, SeatRole.BOARD)
        say(lea, item, f"Message {number}", mentions=[lead.pk])
    place = Place(Engagement.objects.select_related("organisation").get(), lead)
    with django_assert_num_queries(2):
        shown = thread(place, item=item.pk)
    assert (len(shown.rows), shown.open_ones) == (size, size)
    assert shown.rows[0].called == ["Nadia Morel"]


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_of_a_thread_costs_the_same(
    client_of: ClientOf,
    engagement: Engagement,
    lead: Seat,
    item: Item,
    size: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(size):
        say(seat_in(engagement, SeatRole.MEMBER), item, f"Message {number}", mentions=[lead.pk])
    client = client_of(lead.user)
    client.get(url("comments", engagement, item.pk))
    with django_assert_num_queries(9):
        client.get(url("comments", engagement, item.pk))


def test_the_pulse_changes_with_each_word(engagement: Engagement, lead: Seat, item: Item) -> None:
    seen = {pulse(engagement.pk, item=item.pk)}
    said = say(lead, item)
    seen.add(pulse(engagement.pk, item=item.pk))
    comments.edit(comment=said, by=lead, text="Autre")
    seen.add(pulse(engagement.pk, item=item.pk))
    comments.settle(comment=said, settled=True)
    seen.add(pulse(engagement.pk, item=item.pk))
    comments.take_back(comment=said, by=lead)
    seen.add(pulse(engagement.pk, item=item.pk))
    assert len(seen) == 5
    elsewhere = pulse(engagement.pk, step=3)
    say(lead, item)
    assert pulse(engagement.pk, step=3) == elsewhere


def test_not_hers_is_said_by_the_service(lead: Seat, lea: Seat, item: Item) -> None:
    said = say(lead, item)
    with pytest.raises(NotYours):
        comments.take_back(comment=said, by=lea)
