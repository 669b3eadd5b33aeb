"""What the database refuses of a démarche (see tests/core/test_constraints.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.methodology.enums import SeatRole
from apps.methodology.models import (
    Change,
    Comment,
    Decision,
    Engagement,
    Field,
    Item,
    Mention,
    Reminder,
    Seat,
    SeatInvitation,
    Signature,
    SignedNote,
    StepState,
    Validation,
)
from tests.factories import UserFactory
from tests.methodology.public.violations import VIOLATIONS as PUBLIC
from tests.methodology.support import engagement_of, seat_in
from tests.methodology.workshops.violations import VIOLATIONS as WORKSHOPS

Act = Callable[[], Any]


def twice(make: Callable[[], Callable[[], Any]]) -> Act:
    """``make`` prepares what stands once and gives what may not happen twice."""

    def both() -> None:
        act = make()
        act()
        act()

    return both


def same_person() -> Act:
    engagement, user = engagement_of(), UserFactory.create()
    return lambda: Seat.objects.create(engagement=engagement, user=user, role=SeatRole.MEMBER)


def same_feed() -> None:
    for seat in (seat_in(engagement_of()), seat_in(engagement_of())):
        seat.feed_hash = "f" * 64
        seat.save()


def invitation(engagement: Engagement, email: str = "ami@exemple.fr", **said: Any) -> SeatInvitation:
    values = {"role": SeatRole.MEMBER, "token_hash": uuid4().hex * 2, "expires_at": timezone.now()}
    return SeatInvitation.objects.create(engagement=engagement, email=email, **{**values, **said})


def one_pending() -> None:
    engagement = engagement_of()
    invitation(engagement)
    invitation(engagement, "AMI@exemple.fr")


def state(step: int = 1, **said: Any) -> StepState:
    return StepState.objects.create(engagement=engagement_of(), step=step, **said)


def same_step() -> Act:
    engagement = engagement_of()
    return lambda: StepState.objects.create(engagement=engagement, step=1)


def validation(**said: Any) -> Validation:
    values = {"step": 1, "verdict": "validated", "name": "Ana"}
    return Validation.objects.create(engagement=engagement_of(), **{**values, **said})


def item() -> Item:
    return Item.objects.create(engagement=engagement_of(), kind="activity")


def same_field() -> Act:
    of = item()
    return lambda: Field.objects.create(item=of, code="title", value="x")


def change(of: Item, number: int, key: Any = None) -> Change:
    return Change.objects.create(
        engagement=of.engagement, item=of, number=number, act="set", key=key or uuid4()
    )


def same_number() -> Act:
    of = item()
    return lambda: change(of, 1)


def same_key() -> None:
    of, key = item(), uuid4()
    change(of, 1, key)
    change(of, 2, key)


def comment(**said: Any) -> Comment:
    return Comment.objects.create(engagement=engagement_of(), **{"step": 1, "text": "x", **said})


def same_mention() -> Act:
    said = comment()
    seat = seat_in(said.engagement)
    return lambda: Mention.objects.create(comment=said, seat=seat)


def decision(**said: Any) -> Decision:
    values = {"step": 1, "what": "x", "decided_by": "Ana", "decided_on": date(2027, 1, 1)}
    return Decision.objects.create(engagement=engagement_of(), **{**values, **said})


def note(engagement: Engagement, number: int, digest: str) -> SignedNote:
    return SignedNote.objects.create(engagement=engagement, number=number, digest=digest, lines=[])


def two_notes(*numbers: int, digests: tuple[str, str]) -> None:
    engagement = engagement_of()
    for number, digest in zip(numbers, digests, strict=True):
        note(engagement, number, digest)


def same_signature() -> Act:
    engagement = engagement_of()
    of, seat = note(engagement, 1, "a"), seat_in(engagement)
    return lambda: Signature.objects.create(note=of, seat=seat, name="Ana", quality="Présidente")


def same_reminder() -> Act:
    of = item()
    seat, day = seat_in(of.engagement), date(2027, 1, 1)
    return lambda: Reminder.objects.create(seat=seat, item=of, about="late", due=day, sent_on=day)


VIOLATIONS: dict[str, Act] = {
    "one_reminder_per_due_date": twice(same_reminder),
    **PUBLIC,
    **WORKSHOPS,
    "engagement_has_a_title": lambda: engagement_of(title=""),
    "one_seat_per_person": twice(same_person),
    "one_seat_per_feed": same_feed,
    "seat_answer_has_its_date": lambda: invitation(engagement_of(), answer="accepted"),
    "one_pending_seat_per_email": one_pending,
    "one_state_per_step": twice(same_step),
    "state_is_of_a_step": lambda: state(9),
    "skipped_step_says_why": lambda: state(stage="skipped"),
    "validation_is_of_a_step": lambda: validation(step=0),
    "validation_has_a_name": lambda: validation(name=""),
    "sent_back_step_says_why": lambda: validation(verdict="sent_back"),
    "one_value_per_field": twice(same_field),
    "field_version_starts_at_one": lambda: Field.objects.create(
        item=item(), code="title", value="x", version=0
    ),
    "changes_are_numbered": twice(same_number),
    "a_resent_write_is_one_write": same_key,
    "notes_are_numbered": lambda: two_notes(1, 1, digests=("a", "b")),
    "one_signature_per_seat": twice(same_signature),
    "signature_says_who": lambda: Signature.objects.create(
        note=note(engagement_of(), 1, "a"), name="", quality="x"
    ),
    "comment_is_of_a_step": lambda: comment(step=9),
    "comment_says_something": lambda: comment(text=""),
    "one_mention_per_comment_and_seat": twice(same_mention),
    "decision_is_of_a_step": lambda: decision(step=9),
    "decision_says_what": lambda: decision(what=""),
    "decision_says_who": lambda: decision(decided_by=""),
}
