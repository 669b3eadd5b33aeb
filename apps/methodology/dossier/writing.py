"""The rows of an imported démarche. Called within a transaction, with a plan that was checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.methodology.choices import OF_ITEMS, catalogue_lists
from apps.methodology.dossier import names, schema
from apps.methodology.dossier.plan import NewItem, Plan
from apps.methodology.enums import Act, SeatRole, WorkshopStage
from apps.methodology.models import (
    Card,
    Change,
    Comment,
    Decision,
    Engagement,
    Field,
    Item,
    Pile,
    Seat,
    Signature,
    SignedNote,
    StepState,
    Validation,
    Workshop,
)
from apps.methodology.services.items import single_key
from apps.methodology.services.papers import digest_of
from apps.methodology.tools import TOOL_OF_KIND
from apps.methodology.tools.values import Value

BATCH = 1000
FROM_THERE = "Dans la démarche d’origine\u00a0: {}."


@dataclass(slots=True)
class Writing:
    """``ids``: key in the archive → row here."""

    plan: Plan
    engagement: Engagement
    seat: Seat
    ids: dict[str, UUID] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


@transaction.atomic
def write(
    plan: Plan, *, organisation: Organisation, by: User, opening_key: UUID, form_key: UUID
) -> Engagement:
    """``form_key`` names the first change, so that a form sent twice is known."""
    said = plan.sent.heading
    engagement = Engagement.objects.create(
        organisation=organisation,
        opening_key=opening_key,
        title=said.title,
        edition=said.edition,
        opened_by=by,
        opened_at=said.opened_at,
        closed_at=said.closed_at,
        is_demo=organisation.is_demo,
    )
    seat = Seat.objects.create(engagement=engagement, user=by, role=SeatRole.LEAD)
    writing = Writing(plan, engagement, seat)
    write_items(writing)
    write_changes(writing, form_key)
    write_steps(writing)
    write_decisions(writing)
    write_comments(writing)
    write_notes(writing)
    for place, workshop in enumerate(plan.sent.workshops):
        write_workshop(writing, workshop, place)
    return engagement


# --- items -------------------------------------------------------------------------------------------------------
def write_items(writing: Writing) -> None:
    """Parents first."""
    pk = writing.engagement.pk
    for item in writing.plan.items:
        writing.ids[item.key] = single_key(pk, item.kind.code) if item.kind.is_single else uuid4()
    for nested in (False, True):
        rows = [item for item in writing.plan.items if bool(item.parent) == nested]
        places: Counter[tuple[str, str | None]] = Counter()
        made = []
        for item in rows:
            made.append(new_row(writing, item, places[item.kind.code, item.parent]))
            places[item.kind.code, item.parent] += 1
        Item.objects.bulk_create(made, batch_size=BATCH)
    fields = [
        new_field(writing, item, code, value)
        for item in writing.plan.items
        for code, value in item.values.items()
    ]
    Field.objects.bulk_create(fields, batch_size=BATCH)


def new_row(writing: Writing, item: NewItem, place: int) -> Item:
    return Item(
        pk=writing.ids[item.key],
        engagement=writing.engagement,
        kind=item.kind.code,
        parent_id=writing.ids[item.parent] if item.parent else None,
        place=place,
        made_by=writing.seat,
    )


def new_field(writing: Writing, item: NewItem, code: str, value: Value) -> Field:
    """With the change that made it, so that a later version has a way back."""
    kept = here(writing, item, code, value)
    writing.changes.append(change(writing, item, Act.SET, code=code, after=kept, version=1))
    return Field(item_id=writing.ids[item.key], code=code, value=kept, changed_by=writing.seat)


def here(writing: Writing, item: NewItem, code: str, value: Value) -> Value:
    """References, by the keys of this platform."""
    if item.kind.field(code).type not in OF_ITEMS:
        return value
    if isinstance(value, list):
        return [str(writing.ids[str(one)]) for one in value]
    return str(writing.ids[str(value)])


def change(writing: Writing, item: NewItem, act: Act, **what: object) -> Change:
    return Change(
        engagement=writing.engagement,
        item_id=writing.ids[item.key],
        act=act,
        seat=writing.seat,
        number=0,
        **what,
    )


def write_changes(writing: Writing, form_key: UUID) -> None:
    made = [change(writing, item, Act.MADE) for item in writing.plan.items if not item.kind.is_single]
    rows = [*made, *writing.changes]
    for number, row in enumerate(rows, 1):
        row.number = number
    if rows:
        rows[0].key = form_key
    Change.objects.bulk_create(rows, batch_size=BATCH)
    writing.engagement.sequence = len(rows)
    writing.engagement.save(update_fields=["sequence"])


# --- what was said -----------------------------------------------------------------------------------------------
def write_steps(writing: Writing) -> None:
    engagement = writing.engagement
    for step in writing.plan.sent.steps:
        if step.stage != "todo":
            StepState.objects.create(
                engagement=engagement,
                step=step.number,
                stage=step.stage,
                why_skipped=step.why_skipped,
                changed_at=step.changed_at or engagement.opened_at,
            )
        Validation.objects.bulk_create(
            Validation(
                engagement=engagement,
                step=step.number,
                verdict=said.verdict,
                name=said.name,
                recorded_by=said.recorded_by,
                reason=said.reason,
                decided_on=said.decided_on,
                at=said.at,
            )
            for said in reversed(step.validations)  # two of the same moment keep their order
        )


def write_decisions(writing: Writing) -> None:
    sent = writing.plan.sent.decisions
    rows = Decision.objects.bulk_create(
        Decision(
            engagement=writing.engagement,
            step=said.step,
            item_id=writing.ids.get(said.item or ""),
            what=said.what,
            why=said.why,
            decided_by=said.decided_by,
            decided_on=said.decided_on,
            written_at=said.written_at,
        )
        for said in sent
    )
    made = {said.key: row for said, row in zip(sent, rows, strict=True)}
    for said in sent:
        if said.replaces:
            made[said.key].replaces = made[said.replaces]
    Decision.objects.bulk_update(rows, ["replaces"], batch_size=BATCH)


def write_comments(writing: Writing) -> None:
    rows = [
        Comment(
            engagement=writing.engagement,
            step=said.step,
            item_id=writing.ids.get(said.item or ""),
            text=names.signed(said.author, said.text),
            at=said.at,
            settled_at=said.at if said.is_settled else None,
        )
        for said in writing.plan.sent.comments
    ]
    rows += [people_note(writing, item) for item in writing.plan.items if item.people]
    Comment.objects.bulk_create(rows, batch_size=BATCH)


def people_note(writing: Writing, item: NewItem) -> Comment:
    """Nobody of there has a seat here: the names are kept where they are of use."""
    said = ", ".join(f"{label.lower()}, {name}" for label, name in item.people)
    return Comment(
        engagement=writing.engagement,
        step=TOOL_OF_KIND[item.kind.code].step,
        item_id=writing.ids[item.key],
        seat=writing.seat,
        text=FROM_THERE.format(said),
    )


def write_notes(writing: Writing) -> None:
    """Marked as brought here: whoever sends the archive may have written them herself."""
    sent, now = writing.plan.sent.notes, timezone.now()
    rows = []
    for said in sent:
        lines = [[line.label, line.text] for line in said.lines]
        meetings = [meeting.cells for meeting in said.meetings]
        rows.append(
            SignedNote(
                engagement=writing.engagement,
                number=said.number,
                lines=lines,
                meetings=meetings,
                digest=digest_of(lines, meetings),
                put_by_name=said.put_by,
                put_at=said.put_at,
                came_at=now,
            )
        )
    SignedNote.objects.bulk_create(rows, batch_size=BATCH)
    signatures = [
        Signature(note=row, name=one.name, quality=one.quality, at=one.at)
        for row, said in zip(rows, sent, strict=True)
        for one in said.signatures
    ]
    Signature.objects.bulk_create(signatures, batch_size=BATCH)


# --- workshops ---------------------------------------------------------------------------------------------------
def write_workshop(writing: Writing, said: schema.Workshop, place: int) -> None:
    """Over: nobody of that table is here."""
    now, pillars = timezone.now(), catalogue_lists()["pillars"]
    row = Workshop.objects.create(
        engagement=writing.engagement,
        step=said.step,
        title=said.title,
        question=said.question,
        held_on=said.held_on,
        stage=WorkshopStage.OVER,
        shows_names=said.shows_names,
        dots=said.dots,
        record=said.record,
        present=said.present,
        opened_by=writing.seat,
        opened_at=now + timedelta(microseconds=place),
        over_at=now,
    )
    piles = Pile.objects.bulk_create(
        Pile(
            workshop=row, title=pile.title, place=rank, votes=pile.votes, is_kept=pile.is_kept, note=pile.note
        )
        for rank, pile in enumerate(said.piles)
    )
    groups = [(pile, sent.cards) for pile, sent in zip(piles, said.piles, strict=True)]
    cards = [
        Card(
            workshop=row,
            pile=pile,
            text=card.text,
            pillar_id=card.pillar if card.pillar in pillars else None,
            place=rank,
            at=None,
        )
        for pile, sent in [*groups, (None, said.loose)]
        for rank, card in enumerate(sent)
    ]
    Card.objects.bulk_create(cards, batch_size=BATCH)
