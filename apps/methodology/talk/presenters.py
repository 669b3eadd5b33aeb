"""A thread of comments, ready for a template without logic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from apps.methodology.access import Place
from apps.methodology.choices import SOMEBODY, name_of, team_seats
from apps.methodology.models import Comment, Seat
from apps.methodology.services.comments import TALKERS, may_edit
from apps.methodology.talk.selectors import comments_on


@dataclass(frozen=True, slots=True)
class Remark:
    """``text`` is "" once taken back. ``version`` changes with the text: a form of the older one is drawn again."""

    pk: int
    name: str
    at: datetime
    text: str
    called: list[str]
    version: str
    is_edited: bool
    is_taken_back: bool
    is_settled: bool
    may_edit: bool
    may_take_back: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What was being written, and why it was refused: kept on the page."""

    text: str = ""
    mentions: Sequence[str] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """``people``: (key of the seat, name, whether checked) of those whom she may call."""

    url: str
    engagement: UUID
    rows: list[Remark]
    people: list[tuple[str, str, bool]]
    talks: bool
    key: UUID
    typed: Typed
    refused: str

    @property
    def open_ones(self) -> int:
        """Neither settled nor taken back."""
        return sum(not (row.is_settled or row.is_taken_back) for row in self.rows)


def thread(
    place: Place,
    *,
    item: UUID | None = None,
    step: int = 0,
    typed: Typed | None = None,
    refused: str = "",
) -> Thread:
    """Of an item (by its key, also before it is written), or of a step as a whole. 2 queries.

    ``refused``: why something asked about a comment was not done.
    """
    engagement, typed = place.engagement, typed or Typed()
    seats: dict[UUID, Seat] = {seat.pk: seat for seat in team_seats(engagement.pk)}
    rows = comments_on(engagement.pk, item=item, step=step)
    if item:
        url = reverse("method:comments", args=[engagement.pk, item])
    else:
        url = reverse("method:step_comments", args=[engagement.pk, step])
    return Thread(
        url=url,
        engagement=engagement.pk,
        rows=[remark(place, row, seats) for row in rows],
        people=people(place, seats, typed.mentions),
        talks=place.may("talk") and engagement.is_open,
        key=uuid4(),
        typed=typed,
        refused=refused,
    )


def people(place: Place, seats: Mapping[UUID, Seat], checked: Sequence[str]) -> list[tuple[str, str, bool]]:
    others = [seat for seat in seats.values() if seat.pk != place.seat.pk and seat.role in TALKERS]
    return [
        (str(seat.pk), name_of(seat), str(seat.pk) in checked)
        for seat in others
        if seat.holds  # type: ignore[attr-defined]
    ]


def remark(place: Place, row: Comment, seats: Mapping[UUID, Seat]) -> Remark:
    is_mine = row.seat_id == place.seat.pk
    stands, is_open = row.taken_back_at is None, place.engagement.is_open
    name = name_of(seats.get(row.seat_id)) if row.seat_id else SOMEBODY
    return Remark(
        pk=row.pk,
        name=name,
        at=row.at,
        text=row.text,
        called=[name_of(seats.get(key)) for key in row.called],  # type: ignore[attr-defined]
        version=f"{row.edited_at or row.at:%H%M%S%f}",
        is_edited=row.edited_at is not None,
        is_taken_back=not stands,
        is_settled=row.settled_at is not None,
        may_edit=is_mine and is_open and may_edit(row, timezone.now()),
        may_take_back=is_mine and stands,
        may_settle=stands and is_open and place.may("write"),
    )
