"""What people of the crowd did on the platform, in bulk: steps of the course, of the method, partnerships."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.course.enums import DoneHow, PageKind
from apps.course.models import Learner, Page, Progress
from apps.demo.crowd_draws import Crowd, Drawn, pick
from apps.methodology.enums import Act, SeatRole, StepStage
from apps.methodology.models import Change, Engagement, Field, Item, Seat, StepState
from apps.methodology.public.selectors import latest

BEGUN = timedelta(days=300)
PACE = timedelta(minutes=1)


@dataclass
class Written:
    """Rows of the démarches, waiting to be written together."""

    engagements: list[Engagement] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    steps: list[StepState] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def save(self) -> None:
        Engagement.objects.bulk_create(self.engagements)
        Seat.objects.bulk_create(self.seats)
        StepState.objects.bulk_create(self.steps)
        Item.objects.bulk_create(self.items)
        Field.objects.bulk_create(self.fields)
        Change.objects.bulk_create(self.changes)


def work(data: Crowd, drawn: Iterable[Drawn], keys: Sequence[UUID]) -> None:
    """``keys``: the organisation of each rank."""
    chance = random.Random("le travail de la foule")  # noqa: S311 - the same data at each run
    users = people(data, drawn, keys, chance)
    learn(data, users, chance)
    lead(data, users, chance)


def people(data: Crowd, drawn: Iterable[Drawn], keys: Sequence[UUID], chance: random.Random) -> list[User]:
    """One person of most associations, administrator of hers. She has no password: nobody signs in as her."""
    closed = make_password(None)
    made = {
        keys[who.rank]: User(
            email=f"foule-{who.rank:03}@demo.example",
            full_name=f"{chance.choice(data['first_names'])} {chance.choice(data['last_names'])}",
            password=closed,
            is_demo=True,
            current_organisation_id=keys[who.rank],
        )
        for who in drawn
        if chance.random() < data["people"]
    }
    User.objects.bulk_create(made.values())
    Membership.objects.bulk_create(
        Membership(user=user, organisation_id=key, role=Role.ADMIN) for key, user in made.items()
    )
    return list(made.values())


def learn(data: Crowd, users: Iterable[User], chance: random.Random) -> None:
    pages = list(Page.objects.filter(kind=PageKind.STEP, sheet__isnull=False).order_by("number"))
    begun = timezone.now() - BEGUN
    done = [(Learner(user=user, started_at=begun), pick(chance, data["course"])) for user in users]
    rows = [(learner, count) for learner, count in done if count]
    Learner.objects.bulk_create(learner for learner, _ in rows)
    Progress.objects.bulk_create(
        Progress(
            learner=learner,
            page=page,
            done_at=begun + timedelta(days=30 * rank),
            done_how=DoneHow.SAID,
            edition=1,
        )
        for learner, count in rows
        for rank, page in enumerate(pages[:count])
    )


def lead(data: Crowd, users: Iterable[User], chance: random.Random) -> None:
    written, edition = Written(), latest() or 1
    for user in users:
        if chance.random() < data["engagements"]:
            demarche(data, written, user, edition, chance)
    written.save()


def demarche(data: Crowd, written: Written, user: User, edition: int, chance: random.Random) -> None:
    """Open, led by this person, with so many steps done and the next one begun."""
    begun, organisation = timezone.now() - BEGUN, user.current_organisation_id
    assert organisation
    made = Engagement(
        pk=uuid5(organisation, "démarche"),
        opening_key=uuid5(organisation, "ouverture"),
        organisation_id=organisation,
        title="Notre démarche",
        edition=edition,
        opened_by=user,
        opened_at=begun,
        is_demo=True,
    )
    seat = Seat(pk=uuid5(made.pk, "place"), engagement=made, user=user, role=SeatRole.LEAD, joined_at=begun)
    written.engagements.append(made)
    written.seats.append(seat)
    written.steps += steps(made, seat, pick(chance, data["method"]))
    for rank in range(chance.choice((0, 0, 1, 1, 2))):
        partnership(
            written, seat, rank, chance.choice(data["partners"]), pick(chance, data["partnership_types"])
        )


def steps(made: Engagement, seat: Seat, done: int) -> Iterator[StepState]:
    for step in range(1, min(done + 1, 8) + 1):
        yield StepState(
            engagement=made,
            step=step,
            stage=StepStage.DONE if step <= done else StepStage.DOING,
            changed_by=seat,
            changed_at=made.opened_at + timedelta(days=30 * step),
        )


def partnership(written: Written, seat: Seat, rank: int, title: str, kind: str) -> None:
    """An item, its two fields, and their three changes."""
    made, at = seat.engagement, seat.joined_at + timedelta(days=40 + rank)
    item = Item(
        pk=uuid5(made.pk, f"partenariat {rank}"),
        engagement=made,
        kind="partnership",
        place=rank,
        made_by=seat,
        made_at=at,
    )
    written.items.append(item)
    change(written, seat, item, at=at, act=Act.MADE, after={})
    for code, value in (("title", title), ("type", kind)):
        at += PACE
        written.fields.append(Field(item=item, code=code, value=value, changed_by=seat, changed_at=at))
        change(written, seat, item, at=at, act=Act.SET, code=code, after=value, version=1)


def change(written: Written, seat: Seat, item: Item, **said: object) -> None:
    made = seat.engagement
    made.sequence += 1
    row = Change(
        engagement=made,
        number=made.sequence,
        item=item,
        seat=seat,
        key=uuid5(made.pk, f"changement {made.sequence}"),
        **said,
    )
    written.changes.append(row)
