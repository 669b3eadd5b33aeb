"""Many hands at once: real connections, real commits. Nothing lost, nothing twice, nobody beyond her dots."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from apps.core.secrets import new_token
from apps.methodology.enums import SeatRole
from apps.methodology.enums import WorkshopStage as Stage
from apps.methodology.errors import Refused
from apps.methodology.models import Card, Dot, Item, Participant, Pile, Workshop
from apps.methodology.workshops import services
from tests.accounts.test_concurrency import together
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.workshops.helpers import again, invited, opened, pile, plan, to, wrote

pytestmark = pytest.mark.usefixtures("committed")


def faults(given: list[object]) -> list[object]:
    return [one for one in given if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_twenty_people_who_write_and_send_twice_lose_nothing() -> None:
    made = opened(Stage.SILENT)
    chairs = [invited(made, f"Personne {rank}") for rank in range(20)]

    def writes(chair: Participant) -> None:
        for rank in range(5):
            key = uuid4()
            for _ in range(2):
                services.write_card(participant=chair, text=f"Idée {rank}", pillar="", key=key)

    assert together(*[lambda chair=chair: writes(chair) for chair in chairs]) == [None] * 20
    assert Card.objects.filter(workshop=made).count() == 100


def test_one_card_sent_by_two_tabs_at_once_is_one_card() -> None:
    made = opened(Stage.SILENT)
    chair, key = invited(made), uuid4()
    given = together(
        *[lambda: services.write_card(participant=chair, text="Une", pillar="", key=key).pk for _ in range(6)]
    )
    assert len(set(given)) == 1
    assert Card.objects.filter(workshop=made).count() == 1


def test_dots_sent_at_once_never_pass_what_she_has() -> None:
    made = opened(Stage.SILENT, dots=5)
    chair = invited(made)
    for rank in range(6):
        wrote(chair, f"Idée {rank}")
    to(made, Stage.VOTING)
    piles = list(Pile.objects.filter(workshop=made))
    given = together(
        *[
            lambda group=group: services.set_dots(participant=chair, pile=group.pk, number=2)
            for group in piles
            for _ in range(2)
        ]
    )
    assert not faults(given)
    assert sum(Dot.objects.filter(participant=chair).values_list("number", flat=True)) == 4


def test_every_dot_accepted_while_the_vote_closes_is_counted() -> None:
    made = opened(Stage.SILENT)
    chairs = [invited(made, f"Personne {rank}") for rank in range(24)]
    wrote(chairs[0], "Idée")
    to(made, Stage.VOTING)
    group = Pile.objects.get(workshop=made)

    def puts(chair: Participant) -> str:
        services.set_dots(participant=chair, pile=group.pk, number=1)
        return "counted"

    acts: list[Callable[[], object]] = [lambda chair=chair: puts(chair) for chair in chairs]
    acts.insert(12, lambda: services.end(workshop=made).stage)
    given = together(*acts)
    assert not faults(given)
    group.refresh_from_db()
    assert group.votes == given.count("counted")
    assert not Dot.objects.filter(pile=group).exists()


def test_stages_that_move_under_many_hands_lock_nobody() -> None:
    made = opened(Stage.SILENT)
    chairs = [invited(made, f"Personne {rank}") for rank in range(12)]
    cards = [wrote(chair, "Idée") for chair in chairs]
    to(made, Stage.GROUPING)
    groups = [pile(made, f"Groupe {rank}", cards[rank]) for rank in range(3)]

    def busy(rank: int) -> None:
        chair, acts = chairs[rank], (0, 1, 2, 3, 4)
        for act in acts:
            try:
                if act == 0:
                    services.write_card(participant=chair, text="Tard", pillar="", key=uuid4())
                elif act == 1:
                    services.set_done(participant=chair, done=True)
                elif act == 2:
                    moved = [card.pk for card in (cards if rank % 2 else cards[::-1])]
                    services.place_cards(workshop=made, cards=moved, pile=groups[rank % 3].pk, key=uuid4())
                elif act == 3:
                    services.rename_pile(workshop=made, pile=groups[0].pk, title=f"De {rank}", version=1)
                else:
                    services.set_dots(participant=chair, pile=groups[1].pk, number=1)
            except Refused:
                continue

    def moves() -> None:
        for stage in (Stage.VOTING, Stage.GROUPING, Stage.TALKING, Stage.SILENT, Stage.GROUPING) * 2:
            to(made, stage)

    given = together(*[lambda rank=rank: busy(rank) for rank in range(12)], moves)
    assert given == [None] * 13
    assert Card.objects.filter(workshop=made, text="Idée").count() == 12


def test_two_names_at_once_leave_one_and_tell_the_other() -> None:
    made = opened(Stage.SILENT)
    card = wrote(invited(made), "Idée")
    to(made, Stage.GROUPING)
    group = pile(made, "Premier", card)
    given = together(
        *[
            lambda name=name: services.rename_pile(workshop=made, pile=group.pk, title=name, version=1)
            for name in ("Ana", "Bob", "Zoé")
        ]
    )
    assert given.count(None) == 1
    assert not faults(given)


def test_a_double_click_opens_one_workshop_takes_one_chair_and_makes_one_lever() -> None:
    seat, key, token = seat_in(engagement_of(), SeatRole.LEAD), uuid4(), new_token()
    opening = plan()
    assert len(set(together(*[lambda: services.open_workshop(seat=seat, plan=opening, key=key).pk] * 4))) == 1
    made = Workshop.objects.get(opening_key=key)
    join = lambda: services.join(workshop=made, token=token, name="Zoé", role="élue").pk  # noqa: E731
    assert len(set(together(*[join] * 4))) == 1
    assert len(set(together(*[lambda: services.sit(workshop=made, seat=seat).pk] * 4))) == 1
    assert Participant.objects.filter(workshop=made).count() == 2
    to(made, Stage.SILENT)
    wrote(Participant.objects.filter(workshop=made).first(), "Idée")  # type: ignore[arg-type]
    to(made, Stage.TALKING)
    group = Pile.objects.get(workshop=made)
    services.set_kept(workshop=made, pile=group.pk, kept=True)
    given = together(*[lambda: len(services.make_items(workshop=again(made), seat=seat))] * 4)
    assert sorted(map(str, given)) == ["0", "0", "0", "1"]
    assert Item.objects.filter(engagement=seat.engagement).count() == 1


def test_a_guest_who_writes_while_it_ends_is_told_or_her_card_stays() -> None:
    made = opened(Stage.SILENT)
    chairs = [invited(made, f"Personne {rank}") for rank in range(10)]

    def writes(chair: Participant) -> str:
        services.write_card(participant=chair, text="Idée", pillar="", key=uuid4())
        return "kept"

    acts: list[Callable[[], object]] = [lambda chair=chair: writes(chair) for chair in chairs]
    acts.insert(5, lambda: services.end(workshop=made).stage)
    given = together(*acts)
    assert not faults(given)
    assert Card.objects.filter(workshop=made, author=None).count() == given.count("kept")
    assert not Participant.objects.filter(workshop=made).exists()
