"""The team votes on scenarios, and one is chosen."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.methodology.choosing import retaining, voting
from apps.methodology.choosing.retaining import Choice
from apps.methodology.choosing.voting import Said
from apps.methodology.enums import SeatRole
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Change, Decision, Field, Item, ScenarioVote, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.services.items import add_item, move_item, remove_item
from tests.methodology.choosing import cases
from tests.methodology.roadmap.support import client, words
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.django_db
CHOICE = Choice("Les comptes tiennent.", "le conseil d’administration", date(2027, 2, 3))


def url(seat: Seat, name: str = "choosing", *more: Any) -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *more])


def say(seat: Seat, scenario: Item, stance: str, reason: str = "", number: int = 10**6) -> ScenarioVote:
    return voting.vote(seat=seat, scenario=scenario, said=Said(stance, reason, number))


def send(seat: Seat, scenario: Item, **data: Any) -> Any:
    return client(seat).post(url(seat, "choosing_vote", scenario.pk), data)


def marks(seat: Seat) -> dict[UUID, bool]:
    rows = Field.objects.filter(item__engagement=seat.engagement, code="is_chosen")
    return dict(rows.values_list("item_id", "value"))


# --- voting --------------------------------------------------------------------------------------------------------------
def test_a_vote_is_given_changed_and_taken_back(member: Seat, first: Item) -> None:
    assert "Votre nom et votre voix se lisent" in words(client(member).get(url(member)))
    for _ in range(2):
        assert send(member, first, stance="supports", number="0").status_code == 302
    assert ScenarioVote.objects.get().stance == "supports"
    send(member, first, stance="objects", reason="Trop cher\r\npour nous")
    vote = ScenarioVote.objects.get()
    assert (vote.stance, vote.reason) == ("objects", "Trop cher\npour nous")
    page = words(client(member).get(url(member)))
    assert "1 objection" in page
    assert "Farid Fort, équipe projet" in page
    for _ in range(2):
        assert send(member, first, act="take_back").status_code == 302
    assert not ScenarioVote.objects.exists()


def test_the_same_vote_again_writes_nothing(member: Seat, first: Item) -> None:
    vote = say(member, first, "supports")
    assert say(member, first, "supports").at == vote.at


def test_an_objection_says_why_and_what_was_typed_stays(board: Seat, first: Item) -> None:
    answer = send(board, first, stance="objects", reason="  ")
    assert answer.status_code == 422
    assert "Dites ce qui vous gêne" in words(answer)
    assert 'value="objects" checked' in answer.content.decode()
    long = "x" * (voting.LONGEST + 3)
    answer = send(board, first, stance="lives_with", reason=long)
    assert answer.status_code == 422
    assert "C’est trop long de 3 caractères" in words(answer)
    assert long in answer.content.decode()
    assert send(board, first, stance="autre").status_code == 422
    assert not ScenarioVote.objects.exists()


def test_who_only_follows_does_not_vote_and_strangers_find_nothing(lead: Seat, first: Item) -> None:
    observer = seat_in(lead.engagement, SeatRole.OBSERVER, outside=True)
    assert client(observer).get(url(lead)).status_code == 403
    assert send(observer, first, stance="supports").status_code == 403
    stranger = seat_in(engagement_of())
    assert client(stranger).get(url(lead)).status_code == 404
    with pytest.raises(NotYours):
        say(observer, first, "supports")
    other = cases.scenario(stranger)
    assert send(lead, other, stance="supports").status_code == 404


def test_objections_come_first_and_are_counted_by_role(
    lead: Seat, member: Seat, board: Seat, first: Item
) -> None:
    say(lead, first, "supports")
    say(member, first, "lives_with", "Avec prudence")
    say(board, first, "objects", "Et la salle ?")
    page = words(client(lead).get(url(lead)))
    assert "1 objection, 1 personne peut vivre avec et 1 soutien" in page
    assert page.index("Et la salle ?") < page.index("Avec prudence") < page.index("Chloé Chêne, référente")
    assert "Gouvernance 1 – – –" in page
    assert "Ensemble 1 1 1 –" in page


def test_the_voice_of_somebody_who_left_is_not_counted(lead: Seat, member: Seat, first: Item) -> None:
    say(member, first, "objects", "Non")
    Seat.objects.filter(pk=member.pk).update(left_at=timezone.now())
    page = words(client(lead).get(url(lead)))
    assert "1 voix n’est plus comptée" in page
    assert "Farid" not in page
    assert "Personne ne s’est encore prononcé" in page


def test_a_vote_says_how_many_hypotheses_changed_since(lead: Seat, member: Seat, first: Item) -> None:
    one, two, three = (
        add_item(seat=lead, kind="hypothesis", key=uuid4(), fields={"title": name}, parent=first)
        for name in ("Une", "Deux", "Trois")
    )
    lead.engagement.refresh_from_db()
    say(member, first, "supports", number=lead.engagement.sequence)
    move_item(seat=lead, item=three, up=True, key=uuid4())
    assert "changé depuis" not in words(client(lead).get(url(lead)))
    save_field(seat=lead, item=one, write=Write("mid", "100", 0))
    save_field(seat=lead, item=one, write=Write("mid", "200", 1))
    assert "1 hypothèse a changé depuis" in words(client(lead).get(url(lead)))
    remove_item(seat=lead, item=two, key=uuid4())
    add_item(seat=lead, kind="hypothesis", key=uuid4(), fields={"title": "Quatre"}, parent=first)
    assert "3 hypothèses ont changé depuis" in words(client(member).get(url(member)))
    send(member, first, stance="supports", number=Change.objects.count())
    assert "changé depuis" not in words(client(lead).get(url(lead)))


def test_a_vote_is_of_the_state_that_its_page_showed(lead: Seat, member: Seat, first: Item) -> None:
    number = client(member).get(url(member)).context["number"]
    add_item(seat=lead, kind="hypothesis", key=uuid4(), fields={"title": "Arrivée entre-temps"}, parent=first)
    send(member, first, stance="supports", number=number)
    assert "1 hypothèse a changé depuis" in words(client(lead).get(url(lead)))
    for wrong in ("", "²", "-1", "99999999999", "x"):
        assert send(member, first, stance="lives_with", number=wrong).status_code == 302


def test_the_page_says_what_the_simulator_says(lead: Seat, first: Item) -> None:
    assert "Pas encore de chiffres" in words(client(lead).get(url(lead)))
    cases.accounts(lead)
    assert "En 2029, ce futur donne un déficit de 4 000 €" in words(client(lead).get(url(lead)))


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_whatever_its_size(lead: Seat, size: int) -> None:
    cases.accounts(lead)
    for n in range(size):
        scenario = cases.scenario(lead, f"Scénario {n}")
        cases.hypotheses(lead, scenario)
        for _ in range(size):
            say(seat_in(lead.engagement, SeatRole.MEMBER), scenario, "supports")
    person = client(lead)
    person.get(url(lead))
    with CaptureQueriesContext(connection) as found:
        assert person.get(url(lead)).status_code == 200
    assert len(found) == 9


# --- choosing ------------------------------------------------------------------------------------------------------------
def test_choosing_marks_one_unmarks_the_other_and_notes_the_decision(
    lead: Seat, member: Seat, first: Item, second: Item
) -> None:
    form = {"decided_by": "le conseil", "decided_on": "2027-02-03", "why": "Il tient.", "key": str(uuid4())}
    for _ in range(2):
        answer = client(lead).post(url(lead, "choosing_retain", first.pk), form)
        assert answer.status_code == 302
    assert marks(lead) == {first.pk: True}
    decision = Decision.objects.get()
    assert (decision.item, decision.step, decision.why) == (first, 5, "Il tient.")
    assert decision.what == "Nous retenons le scénario «\u00a0Grandir ensemble\u00a0»."
    page = words(client(member).get(url(member)))
    assert "Le scénario retenu : « Grandir ensemble »" in page
    assert "Décidé par le conseil le 3 février 2027" in page
    retaining.retain(seat=lead, scenario=second, choice=CHOICE, key=uuid4())
    assert marks(lead) == {first.pk: False, second.pk: True}
    assert Decision.objects.get(item=second).replaces == decision
    retaining.retain(seat=lead, scenario=first, choice=CHOICE, key=uuid4())
    assert marks(lead) == {first.pk: True, second.pk: False}


def test_votes_stay_as_they_were_once_one_is_chosen(
    lead: Seat, member: Seat, first: Item, second: Item
) -> None:
    say(member, first, "objects", "Trop cher")
    retaining.retain(seat=lead, scenario=second, choice=CHOICE, key=uuid4())
    for scenario in (first, second):
        with pytest.raises(Refused, match="déjà retenu"):
            say(member, scenario, "supports")
    with pytest.raises(Refused, match="déjà retenu"):
        voting.take_back(seat=member, scenario=first)
    page = client(member).get(url(member))
    assert "Trop cher" in words(page)
    assert 'name="stance"' not in page.content.decode()
    save_field(seat=lead, item=second, write=Write("is_chosen", False, 1))
    say(member, first, "supports")


def test_only_the_lead_chooses_and_says_who_decided(
    lead: Seat, member: Seat, board: Seat, first: Item
) -> None:
    for seat in (member, board):
        assert client(seat).post(url(lead, "choosing_retain", first.pk), {}).status_code == 403
        assert "Retenir ce scénario" not in words(client(seat).get(url(lead)))
        with pytest.raises(NotYours):
            retaining.retain(seat=seat, scenario=first, choice=CHOICE, key=uuid4())
    answer = client(lead).post(url(lead, "choosing_retain", first.pk), {"why": "Parce que"})
    assert answer.status_code == 422
    assert "Dites qui a décidé." in words(answer)
    assert "Parce que" in words(answer)
    assert not Decision.objects.exists()


def test_a_closed_demarche_or_a_removed_scenario_takes_no_vote_and_no_choice(lead: Seat, first: Item) -> None:
    remove_item(seat=lead, item=first, key=uuid4())
    with pytest.raises(Refused, match="retiré"):
        say(lead, first, "supports")
    with pytest.raises(Refused, match="retiré"):
        retaining.retain(seat=lead, scenario=first, choice=CHOICE, key=uuid4())
    other = cases.scenario(lead)
    lead.engagement.closed_at = timezone.now()
    lead.engagement.save()
    with pytest.raises(Refused, match="close"):
        say(lead, other, "supports")
    with pytest.raises(Refused, match="close"):
        retaining.retain(seat=lead, scenario=other, choice=CHOICE, key=uuid4())
    assert (marks(lead), Decision.objects.count()) == ({}, 0)
    assert client(lead).get(url(lead)).status_code == 200
