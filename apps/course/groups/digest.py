"""The weekly mail: who gets it, once a week whatever happens, and who stopped it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from post_office.models import Email

from apps.accounts.mails import safely
from apps.accounts.models import Membership, User
from apps.accounts.roles import MANAGERS
from apps.core.secrets import hash_token
from apps.course.groups import mails
from apps.course.groups.letters import letters
from apps.course.groups.links import secret
from apps.course.journey import Known
from apps.course.models import Digest, GroupMember
from apps.course.reading import known_steps

# People written to in one transaction: what memory holds, and what a failure leaves to the next round.
BATCH = 200
WEEK = timedelta(days=7)


def week_of(now: datetime) -> datetime:
    """Monday at midnight, as clocks in Paris show it."""
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    # From its date: a week with a change of the clocks has not seven times 24 hours.
    monday = day.date() - timedelta(days=day.weekday())
    return timezone.make_aware(datetime(monday.year, monday.month, monday.day))


def send_round() -> bool:
    """Writes to everybody who is due. False when some mails could not be written: another round takes them."""
    now = timezone.now()
    steps = known_steps()
    after, is_whole = 0, True
    while people := list(due(week_of(now), after)[:BATCH]):
        after = people[-1].pk
        is_whole &= send_batch(people, steps, now)
    return is_whole


def due(week: datetime, after: int = 0) -> QuerySet[User]:
    """Active people of open groups, or who lead one, not yet written to this week; by identifier. 1 query."""
    gone = Digest.objects.filter(Q(stopped_at__isnull=False) | Q(sent_at__gte=week), user=OuterRef("pk"))
    in_group = GroupMember.objects.filter(learner__user=OuterRef("pk"), group__closed_at=None)
    alive = GroupMember.objects.filter(group__closed_at=None).values("group")
    leads = Membership.objects.filter(
        user=OuterRef("pk"), role__in=MANAGERS, organisation__groups__in=alive.order_by()
    )
    people = User.objects.filter(Q(Exists(in_group)) | Q(Exists(leads)), ~Exists(gone), is_active=True)
    return people.filter(pk__gt=after).order_by("pk").only("pk", "email", "full_name")


@transaction.atomic
def send_batch(people: Sequence[User], steps: Sequence[Known], now: datetime) -> bool:
    """Mails and marks are written together: two rounds at once, or one cut short, write to nobody twice."""
    held = hold(people, week_of(now))
    told = letters([person for person in people if person.pk in held], steps, now - WEEK)
    written = [mails.mail(person, told[person.pk]) for person in people if person.pk in told]
    if not safely(lambda: Email.objects.bulk_create(written), template="digest"):
        return False
    Digest.objects.filter(user__in=told).update(sent_at=now)
    return True


def hold(people: Sequence[User], week: datetime) -> set[int]:
    """Those whose turn it still is, locked until the transaction ends. 2 queries."""
    rows = [Digest(user=person, token_hash=hash_token(secret(person.pk))) for person in people]
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    free = Digest.objects.select_for_update().filter(user__in=people, stopped_at=None).order_by("pk")
    held = list(free.exclude(sent_at__gte=week))
    note_links(held)
    return {row.user_id for row in held}


def note_links(rows: Sequence[Digest]) -> None:
    """After a change of SECRET_KEY the link is a new one."""
    late = [row for row in rows if row.token_hash != hash_token(secret(row.user_id))]
    for row in late:
        row.token_hash = hash_token(secret(row.user_id))
    if late:
        Digest.objects.bulk_update(late, ["token_hash"])


def find(token: str) -> Digest | None:
    """Whose link this is. 1 query."""
    return Digest.objects.filter(token_hash=hash_token(token)).first()


def wants(user: User) -> bool:
    """1 query."""
    return not Digest.objects.filter(user=user, stopped_at__isnull=False).exists()


@transaction.atomic
def switch(*, user_id: int, wanted: bool) -> None:
    """Stops the mail, or takes it up again. The same again changes nothing."""
    token_hash = hash_token(secret(user_id))
    Digest.objects.get_or_create(user_id=user_id, defaults={"token_hash": token_hash})
    row = Digest.objects.select_for_update().get(user_id=user_id)
    if (row.stopped_at is None) != wanted:
        row.stopped_at = None if wanted else timezone.now()
        row.save(update_fields=["stopped_at"])
