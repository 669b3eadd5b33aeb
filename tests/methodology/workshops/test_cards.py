"""Writing in silence: one’s own cards, kept, changed, sent twice; what the others cannot see of them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.errors import Refused
from apps.methodology.models import Card, Workshop
from apps.methodology.workshops import services
from tests.methodology.workshops.helpers import (
    act,
    at_table,
    console,
    invited,
    lead_of,
    opened,
    pile,
    to,
    wrote,
)
from tests.pages.support import said

pytestmark = pytest.mark.django_db
ALL = (Stage.GROUPING, Stage.VOTING, Stage.TALKING)


def test_a_card_is_written_changed_and_taken_back() -> None:
    guest = at_table(opened(Stage.SILENT))
    guest.does("card:", text="  Partager\nun local ", pillar="alliances")
    card = Card.objects.get()
    assert (card.text, card.pillar_id) == ("Partager un local", "alliances")
    guest.does(f"card:{card.pk}", text="Partager un atelier", pillar="")
    card.refresh_from_db()
    assert (card.text, card.pillar_id) == ("Partager un atelier", None)
    guest.does(f"remove:{card.pk}")
    assert guest.does(f"remove:{card.pk}").status_code == 302
    assert not Card.objects.exists()


def test_a_card_sent_twice_is_one_card() -> None:
    guest = at_table(opened(Stage.SILENT))
    for _ in range(2):
        guest.does("card:", text="Une idée", key=str(KEY))
    assert Card.objects.count() == 1


KEY = uuid4()


def test_a_key_of_somebody_else_gives_nothing_away() -> None:
    made = opened(Stage.SILENT)
    one, two = at_table(made, "Ana"), at_table(made, "Bob")
    one.does("card:", text="De Ana", key=str(KEY))
    answer = two.does("card:", text="De Bob", key=str(KEY))
    assert answer.status_code == 409
    assert "De Ana" not in said(answer)
    assert "De Bob" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "status", "why"),
    [
        ({"text": " "}, 422, "Écrivez une idée"),
        ({"text": "é" * 281}, 422, "dépasse 280 caractères"),
        ({"text": "Gardée", "pillar": "or"}, 409, "pas dans la liste"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_on_the_page(
    sent: dict[str, str], status: int, why: str
) -> None:
    guest = at_table(opened(Stage.SILENT))
    answer = guest.does("card:", **sent)
    assert answer.status_code == status
    assert why in said(answer)
    assert sent["text"].strip() in answer.content.decode()
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    "what", ["", "card", "card:x", "remove:x", "dot:x:1", "dot:x", "stage:voting", "end:", "kept:x:1"]
)
def test_a_gesture_made_up_changes_nothing(what: str) -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    assert guest.does(what).status_code in (409, 422)
    made.refresh_from_db()
    assert made.stage == Stage.SILENT


def test_while_they_write_only_the_author_sees_a_card() -> None:
    made = opened(Stage.SILENT)
    one, two = at_table(made, "Ana"), at_table(made, "Bob")
    one.does("card:", text="Secret de Ana")
    lead = lead_of(made)
    assert "Secret de Ana" in said(one.sees())
    for client, url in (
        (two.client, two.url),
        (lead, console(made)),
        (lead, console(made, "ecran/")),
        (lead, console(made, "compte-rendu/")),
    ):
        assert "Secret de Ana" not in client.get(url).content.decode(), url


def test_nobody_touches_the_card_of_another() -> None:
    made = opened(Stage.SILENT)
    card = wrote(at_table(made, "Ana").chair, "De Ana")
    other = at_table(made, "Bob")
    assert other.does(f"card:{card.pk}", text="Volée").status_code == 409
    other.does(f"remove:{card.pk}")
    card.refresh_from_db()
    assert card.text == "De Ana"


@pytest.mark.parametrize("stage", ALL)
def test_a_card_that_arrives_late_is_not_lost_and_is_on_every_screen(stage: Stage) -> None:
    made = to(opened(Stage.SILENT), stage)
    guest = at_table(made)
    made.refresh_from_db()
    version = made.version
    assert guest.does("card:", text="Écrite sans réseau").status_code == 302
    made.refresh_from_db()
    assert made.version > version
    assert "Écrite sans réseau" in said(lead_of(made).get(console(made)))


def test_a_card_no_longer_changes_once_the_others_have_read_it() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    card = wrote(guest.chair, "Lue")
    to(made, Stage.GROUPING)
    answer = guest.does(f"card:{card.pk}", text="Changée")
    assert answer.status_code == 409
    assert "passé à une autre étape" in said(answer)


def test_nobody_writes_before_it_begins_nor_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened()
    guest = at_table(made)
    assert guest.does("card:", text="Trop tôt").status_code == 409
    to(made, Stage.SILENT)
    monkeypatch.setattr("apps.methodology.workshops.services.cards.MOST", 1)
    wrote(guest.chair, "Une")
    with pytest.raises(Refused):
        wrote(guest.chair, "Deux")


# putting them together


def test_cards_are_placed_by_ticking_them_on_a_new_pile_then_another_then_none() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    cards = [wrote(guest.chair, f"Idée {rank}") for rank in range(3)]
    to(made, Stage.GROUPING)
    keys = [str(card.pk) for card in cards]
    for _ in range(2):
        guest.does("place:", card=keys[:2], title="Locaux", key=str(KEY))
    locaux = made.piles.get()
    assert {card.pk for card in locaux.cards.all()} == {cards[0].pk, cards[1].pk}
    guest.does("place:", card=keys[2], pile=str(locaux.pk))
    guest.does("place:", card=keys[0], pile="aucun")
    assert "Dites où placer" in said(guest.does("place:", card=keys[1], pile=""))
    assert set(locaux.cards.values_list("text", flat=True)) == {"Idée 1", "Idée 2"}


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"title": "Vide"}, "Cochez d’abord"),
        ({"card": "x", "title": "Locaux"}, "pas été compris"),
        ({"card": "x"}, "Dites où placer"),
        ({"title": "x" * 161}, "dépasse 160"),
    ],
)
def test_a_placing_that_cannot_be_done_keeps_the_name_typed(sent: dict[str, str], why: str) -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    wrote(guest.chair, "Idée")
    to(made, Stage.GROUPING)
    answer = guest.does("place:", **sent)
    assert why in said(answer)
    assert sent.get("title", "") in answer.content.decode()
    assert not made.piles.exists()


def test_cards_and_piles_of_another_workshop_are_out_of_reach() -> None:
    made, other = opened(Stage.SILENT), opened(Stage.SILENT)
    mine = wrote(invited(made), "Ici")
    theirs = wrote(invited(other), "Ailleurs")
    to(made, Stage.GROUPING), to(other, Stage.GROUPING)
    far = pile(other, "Groupe ailleurs", theirs)
    guest = at_table(made, "Bob")
    assert guest.does("place:", card=str(mine.pk), pile=str(far.pk)).status_code == 409
    guest.does("place:", card=str(theirs.pk), title="Volé")
    theirs.refresh_from_db()
    assert theirs.pile == far
    guest.does(f"drop:{far.pk}")
    assert guest.does(f"rename:{far.pk}", title="Volé", version="1").status_code == 409
    far.refresh_from_db()
    assert far.title == "Groupe ailleurs"


def test_two_names_for_one_pile_are_both_shown() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    wrote(guest.chair, "Idée")
    to(made, Stage.GROUPING)
    group = pile(made, "Premier nom", *Card.objects.all())
    services.rename_pile(workshop=made, pile=group.pk, title="Nom de Bob", version=1)
    answer = guest.does(f"rename:{group.pk}", title="Nom de Zoé", version="1")
    assert answer.status_code == 409
    assert "Nom de Bob" in said(answer)
    assert 'value="Nom de Zoé"' in answer.content.decode()
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert version
    guest.does(f"rename:{group.pk}", title="Nom de Zoé", version=version[1])
    group.refresh_from_db()
    assert group.title == "Nom de Zoé"


def test_only_the_person_who_leads_groups_when_it_was_so_said() -> None:
    made = opened(Stage.SILENT, everybody_groups=False)
    guest = at_table(made)
    card = wrote(guest.chair, "Idée")
    to(made, Stage.GROUPING)
    assert 'name="card"' not in guest.sees().content.decode()
    assert guest.does("place:", card=str(card.pk), title="Moi").status_code == 409
    act(lead_of(made), made, "place:", card=str(card.pk), title="Elle")
    assert made.piles.get().title == "Elle"
    act(lead_of(made), made, "groups:1")
    assert 'name="card"' in guest.sees().content.decode()


def test_a_pile_removed_leaves_its_cards() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    card = wrote(guest.chair, "Idée")
    to(made, Stage.GROUPING)
    group = pile(made, "Groupe", card)
    guest.does(f"drop:{group.pk}")
    guest.does(f"drop:{group.pk}")
    card.refresh_from_db()
    assert (card.pile, Workshop.objects.get(pk=made.pk).piles.count()) == (None, 0)
