"""Programmes of the demonstration's funder, whom they count, and the releases of the past two quarters."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.accounts.models import Membership, Organisation, PlatformGrant, User
from apps.core.secrets import hash_token, new_token
from apps.dashboards.building.build import build_release
from apps.dashboards.enums import ReleaseState
from apps.dashboards.errors import NotPublishable
from apps.dashboards.models import Consent, Programme, ProgrammeInvitation, Release
from apps.dashboards.quarters import Quarter, last_ended
from apps.dashboards.services import consents, programmes, releases
from apps.demo.campaigns import at
from apps.demo.crowd import described, key_of
from apps.demo.crowd_draws import Crowd, Drawn

People = Mapping[str, User]
READ_AFTER = timedelta(days=16)  # a release is read, then published, some days after its quarter
LINK_LASTS = timedelta(days=30)


def opening_key(row: Mapping[str, Any]) -> UUID:
    return uuid5(NAMESPACE_URL, f"trajectoires-demo/programme {row['key']}")


def support(drawn: Sequence[Drawn], people: People, organisations: Mapping[str, Organisation]) -> None:
    """Nothing for a programme that is open already."""
    funder = next(person for person in people.values() if holds(person, PlatformRole.FUNDER))
    for row in described()["programmes"]:
        if not Programme.objects.filter(opening_key=opening_key(row)).exists():
            made = programme(row, funder)
            gather(row, made, drawn)
            for key, email in row["agreed"].items():
                consents.give_consent(programme=made, organisation=organisations[key], by=people[email])
            for key, email in row["invited"].items():
                name = organisations[key].name
                programmes.invite(programme=made, association=name, email=email, by=funder)


def holds(person: User, role: str) -> bool:
    return PlatformGrant.objects.filter(user=person, role=role).exists()


def programme(row: Mapping[str, Any], funder: User) -> Programme:
    said = {name: row[name] for name in ("name", "funder_name", "purpose", "code")}
    made = Programme.objects.create(
        pk=opening_key(row), opening_key=opening_key(row), opened_at=moment(-560), is_demo=True, **said
    )
    made.people.add(funder)
    return made


def moment(days: int) -> datetime:
    return at(timezone.localdate() + timedelta(days=days))


def gather(row: Mapping[str, Any], made: Programme, drawn: Sequence[Drawn]) -> None:
    """Who agreed, withdrew, was invited and has not answered, or declined: all of the crowd, in its departments."""
    chance = random.Random(row["key"])  # noqa: S311 - the same data at each run
    near = [who for who in drawn if who.department in row["departments"]]
    chosen = iter(chance.sample(near, len(near)))
    agreed = [next(chosen) for _ in range(row["consents"])]
    left = [next(chosen) for _ in range(row["withdrawn"])]
    Consent.objects.bulk_create([*given(row, made, agreed), *withdrawn(made, left)])
    waiting = [next(chosen) for _ in range(row["waiting"])]
    declined = [next(chosen) for _ in range(row["declined"])]
    ProgrammeInvitation.objects.bulk_create(invitations(made, waiting, declined))


def given(row: Mapping[str, Any], made: Programme, agreed: Sequence[Drawn]) -> Iterator[Consent]:
    """The first ones say that this funder has their report."""
    keys = [key_of(who.rank) for who in agreed]
    persons = dict(Membership.objects.filter(organisation__in=keys).values_list("organisation", "user"))
    for rank, key in enumerate(keys):
        yield Consent(
            programme=made,
            organisation_id=key,
            given_by_id=persons.get(key),
            given_at=moment(-550 + 5 * rank),
            words=consents.ACCORD,
            report_given=rank < row["report_given"],
        )


def withdrawn(made: Programme, left: Iterable[Drawn]) -> Iterator[Consent]:
    for who in left:
        key = key_of(who.rank)
        yield Consent(
            programme=made,
            organisation_id=key,
            given_at=moment(-500),
            withdrawn_at=moment(-400),
            words=consents.ACCORD,
        )


def invitations(
    made: Programme, waiting: Sequence[Drawn], declined: Iterable[Drawn]
) -> Iterator[ProgrammeInvitation]:
    """Nobody holds their links. The last one that waits has waited too long."""
    for rank, who in enumerate(waiting):
        yield invitation(made, who, sent=moment(-45 if rank == len(waiting) - 1 else -3 - rank))
    for who in declined:
        yield invitation(made, who, sent=moment(-60), answer="declined", answered_at=moment(-52))


def invitation(made: Programme, who: Drawn, sent: datetime, **answer: Any) -> ProgrammeInvitation:
    return ProgrammeInvitation(
        programme=made,
        association=who.name,
        email=f"bureau-{who.rank:03}@demo.example",
        token_hash=hash_token(new_token()),
        sent_at=sent,
        expires_at=sent + LINK_LASTS,
        **answer,
    )


def publish_past(today: date | None = None) -> list[Release]:
    """Releases of the quarters that have just ended, built here and published in order; those made already stay.

    A programme that is too small has its release built and refused. Nothing where demonstration data are not counted.
    """
    if not settings.RELEASES_COUNT_DEMO:
        return []
    now = last_ended(today or timezone.localdate())
    operator = User.objects.filter(is_demo=True, platform_grants__role=PlatformRole.OPERATOR).first()
    begun = set(Release.objects.values_list("programme", flat=True))
    scopes = [scope for scope in (None, *programmes_of(described())) if key_in(scope) not in begun]
    return [
        release(quarter, operator, scope, READ_AFTER + timedelta(days=rank))
        for quarter in (now.before, now)
        for rank, scope in enumerate(scopes)
        if quarter == now or counts(scope)
    ]


def key_in(scope: Programme | None) -> UUID | None:
    return scope.pk if scope else None


def programmes_of(data: Crowd) -> list[Programme]:
    keys = [opening_key(row) for row in data["programmes"]]
    return list(Programme.objects.filter(opening_key__in=keys).order_by("code"))


def counts(scope: Programme | None) -> bool:
    """False for a programme that releases cannot protect: one refusal is enough to show."""
    return scope is None or scope.consents.filter(withdrawn_at=None).count() > settings.RELEASE_K


def release(quarter: Quarter, by: User | None, scope: Programme | None, after: timedelta) -> Release:
    # One transaction: the worker is told when there is nothing left to build.
    with transaction.atomic():
        made = releases.request_release(quarter=quarter, by=by, programme=scope)
        build_release(made.pk)
    made.refresh_from_db()
    # One transaction again: its papers are asked for with the day it moves to.
    with transaction.atomic():
        if by and made.state == ReleaseState.BUILT and not made.refusal:
            # One that the attacks stop waits for the operator, as a real one would.
            with suppress(NotPublishable):
                made = releases.publish(release=made, by=by)
        dated(made, min(quarter.last_day + after, timezone.localdate() - timedelta(days=1)))
    return made


def dated(made: Release, day: date) -> None:
    """Services write with the clock of now: a past release moves to its days."""
    row = Release.objects.filter(pk=made.pk)
    row.update(requested_at=at(day, 8))
    row.filter(built_at__isnull=False).update(built_at=at(day, 9))
    row.filter(published_at__isnull=False).update(published_at=at(day, 11))
    made.audits.update(run_at=at(day, 9))
