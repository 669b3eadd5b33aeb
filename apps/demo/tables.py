"""Workshops of the demonstration, held through the same services as real ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from apps.demo.ledger import day, moment
from apps.methodology.enums import WorkshopStage
from apps.methodology.models import Change, Field, Item, Participant, Pile, Seat, Workshop
from apps.methodology.workshops import services

LASTS = timedelta(hours=2)


def ready(row: Mapping[str, Any], seats: Mapping[str, Seat]) -> Workshop:
    """Announced, with its code."""
    seat = seats[row["by"]]
    plan = services.Plan(
        step=row["step"],
        title=row["title"],
        question=row["question"],
        held_on=day(row["day"]),
        dots=row["dots"],
        shows_names=False,
        everybody_groups=True,
    )
    return services.open_workshop(seat=seat, plan=plan, key=uuid5(seat.engagement_id, row["title"]))


def held(row: Mapping[str, Any], seats: Mapping[str, Seat]) -> dict[str, Item]:
    """From the silent round to the record; the items that its kept piles became, by the names of the piles."""
    made = ready(row, seats)
    chairs = [chair(made, who, seats) for who in row["chairs"]]
    services.move(workshop=made, to=WorkshopStage.SILENT)
    cards = {pile["key"]: written(made, pile, chairs) for pile in row["piles"]}
    services.move(workshop=made, to=WorkshopStage.GROUPING)
    for pile in row["piles"]:
        services.place_cards(
            workshop=made, cards=cards[pile["key"]], title=pile["title"], key=key_of(made, pile)
        )
    piles = dict(Pile.objects.filter(workshop=made).values_list("key", "pk"))
    keys = {pile["key"]: piles[key_of(made, pile)] for pile in row["piles"]}
    vote(made, row, chairs, keys)
    services.move(workshop=made, to=WorkshopStage.TALKING)
    for pile in row["piles"]:
        services.set_note(workshop=made, pile=keys[pile["key"]], note=pile["note"], version=1)
        services.set_kept(workshop=made, pile=keys[pile["key"]], kept=pile["kept"])
    services.save_record(workshop=made, text=row["record"].strip(), version=0)
    services.make_items(workshop=made, seat=seats[row["by"]])
    services.end(workshop=made)
    return dated(made, row, keys)


def chair(made: Workshop, who: str | Mapping[str, str], seats: Mapping[str, Seat]) -> Participant:
    if isinstance(who, str):
        return services.sit(workshop=made, seat=seats[who])
    # Forgotten when the workshop ends, with her name: nobody holds this secret.
    return services.join(workshop=made, token=f"{made.pk} {who['name']}", **who)


def written(made: Workshop, pile: Mapping[str, Any], chairs: list[Participant]) -> list[UUID]:
    return [
        services.write_card(
            participant=chairs[author], text=text, pillar=pillar, key=uuid5(made.pk, f"{author} {text}")
        ).pk
        for author, pillar, text in pile["cards"]
    ]


def key_of(made: Workshop, pile: Mapping[str, Any]) -> UUID:
    return uuid5(made.pk, pile["key"])


def vote(made: Workshop, row: Mapping[str, Any], chairs: list[Participant], keys: Mapping[str, UUID]) -> None:
    services.move(workshop=made, to=WorkshopStage.VOTING)
    for pile in row["piles"]:
        for participant, number in zip(chairs, pile["dots"], strict=True):
            if number:
                services.set_dots(participant=participant, pile=keys[pile["key"]], number=number)


def dated(made: Workshop, row: Mapping[str, Any], keys: Mapping[str, UUID]) -> dict[str, Item]:
    """Services write with the clock of now: all of it moves to the day of the workshop."""
    begun = moment(row["day"])
    Workshop.objects.filter(pk=made.pk).update(opened_at=begun - timedelta(days=7), over_at=begun + LASTS)
    items = {
        item.pk: item
        for item in Item.objects.filter(pk__in=Pile.objects.filter(workshop=made).values("item"))
    }
    Item.objects.filter(pk__in=items).update(made_at=begun + LASTS)
    Field.objects.filter(item__in=items).update(changed_at=begun + LASTS)
    Change.objects.filter(item__in=items).update(at=begun + LASTS)
    became = dict(Pile.objects.filter(workshop=made, is_kept=True).values_list("pk", "item"))
    return {name: items[became[pk]] for name, pk in keys.items() if pk in became}
