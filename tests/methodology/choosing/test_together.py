"""Several connections at once, with real commits."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from apps.methodology.access import Place
from apps.methodology.bench.sheet import Sheet
from apps.methodology.choosing import retaining, taking, voting
from apps.methodology.choosing.proposals import Proposal, Reading
from apps.methodology.choosing.retaining import Choice
from apps.methodology.choosing.voting import Said
from apps.methodology.errors import Refused
from apps.methodology.models import Decision, Field, Item, ScenarioVote, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.tools.roadmap import ACTION
from tests.accounts.test_concurrency import together
from tests.methodology.choosing import cases
from tests.methodology.roadmap.conftest import committed  # noqa: F401
from tests.methodology.support import engagement_of, seat_in

pytestmark = pytest.mark.usefixtures("committed")
CHOICE = Choice("", "le conseil", date(2027, 2, 3))


def choose(seat: Seat, scenario: Item) -> object:
    return retaining.retain(seat=seat, scenario=scenario, choice=CHOICE, key=uuid4())


def chosen(seat: Seat) -> int:
    return Field.objects.filter(item__engagement=seat.engagement, code="is_chosen", value=True).count()


@pytest.mark.parametrize("marked", [False, True])
def test_two_leads_who_choose_at_once_leave_one_chosen(marked: bool) -> None:
    """Also when no scenario was ever marked: the second one waits before it looks."""
    lead = seat_in(engagement_of())
    other = seat_in(lead.engagement)
    one, two = cases.scenario(lead), cases.scenario(lead, "Tenir bon")
    if marked:
        choose(lead, one)
    done = together(
        lambda: choose(lead, one),
        lambda: choose(other, two),
        lambda: choose(lead, one),
        lambda: choose(other, two),
    )
    assert not [fault for fault in done if isinstance(fault, Exception)], done
    assert chosen(lead) == 1
    standing = Decision.objects.filter(engagement=lead.engagement, replaced_by=None)
    assert standing.count() == 1
    last = Field.objects.get(item__engagement=lead.engagement, code="is_chosen", value=True)
    assert standing.get().item_id == last.item_id


def test_choosing_while_somebody_ticks_the_field_itself_does_not_hang() -> None:
    lead = seat_in(engagement_of())
    member = seat_in(lead.engagement, "member")
    one, two = cases.scenario(lead), cases.scenario(lead, "Tenir bon")
    choose(lead, one)
    choose(lead, two)

    def tick() -> None:
        for turn in range(6):
            version = Field.objects.get(item=one, code="is_chosen").version
            try:
                save_field(seat=member, item=one, write=Write("is_chosen", turn % 2 == 0, version))
            except Refused:
                continue

    def turn() -> None:
        for scenario in (one, two, one, two):
            choose(lead, scenario)

    done = together(tick, turn)
    assert not [fault for fault in done if isinstance(fault, Exception)], done


def test_a_vote_sent_twice_at_once_is_one_and_none_comes_after_the_choice() -> None:
    lead = seat_in(engagement_of())
    scenario = cases.scenario(lead)
    say = Said("supports", "", 0)
    together(*[lambda: voting.vote(seat=lead, scenario=scenario, said=say)] * 3)
    assert ScenarioVote.objects.filter(item=scenario).count() == 1
    choose(lead, scenario)
    assert together(lambda: voting.take_back(seat=lead, scenario=scenario))
    assert ScenarioVote.objects.filter(item=scenario).count() == 1


def test_two_people_who_keep_the_same_proposal_make_it_once() -> None:
    lead = seat_in(engagement_of())
    scenario = cases.scenario(lead)
    one = Proposal("result", "indicator", {"title": "Résultat"}, (Reading(date(2027, 12, 31), "12.5"),))
    two = Proposal(str(scenario.pk), "action", {"title": "Recruter", "due": "2027-09-01"})

    def make() -> int:
        sheet = Sheet(Place(lead.engagement, lead), [ACTION])
        return taking.make(seat=lead, sheet=sheet, scenario=scenario.pk, chosen=[one, two], edited={})

    together(*[make] * 3)
    made = Item.objects.filter(engagement=lead.engagement, gone_at=None)
    assert {kind: made.filter(kind=kind).count() for kind in ("action", "indicator", "reading")} == {
        "action": 1,
        "indicator": 1,
        "reading": 1,
    }
