"""The mail to those who are named: one for all the mentions of the same minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from apps.accounts import mails
from apps.accounts.models import Membership, User
from apps.methodology.models import Mention, Seat
from apps.methodology.services.comments import TALKERS
from apps.methodology.talk.waiting import Row, rows

# A conversation has time to say all that it asks, or to take it back: it comes in one mail, or in none.
CALM = timedelta(minutes=5)
BATCH = 200


def tell_mentions() -> bool:
    """Mails and marks are written together: two rounds at once, or one cut short, write to nobody twice.

    False when the mails could not be written: another round takes them.
    """
    with transaction.atomic():
        people = list(due().order_by("seat__user").values_list("seat__user", flat=True).distinct()[:BATCH])
        locked = pending().filter(seat__user__in=people).select_for_update(skip_locked=True, of=("self",))
        found = list(locked.order_by("comment__at", "pk"))
        written = [mail(person, told) for person, told in by_person(found)]
        if not mails.safely(lambda: Email.objects.bulk_create(written), template="mentions"):
            return False
        Mention.objects.filter(pk__in=[mention.pk for mention in found]).update(told_at=timezone.now())
    return True


def pending() -> QuerySet[Mention]:
    """Not told, not answered, still worth reading, to people who still see it and want mails."""
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("engagement__organisation")
    )
    seats = Seat.objects.filter(
        Q(is_outside=True) | Exists(member),
        left_at=None,
        role__in=TALKERS,
        wants_reminders=True,
        user__is_active=True,
    )
    rows = Mention.objects.filter(
        seat__in=seats,
        told_at=None,
        done_at=None,
        comment__taken_back_at=None,
        comment__settled_at=None,
        comment__engagement__closed_at=None,
    )
    return rows.select_related(
        "seat__user", "comment__seat__user", "comment__item", "comment__engagement__organisation"
    )


def due() -> QuerySet[Mention]:
    """The first of hers has waited for five minutes: the others leave with it."""
    return pending().filter(comment__at__lte=timezone.now() - CALM)


def by_person(found: Sequence[Mention]) -> list[tuple[User, list[Row]]]:
    words = dict(zip([mention.pk for mention in found], rows(found), strict=True))
    told: dict[User, list[Row]] = defaultdict(list)
    for mention in found:
        assert mention.seat.user
        told[mention.seat.user].append(words[mention.pk])
    return list(told.items())


def mail(person: User, told: Sequence[Row]) -> Email:
    context = {
        "person": person,
        "rows": [(row, settings.SITE_URL + row.url) for row in told],
        "first": told[0],
        "more": len(told) - 1,
        "list_url": settings.SITE_URL + reverse("method:mentions"),
        "stop_url": settings.SITE_URL + reverse("method:team", args=[told[0].engagement.pk]) + "#ma-place",
    }
    return mails.row("methodology/mentions", to=person.email, context=context)
