"""Writes of groups: keyword-only, one transaction each; a refusal is an ``errors.Refused``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.core.secrets import new_code
from apps.course.errors import Refused
from apps.course.groups.privacy import draw_number
from apps.course.models import Group, GroupMember, Learner

# Its progress is read in one go.
MOST_MEMBERS = 1000
CLOSED = "Ce groupe est fermé : il n’accueille plus personne."
FULL = f"Ce groupe est complet : il compte déjà {MOST_MEMBERS} personnes. Demandez-en un autre à qui vous invite."


@dataclass(frozen=True, slots=True)
class Said:
    """What its leader writes of a group."""

    name: str
    welcome: str = ""
    until: date | None = None


def open_group(*, organisation: Organisation, by: User, said: Said, key: uuid.UUID | None = None) -> Group:
    """``key``: drawn with the form; the same one again gives the group of the first time."""
    key = key or uuid.uuid4()
    try:
        with transaction.atomic():
            return _known(organisation, key) or Group.objects.create(
                organisation=organisation,
                opened_by=by,
                creation_key=key,
                code=free_code(),
                name=said.name,
                welcome=said.welcome,
                until=said.until,
            )
    except IntegrityError:
        # A double click, and the other one came first; or the form was sent again for another organisation.
        return _known(organisation, key) or open_group(organisation=organisation, by=by, said=said)


def _known(organisation: Organisation, key: uuid.UUID) -> Group | None:
    return Group.objects.filter(creation_key=key, organisation=organisation).first()


def free_code() -> str:
    """A code no group has, closed ones included."""
    code = new_code()
    while Group.objects.filter(code=code).exists():
        code = new_code()
    return code


@transaction.atomic
def change_group(*, group: Group, said: Said) -> Group:
    group = locked(group)
    group.name, group.welcome, group.until = said.name, said.welcome, said.until
    group.save(update_fields=["name", "welcome", "until"])
    return group


@transaction.atomic
def close_group(*, group: Group) -> None:
    """Nobody joins any more, and its leaders no longer see what comes after. Nothing the second time."""
    Group.objects.filter(pk=group.pk, closed_at=None).update(closed_at=timezone.now())


@transaction.atomic
def reopen_group(*, group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(closed_at=None)


@transaction.atomic
def renew_code(*, group: Group) -> None:
    """The old code and its link lead nowhere; members stay."""
    Group.objects.filter(pk=group.pk).update(code=free_code())


@transaction.atomic
def join_group(*, group: Group, learner: Learner, shows_name: bool) -> GroupMember:
    """Her place; the one she has when she already is in. Refused when the group is closed or full."""
    group = locked(group)
    known = GroupMember.objects.filter(group=group, learner=learner).first()
    if known:
        return known
    if not group.is_open:
        raise Refused(CLOSED)
    taken = _numbers(group)
    if len(taken) >= MOST_MEMBERS:
        raise Refused(FULL)
    return GroupMember.objects.create(
        group=group,
        learner=learner,
        number=draw_number(taken),
        shows_name=shows_name,
        consented_at=timezone.now() if shows_name else None,
    )


@transaction.atomic
def show_name(*, member: GroupMember, shows: bool) -> GroupMember:
    """Her consent given or taken back, with its date. The same again changes nothing."""
    group = locked(member.group)
    member = GroupMember.objects.select_for_update().get(pk=member.pk)
    if member.shows_name == shows:
        return member
    member.shows_name = shows
    if shows:
        member.consented_at, member.withdrawn_at = timezone.now(), None
    else:
        # Another number: the former one, seen before her name, would still be hers.
        member.withdrawn_at, member.number = timezone.now(), draw_number(_numbers(group))
    member.save(update_fields=["shows_name", "consented_at", "withdrawn_at", "number"])
    return member


def leave_group(*, member: GroupMember) -> None:
    """Her place is erased; her progress stays hers."""
    member.delete()


def locked(group: Group) -> Group:
    return Group.objects.select_for_update().get(pk=group.pk)


def _numbers(group: Group) -> set[int]:
    return set(GroupMember.objects.filter(group=group).values_list("number", flat=True))
