"""What is said about an item or a step; whoever is named is waited for until she answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.fields import is_hidden
from apps.methodology.access import RIGHTS
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Comment, Engagement, Item, Mention, Seat
from apps.methodology.services.fields import CLOSED, GONE
from apps.methodology.team.selectors import HELD, team_of

EDIT_FOR = timedelta(minutes=30)
LONGEST = 2000
NOT_HERS = "Ce commentaire n’est pas le vôtre\u00a0: vous pouvez y répondre."
TOO_LATE = (
    "Un commentaire se corrige pendant une demi-heure. Vous pouvez en écrire un autre, ou reprendre celui-ci."
)
TAKEN_BACK = "Ce commentaire a été repris\u00a0: il ne dit plus rien."
NOTHING = "Écrivez votre commentaire."
TALKERS = [role for role, rights in RIGHTS.items() if "talk" in rights]


@transaction.atomic
def say(
    *, seat: Seat, step: int, item: Item | None, text: str, mentions: Collection[UUID] = (), key: UUID
) -> Comment:
    """``mentions``: seats to call; those who see no content, and herself, are left out. The same key is the same comment.

    What she was asked in this place is answered. Raises Refused.
    """
    if (known := Comment.objects.filter(key=key, seat=seat).first()) is not None:
        return known
    _check_open(seat.engagement_id)
    if item is not None and item.gone_at:
        raise Refused(GONE)
    place = {"engagement_id": seat.engagement_id, "step": step, "item": item}
    try:
        with transaction.atomic():
            comment = Comment.objects.create(**place, seat=seat, text=_checked(text), key=key)
    except IntegrityError:  # sent twice at once, or a key that is not hers
        known = Comment.objects.filter(key=key, seat=seat).first()
        if known is None:
            raise Refused("Rechargez la page, puis envoyez à nouveau votre commentaire.") from None
        return known
    called = team_of(seat.engagement_id).filter(HELD, pk__in=list(mentions), role__in=TALKERS)
    Mention.objects.bulk_create(Mention(comment=comment, seat=one) for one in called.exclude(pk=seat.pk))
    here = Q(comment__item=item) if item else Q(comment__item=None, comment__step=step)
    hers = Mention.objects.filter(here, comment__engagement=seat.engagement_id, seat=seat, done_at=None)
    hers.update(done_at=comment.at)
    return comment


@transaction.atomic
def edit(*, comment: Comment, by: Seat, text: str) -> Comment:
    """Her own, for half an hour. Raises Refused."""
    fresh = _hers(comment, by)
    _check_open(fresh.engagement_id)
    if not may_edit(fresh, timezone.now()):
        raise Refused(TOO_LATE)
    said = _checked(text)
    if said != fresh.text:
        fresh.text, fresh.edited_at = said, timezone.now()
        fresh.save(update_fields=["text", "edited_at"])
    return fresh


@transaction.atomic
def take_back(*, comment: Comment, by: Seat) -> None:
    """Her own, at any time, also in a closed démarche: the text is erased, nobody is waited for there any more."""
    fresh = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if fresh.seat_id != by.pk:
        raise NotYours(NOT_HERS)
    if fresh.taken_back_at is None:
        fresh.text, fresh.taken_back_at = "", timezone.now()
        fresh.save(update_fields=["text", "taken_back_at"])
        fresh.mentioned.all().delete()


@transaction.atomic
def settle(*, comment: Comment, settled: bool) -> None:
    """« Réglé », or open again. The same again changes nothing. Raises Refused."""
    fresh = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    _check_open(fresh.engagement_id)
    if fresh.taken_back_at:
        raise Refused(TAKEN_BACK)
    if bool(fresh.settled_at) != settled:
        fresh.settled_at = timezone.now() if settled else None
        fresh.save(update_fields=["settled_at"])


def seen(*, mention: Mention) -> None:
    """She says that she has read it, without an answer."""
    Mention.objects.filter(pk=mention.pk, done_at=None).update(done_at=timezone.now())


def may_edit(comment: Comment, now: datetime) -> bool:
    return comment.taken_back_at is None and comment.at > now - EDIT_FOR


def _hers(comment: Comment, by: Seat) -> Comment:
    fresh = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if fresh.seat_id != by.pk:
        raise NotYours(NOT_HERS)
    if fresh.taken_back_at:
        raise Refused(TAKEN_BACK)
    return fresh


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n")
    text = "".join(c for c in text if c in "\n\t" or not is_hidden(c)).strip()
    if not text:
        raise Refused(NOTHING)
    if len(text) > LONGEST:
        raise Refused(f"C’est trop long de {len(text) - LONGEST} caractères\u00a0: {LONGEST} au plus.")
    return text


def _check_open(engagement: UUID) -> None:
    if Engagement.objects.filter(pk=engagement, closed_at__isnull=False).exists():
        raise Refused(CLOSED)
