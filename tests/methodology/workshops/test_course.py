"""The course of a workshop: opening, stages on and back, the clock, votes, what is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.methodology.enums import SeatRole
from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.errors import Refused
from apps.methodology.models import Card, Field, Item, Participant, Workshop
from apps.methodology.workshops import services
from tests.methodology.support import engagement_of
from tests.methodology.workshops.helpers import (
    act,
    again,
    at_table,
    console,
    invited,
    lead_of,
    member_of,
    opened,
    pile,
    plan,
    signed_in,
    to,
    wrote,
)
from tests.pages.support import said

pytestmark = pytest.mark.django_db
SENT = {
    "step": "6",
    "title": "Atelier des leviers",
    "question": "Que faire autrement ?",
    "dots": "5",
    "shows_names": "0",
    "everybody_groups": "1",
}


def today() -> str:
    return timezone.localdate().isoformat()


# opening


def test_the_first_workshop_is_opened_from_an_empty_list() -> None:
    seat = member_of(engagement_of())
    client, home = signed_in(seat), f"/agir/demarches/{seat.engagement_id}/ateliers/"
    assert "Aucun atelier pour l’instant" in said(client.get(home))
    page = client.get(f"{home}nouveau/?etape=2")
    assert page.context["form"].initial["step"] == "2"
    sent = {**SENT, "held_on": today(), "key": str(page.context["form"].initial["key"])}
    made = client.post(f"{home}nouveau/", sent)
    assert client.post(f"{home}nouveau/", sent).url == made.url
    workshop = Workshop.objects.get()
    assert (workshop.opened_by, workshop.step, workshop.shows_names) == (seat, 6, False)
    listed = said(client.get(home))
    assert "Atelier des leviers" in listed
    assert workshop.code in listed


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": ""}, "Donnez un nom à l’atelier"),
        ({"question": " "}, "Écrivez la question"),
        ({"held_on": "demain"}, "Écrivez la date ainsi"),
        ({"held_on": "2020-01-01"}, "Cette date est passée"),
        ({"dots": "0"}, "de 1 à 20"),
        ({"dots": "beaucoup"}, "de 1 à 20"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(wrong: dict[str, str], why: str) -> None:
    seat = member_of(engagement_of())
    sent = {**SENT, "held_on": today(), **wrong}
    answer = signed_in(seat).post(f"/agir/demarches/{seat.engagement_id}/ateliers/nouveau/", sent)
    assert answer.status_code == 422
    assert why in said(answer)
    assert (
        "Atelier des leviers" in answer.content.decode() or "Que faire autrement" in answer.content.decode()
    )
    assert not Workshop.objects.exists()


def test_what_was_announced_changes_until_it_begins_except_whether_names_show() -> None:
    made = opened()
    lead = lead_of(made)
    assert "shows_names" not in lead.get(console(made, "modifier/")).content.decode()
    sent = {**SENT, "held_on": today(), "title": "Autre nom", "shows_names": "1", "dots": "3"}
    assert lead.post(console(made, "modifier/"), sent).status_code == 302
    made = again(made)
    assert (made.title, made.dots, made.shows_names) == ("Autre nom", 3, False)
    to(made, Stage.SILENT)
    refused = lead.post(console(made, "modifier/"), {**sent, "title": "Trop tard"})
    assert "ne changent plus" in said(refused)
    assert again(made).title == "Autre nom"


def test_a_closed_demarche_reads_its_workshops_and_opens_no_other() -> None:
    made = opened(Stage.SILENT)
    made.engagement.closed_at = timezone.now()
    made.engagement.save()
    lead = lead_of(made)
    page = lead.get(console(made)).content.decode()
    assert "stage:" not in page
    assert act(lead, made, "stage:grouping").status_code == 409
    with pytest.raises(Refused):
        services.open_workshop(seat=made.opened_by, plan=plan(), key=uuid4())
    assert again(made).stage == Stage.SILENT


# stages


def test_it_goes_on_and_back_and_nothing_is_lost() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    one, two, alone = (wrote(guest.chair, text) for text in ("Un", "Deux", "Seule"))
    lead = lead_of(made)
    act(lead, made, "stage:grouping")
    group = pile(made, "Groupe", one, two)
    act(lead, made, "stage:voting")
    guest.does(f"dot:{group.pk}:3")
    for stage in (Stage.GROUPING, Stage.SILENT, Stage.TALKING, Stage.VOTING, Stage.TALKING):
        assert act(lead, made, f"stage:{stage}").status_code == 302
    assert {card.text for card in group.cards.all()} == {"Un", "Deux"}
    alone.refresh_from_db()
    assert alone.pile is not None
    assert alone.pile.title == "Seule", "a card alone is voted on like a pile, once"
    assert made.piles.count() == 2
    assert group.dots.get().number == 3


def test_the_same_stage_twice_is_one_step_and_done_starts_again() -> None:
    made = opened(Stage.SILENT)
    guest = at_table(made)
    guest.does("done:1")
    lead = lead_of(made)
    act(lead, made, "stage:grouping")
    version = again(made).version
    act(lead, made, "stage:grouping")
    assert again(made).version == version
    assert not Participant.objects.get().is_done


@pytest.mark.parametrize(
    "what", ["stage:over", "stage:nowhere", "stage:", "dance:", "place:", "rename:x", "until:x"]
)
def test_a_gesture_made_up_at_the_console_is_told(what: str) -> None:
    made = opened(Stage.SILENT)
    answer = act(lead_of(made), made, what, htmx=True)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert again(made).stage == Stage.SILENT


def test_the_console_asks_again_and_gets_nothing_until_something_moves() -> None:
    made = opened(Stage.SILENT)
    lead = lead_of(made)
    headers = {"HX-Request": "true"}
    version = again(made).version
    assert lead.get(console(made), {"vu": version}, headers=headers).status_code == 204
    assert lead.get(console(made, "ecran/"), {"vu": version}, headers=headers).status_code == 204
    at_table(made)
    part = lead.get(console(made), {"vu": version}, headers=headers)
    assert "1 personne" in said(part)
    assert part.content.decode().lstrip().startswith('<section id="console"')
    assert lead.get(console(made, "ecran/"), {"vu": version}, headers=headers).status_code == 200
    services.end(workshop=made)
    gone = lead.get(console(made), {"vu": version}, headers=headers)
    # Where the button that ends it leads, if this comes first.
    assert gone.headers["HX-Redirect"] == console(made, "compte-rendu/modifier/")
    board = signed_in(member_of(made.engagement, SeatRole.BOARD))
    assert board.get(console(made), headers=headers).headers["HX-Redirect"] == console(made, "compte-rendu/")
    assert lead.get(console(made, "ecran/"), {"vu": version}, headers=headers).status_code == 286


# the clock


def test_the_clock_is_shown_to_everybody_and_locks_nothing(clock: Any) -> None:
    now = timezone.now().replace(microsecond=0)
    clock(now)
    made = opened(Stage.SILENT)
    guest, lead = at_table(made), lead_of(made)
    act(lead, made, "timer:", minutes="7")
    for client, url in ((guest.client, guest.url), (lead, console(made)), (lead, console(made, "ecran/"))):
        assert 'data-left="420"' in client.get(url).content.decode()
    more = int((now + timedelta(minutes=9)).timestamp())
    for _ in range(2):
        act(lead, made, f"until:{more}")
    assert again(made).timer_ends_at == now + timedelta(minutes=9), "a second click adds nothing"
    clock(now + timedelta(minutes=10))
    assert "Rien ne se ferme tout seul" in said(guest.sees())
    assert guest.does("card:", text="Après l’heure").status_code == 302
    act(lead, made, "stop:")
    assert "data-left" not in guest.sees().content.decode()


def test_two_minutes_more_after_the_time_is_past_are_counted_from_now(clock: Any) -> None:
    now = timezone.now().replace(microsecond=0)
    clock(now)
    made = opened(Stage.SILENT)
    act(lead_of(made), made, "timer:1")
    clock(now + timedelta(minutes=5))
    page = lead_of(made).get(console(made)).content.decode()
    assert f'value="until:{int((now + timedelta(minutes=7)).timestamp())}"' in page


def test_a_clock_is_never_longer_than_three_hours() -> None:
    made = opened(Stage.SILENT)
    act(lead_of(made), made, "timer:", minutes="9999")
    ends = again(made).timer_ends_at
    assert isinstance(ends, datetime)
    assert ends < timezone.now() + timedelta(hours=3, minutes=1)


# dots


def voting(*titles: str, dots: int = 5) -> tuple[Workshop, Any]:
    made = opened(Stage.SILENT, dots=dots)
    guest = at_table(made)
    for title in titles:
        wrote(guest.chair, title)
    return to(made, Stage.VOTING), guest


def test_dots_are_spread_at_will_changed_and_never_more_than_she_has() -> None:
    made, guest = voting("Un", "Deux")
    one, two = made.piles.order_by("title")
    guest.does(f"dot:{one.pk}:4")
    guest.does(f"dot:{two.pk}:1")
    assert "Toutes vos pastilles sont posées" in said(guest.sees())
    refused = guest.does(f"dot:{two.pk}:2")
    assert refused.status_code == 409
    assert "Vous avez 5 pastilles en tout" in said(refused)
    guest.does(f"dot:{one.pk}:3")
    guest.does(f"dot:{two.pk}:2")
    guest.does(f"dot:{one.pk}:0")
    assert "Il vous reste 3 pastilles" in said(guest.sees())


def test_dots_are_put_only_while_the_vote_is_open_and_on_a_pile_of_this_table() -> None:
    made, guest = voting("Un")
    other, _ = voting("Ailleurs")
    assert guest.does(f"dot:{other.piles.get().pk}:1").status_code == 409
    to(made, Stage.TALKING)
    assert guest.does(f"dot:{made.piles.get().pk}:1").status_code == 409
    assert not made.piles.get().dots.exists()


def test_once_closed_the_piles_come_with_most_dots_first() -> None:
    made, guest = voting("Un", "Deux", "Trois")
    votes = {"Un": 1, "Deux": 3, "Trois": 0}
    for group in made.piles.all():
        guest.does(f"dot:{group.pk}:{votes[group.title]}")
    to(made, Stage.TALKING)
    page = said(guest.sees())
    assert page.index("Deux") < page.index("Un 1 pastille") < page.index("Trois")


# what is kept


def test_what_is_kept_becomes_levers_once() -> None:
    made, guest = voting("Un", "Deux")
    one = made.piles.get(title="Un")
    Card.objects.filter(text="Un").update(pillar="human")
    lead = lead_of(made)
    assert act(lead, made, f"kept:{one.pk}:1").status_code == 409, "not before the vote is closed"
    to(made, Stage.TALKING)
    act(lead, made, f"kept:{one.pk}:1")
    assert "1 levier à ajouter" in said(lead.get(console(made)))
    for _ in range(2):
        act(lead, made, "items:")
    lever = Item.objects.get(engagement=made.engagement)
    values = dict(Field.objects.filter(item=lever).values_list("code", "value"))
    assert (lever.kind, values["title"], values["pillar"]) == ("lever", "Un", "human")
    assert "déjà dans l’outil" in said(lead.get(console(made)))
    assert guest.does(f"kept:{one.pk}:0").status_code == 409, "the person who leads decides"


@pytest.mark.parametrize(("step", "kind"), [(2, "activity"), (7, "action"), (5, "")])
def test_at_other_steps_it_becomes_what_the_step_makes_or_stays_in_the_record(step: int, kind: str) -> None:
    made = opened(Stage.SILENT, step=step)
    guest = invited(made)
    cards = [
        wrote(guest, "x" * 200, "human"),
        wrote(guest, "Deux", "human"),
        wrote(guest, "Trois", "alliances"),
    ]
    to(made, Stage.GROUPING)
    group = pile(made, "T" * 160, *cards)
    to(made, Stage.TALKING)
    lead = lead_of(made)
    act(lead, made, f"kept:{group.pk}:1")
    act(lead, made, "items:")
    assert list(Item.objects.values_list("kind", flat=True)) == ([kind] if kind else [])
    assert ("à ajouter" in said(lead.get(console(made)))) is False
    assert "Gardé" in said(lead.get(console(made, "compte-rendu/")))


def test_two_notes_for_one_pile_are_both_shown() -> None:
    made, _ = voting("Un")
    group = made.piles.get()
    to(made, Stage.TALKING)
    lead = lead_of(made)
    act(lead, made, f"note:{group.pk}", note="De Paul", version="1")
    answer = act(lead, made, f"note:{group.pk}", note="De Awa", version="1")
    assert answer.status_code == 409
    assert "De Paul" in said(answer)
    assert "De Awa</textarea>" in answer.content.decode()
    group.refresh_from_db()
    assert group.note == "De Paul"
    assert act(lead, made, f"note:{group.pk}", note="De Paul", version="1").status_code == 302, "sent twice"
    long = act(lead, made, f"note:{group.pk}", note="é" * 601, version="2")
    assert (long.status_code, "é" * 601 in long.content.decode()) == (422, True)


def test_once_over_the_team_still_keeps_notes_and_makes_items_and_guests_nothing() -> None:
    made, _ = voting("Un")
    group = made.piles.get()
    services.end(workshop=made)
    lead = lead_of(made)
    assert act(lead, made, f"kept:{group.pk}:1").url == console(made, "compte-rendu/")
    act(lead, made, f"note:{group.pk}", note="Relu", version="1")
    conflict = act(lead, made, f"note:{group.pk}", note="Autre", version="1")
    assert conflict.status_code == 409
    assert "Autre</textarea>" in conflict.content.decode()
    act(lead, made, "items:")
    assert Item.objects.get().kind == "lever"
    assert act(lead, made, "stage:silent").status_code == 409
