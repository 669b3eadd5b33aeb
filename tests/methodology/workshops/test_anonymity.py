"""Attacks: what could tell who wrote a card, or whose dots are whose, when no name is shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from apps.core.typography import nbsp
from apps.methodology.enums import SeatRole
from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.models import Card, Participant, Workshop
from apps.methodology.workshops import report, services
from apps.methodology.workshops.records import record_view
from tests.methodology.workshops.helpers import (
    again,
    at_table,
    console,
    invited,
    lead_of,
    member_of,
    opened,
    pile,
    signed_in,
    to,
    wrote,
)
from tests.pages.support import said, words

pytestmark = pytest.mark.django_db
STAGES = (Stage.SILENT, Stage.GROUPING, Stage.VOTING, Stage.TALKING)
NAMES = ("Zoé Passante", "Paul Membre", "paul@", "voisine")


def room(**said: Any) -> tuple[Workshop, Any, Any, Any]:
    """A guest and a member who both wrote, and another guest who looks."""
    made = opened(Stage.SILENT, **said)
    guest, watcher = at_table(made), at_table(made, "Bob", "élu")
    member = signed_in(member_of(made.engagement, full_name="Paul Membre", email="paul@exemple.fr"))
    member.post(guest.url, {"act": "join:"})
    guest.does("card:", text="Idée de Zoé")
    member.post(guest.url, {"act": "card:", "text": "Idée de Paul"})
    return made, guest, member, watcher


def screens(made: Workshop, watcher: Any) -> list[str]:
    lead = lead_of(made)
    pages = [
        lead.get(console(made, tail)) for tail in ("", "ecran/", "compte-rendu/", "compte-rendu/modifier/")
    ]
    board = signed_in(member_of(made.engagement, SeatRole.BOARD))
    pages += [board.get(console(made)), watcher.sees()]
    pages += [lead.get(f"/agir/demarches/{made.engagement_id}/ateliers/")]
    paper = report.record_html(record_view(again(made)), made.opened_at)
    return [*(page.content.decode() for page in pages), paper]


@pytest.mark.parametrize("stage", STAGES)
def test_no_name_on_any_screen_nor_on_paper_at_any_moment(stage: Stage) -> None:
    made, _, _, watcher = room()
    for source in screens(to(made, stage), watcher):
        for name in NAMES:
            assert name not in source


def test_nor_once_over_and_nothing_is_left_in_the_tables() -> None:
    made, *_ = room()
    services.end(workshop=made)
    lead = lead_of(made)
    sources = [lead.get(console(made, "compte-rendu/")).content.decode()]
    sources += [report.record_html(record_view(again(made)), made.opened_at)]
    for source in sources:
        assert "Idée de Zoé" in source, "cards remain"
        assert not [name for name in NAMES if name in source]
    assert not Participant.objects.filter(workshop=made).exists()
    assert set(Card.objects.values_list("author", "at")) == {(None, None)}


@pytest.mark.parametrize("stage", [Stage.GROUPING, Stage.VOTING, Stage.TALKING])
def test_her_own_screen_does_not_mark_her_cards_once_they_are_mixed(stage: Stage) -> None:
    """A telephone passed around, or read over a shoulder, tells nothing."""
    made, guest, _, watcher = room()
    to(made, stage)

    def cards(client: Any) -> list[str]:
        source = client.sees().content.decode()
        return re.findall(r'<span class="slip-text">.*?</span>|<h3>.*?</h3>', source)

    assert cards(guest) == cards(watcher)


def test_the_order_of_cards_is_neither_that_of_arrival_nor_by_author() -> None:
    orders = set()
    for _ in range(6):
        made = opened(Stage.SILENT)
        first, second = invited(made, "Ana"), invited(made, "Bob")
        for rank in range(4):
            wrote(first, f"A{rank}")
            wrote(second, f"B{rank}")
        to(made, Stage.GROUPING)
        page = said(lead_of(made).get(console(made)))
        orders.add(tuple(re.findall(r"\b[AB]\d\b", page)))
    assert all(len(order) == 8 for order in orders)
    assert len(orders) > 3, "drawn again for each workshop"
    assert not any(order == tuple(sorted(order)) for order in orders)


def test_cards_in_grouping_keep_their_places_when_seen_again() -> None:
    made, _, _, watcher = room()
    to(made, Stage.GROUPING)
    first = re.findall(r"Idée de \w+", said(watcher.sees()))
    assert first == re.findall(r"Idée de \w+", said(watcher.sees()))


def test_counts_of_dots_are_hidden_until_the_vote_closes_and_whose_they_are_for_ever() -> None:
    made, guest, _, watcher = room()
    to(made, Stage.GROUPING)
    group = pile(made, "Locaux", *Card.objects.filter(workshop=made))
    to(made, Stage.VOTING)
    guest.does(f"dot:{group.pk}:4")
    for source in screens(made, watcher):
        assert "4 pastilles" not in words(source)
    assert "4" in re.findall(r"<b>(\d)</b>", guest.sees().content.decode())
    to(made, Stage.TALKING)
    shown = screens(made, watcher)
    assert sum("4 pastilles" in words(source) for source in shown) >= 4
    services.end(workshop=made)
    assert "4 pastilles" in said(lead_of(made).get(console(made, "compte-rendu/")))
    group.refresh_from_db()
    assert (group.votes, group.dots.count()) == (4, 0)


def test_going_back_to_the_vote_hides_the_counts_again() -> None:
    made, guest, _, watcher = room()
    to(made, Stage.GROUPING)
    group = pile(made, "Locaux", *Card.objects.filter(workshop=made))
    to(made, Stage.VOTING)
    guest.does(f"dot:{group.pk}:4")
    to(made, Stage.TALKING)
    to(made, Stage.VOTING)
    assert not any("4 pastilles" in words(source) for source in screens(made, watcher))
    assert again(made).piles.get().dots.get().number == 4, "nothing is lost"


@pytest.mark.parametrize(
    ("people", "told"), [(1, "tout ce qui s’écrit est d’elle"), (2, "reconnaît les cartes"), (3, "")]
)
def test_too_few_people_for_a_card_without_name_to_be_nobodys_is_said(people: int, told: str) -> None:
    made = opened(Stage.SILENT)
    guests = [at_table(made, f"Personne {rank}") for rank in range(people)]
    page = said(guests[0].sees())
    assert told in page
    assert ("même sans nom" in page) == bool(told)
    to(made, Stage.GROUPING)
    record = said(lead_of(made).get(console(made, "compte-rendu/")))
    assert ("a participé" in record or "ont participé" in record) == bool(told)


# when names show


def test_names_show_on_cards_only_from_the_moment_all_do() -> None:
    made, _guest, _, watcher = room(shows_names=True)
    assert "Idée de Zoé" not in said(watcher.sees())
    assert "Zoé Passante, voisine" in said(watcher.sees()), "among the people, as announced"
    to(made, Stage.GROUPING)
    page = said(watcher.sees())
    assert "Zoé Passante" in page
    assert "Paul Membre" in page


def test_people_are_named_in_the_order_of_the_alphabet_and_never_by_an_address() -> None:
    made = opened(Stage.SILENT, shows_names=True)
    for name in ("Zoé", "ana", "Bob"):
        invited(made, name, "élue")
    nameless = signed_in(member_of(made.engagement, full_name="", email="sans-nom@exemple.fr"))
    nameless.post(f"/atelier/{made.code}/", {"act": "join:"})
    page = said(lead_of(made).get(console(made)))
    assert "ana, élue · Bob, élue · Une personne de l’équipe · Zoé, élue" in page
    assert "sans-nom@" not in page


def test_guests_are_never_named_in_a_record_and_forgotten_at_the_end() -> None:
    made, _, _, _ = room(shows_names=True)
    to(made, Stage.GROUPING)
    lead = lead_of(made)
    during = said(lead.get(console(made, "compte-rendu/")))
    services.end(workshop=made)
    after = said(lead.get(console(made, "compte-rendu/")))
    paper = words(report.record_html(record_view(again(made)), made.opened_at))
    for text in (during, after, paper):
        assert "Zoé Passante" not in text
        assert "voisine" not in text
        assert "Paul Membre" in text
        assert nbsp("2 personnes invitées ne sont pas nommées").replace("\u00a0", " ") in text
    left = Participant.objects.get(workshop=made)
    assert left.seat
    assert Card.objects.get(text="Idée de Zoé").author is None
    assert Card.objects.get(text="Idée de Paul").author == left
