"""What people of a demonstration démarche said, through the services; then each date moves back to its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4, uuid5

from apps.demo.ledger import day, moment
from apps.methodology.access import Place
from apps.methodology.bench.sheet import Sheet
from apps.methodology.enums import StepStage
from apps.methodology.models import (
    Comment,
    Decision,
    Engagement,
    Item,
    Mention,
    ScenarioVote,
    Seat,
    Signature,
    SignedNote,
    StepState,
    Validation,
)
from apps.methodology.papers.note import as_written
from apps.methodology.services import comments, decisions, papers, stages, validations
from apps.methodology.tools import TOOLS

MORNING, EVENING = 9, 19


def stage(row: Mapping[str, Any], seat: Seat) -> None:
    """A step moves, or governance says its word of it."""
    state = StepState.objects.filter(engagement=seat.engagement_id, step=row["step"])
    shown = state.values_list("stage", flat=True).first() or StepStage.TODO
    when = moment(row["day"], EVENING)
    if "verdict" in row:
        word = validations.Word(row["verdict"], day(row["day"]), shown, row["reason"], row.get("name", ""))
        said = validations.validate(seat=seat, step=row["step"], word=word)
        Validation.objects.filter(pk=said.pk).update(at=when)
        state.update(changed_at=when)
        return
    stages.change_stage(seat=seat, step=row["step"], move=stages.Move(row["to"], shown))
    # Governance was written to on that day: no mail of today tells it again.
    state.update(changed_at=when, board_told_at=when if row["to"] == StepStage.TO_VALIDATE else None)


def decision(row: Mapping[str, Any], seat: Seat) -> None:
    replaced = Decision.objects.filter(key=uuid5(seat.engagement_id, row.get("replaces", ""))).first()
    said = decisions.Said(
        step=row["step"],
        what=row["what"],
        why=row["why"],
        decided_by=row["who"],
        decided_on=day(row["day"]),
        replaces=replaced.pk if replaced else None,
    )
    made = decisions.write(seat=seat, said=said, key=uuid5(seat.engagement_id, row["code"]))
    Decision.objects.filter(pk=made.pk).update(written_at=moment(row["day"], EVENING))


def ballot(row: Mapping[str, Any], seat: Seat, scenario: Item) -> None:
    """No service: the scenario is chosen by now, and votes are closed."""
    number = Engagement.objects.values_list("sequence", flat=True).get(pk=seat.engagement_id)
    said = {"stance": row["stance"], "reason": row.get("reason", ""), "number": number}
    ScenarioVote.objects.create(item=scenario, seat=seat, at=moment(row["day"], EVENING), **said)


def comment(row: Mapping[str, Any], seats: Mapping[str, Seat], item: Item | None) -> None:
    seat, when = seats[row["by"]], moment(row["day"], MORNING)
    called = [seats[name].pk for name in row.get("mentions", ())]
    said = comments.say(
        seat=seat, step=row["step"], item=item, text=row["text"], mentions=called, key=uuid4()
    )
    Mention.objects.filter(seat=seat, done_at=said.at).update(done_at=when)
    Mention.objects.filter(comment=said).update(told_at=when)
    if row.get("settled"):
        comments.settle(comment=said, settled=True)
        Comment.objects.filter(pk=said.pk).update(settled_at=when)
    Comment.objects.filter(pk=said.pk).update(at=when)


def signed_note(row: Mapping[str, Any], made: Engagement, seats: Mapping[str, Seat]) -> None:
    """The framing note as it stands, put to signature and signed."""
    lead, *_ = seats.values()
    sheet = Sheet.of(Place(made, lead), TOOLS["cadrage"])
    written, values = as_written(sheet), sheet.single("note").values
    note = papers.put_to_signature(seat=lead, lines=written.lines, meetings=written.meetings, values=values)
    SignedNote.objects.filter(pk=note.pk).update(put_at=moment(row["put"]))
    for signature in row["signatures"]:
        seat = seats[signature["who"]]
        signed = papers.sign(seat=seat, note=note, name=str(seat.user), quality=signature["quality"])
        Signature.objects.filter(pk=signed.pk).update(at=moment(signature["day"]))
