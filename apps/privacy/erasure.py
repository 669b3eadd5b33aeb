"""Erasing a person: what the register says, in one transaction, and a receipt of it."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from post_office.models import STATUS, Email

from apps.accounts import mails
from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.selectors import addresses_of
from apps.audit.events import Event
from apps.audit.services import record
from apps.core.counting import counts
from apps.core.microtypography import nbsp
from apps.core.processings import RANDOM, Fate, Processing
from apps.core.secrets import hash_token, new_token
from apps.documents import services as documents
from apps.documents.models import Document
from apps.privacy import replay
from apps.privacy.holdings import erase_organisation
from apps.privacy.models import Cause, ErasureReceipt
from apps.privacy.receipts import Line, address_of, new_receipt
from apps.privacy.registers import hooks, processings, rows_of

LAST_ADMIN = "Vous êtes seule ou seul à administrer {name} : confiez d’abord ce rôle à un autre membre."
ALONE = "Vous êtes le seul membre de {name} : cochez la case pour fermer aussi cette association et tout ce qu’elle contient."


class ErasureRefusedError(Exception):
    """``sentences``: in French, what to do first. Nothing was changed."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def lines_of(user: User) -> list[Line]:
    """What would happen, or has: one line a processing that holds something of hers. Two queries."""
    mine = addresses_of(user)
    counted = counts([rows_of(one, user, mine) for one in processings()])
    return [
        Line(one.name, one.fate.value, rows, one.reason)
        for one, rows in zip(processings(), counted, strict=True)
        if rows
    ]


def refusals(user: User, *, close_alone: bool = False) -> list[str]:
    """Why she may not go yet; [] when she may."""
    told = [nbsp(LAST_ADMIN.format(name=one.name)) for one in led_alone(user)]
    if not close_alone:
        told += [nbsp(ALONE.format(name=one.name)) for one in alone_in(user)]
    for refuse in hooks("refusals"):
        told += refuse(user)
    return told


def alone_in(user: User) -> list[Organisation]:
    """Associations of which she is the only member."""
    return list(_mine(user).filter(count=1))


def led_alone(user: User) -> list[Organisation]:
    """Associations of several members that she alone administers. One query."""
    led = Membership.objects.filter(user=user, role=Role.ADMIN).values("organisation")
    admins = Count("memberships", filter=Q(memberships__role=Role.ADMIN))
    return list(_mine(user).annotate(admins=admins).filter(pk__in=led, count__gt=1, admins=1))


def _mine(user: User) -> QuerySet[Any]:
    inside = Membership.objects.filter(user=user).values("organisation")
    return Organisation.objects.filter(pk__in=inside).annotate(count=Count("memberships")).order_by("name")


@transaction.atomic
def erase_person(*, user: User, cause: Cause, close_alone: bool = False) -> tuple[ErasureReceipt, str]:
    """The receipt, and the secret of its link. Raises ErasureRefusedError.

    ``close_alone``: associations of which she is the only member go with her.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    # Two last administrators do not leave at once.
    list(Organisation.objects.select_for_update(of=("self",)).filter(memberships__user=held).order_by("pk"))
    if told := refusals(held, close_alone=close_alone):
        raise ErasureRefusedError(told)
    number, address = held.pk, held.email
    closed = [erase_organisation(organisation) for organisation in alone_in(held)]
    extra = [("Associations fermées, avec tout ce qu’elles contenaient", len(closed))]
    for before in hooks("before"):
        extra += before(held)
    extra.append(("Sessions ouvertes", end_sessions(held)))
    lines = lines_of(held) + [Line(name, Fate.ERASED.value, rows, "") for name, rows in extra if rows]
    for document in Document.objects.filter(owner=held):
        documents.remove(document=document)
    for processing in reversed(processings()):
        _apply(processing, held)
    held.delete()
    replay.note(account=number)
    receipt, token = _receipt(cause, lines, address)
    for key in closed:
        record(Event.ORGANISATION_ERASED, actor=number, subject=f"organisation:{key}")
    event = Event.RETENTION_ERASED if cause is Cause.INACTIVE else Event.ERASED
    record(event, actor=number, subject=f"receipt:{receipt.pk}", details={"cause": cause.value})
    return receipt, token


def _apply(processing: Processing, user: User) -> None:
    """What the deletion of the account would not do by itself."""
    rows = rows_of(processing, user)
    if processing.fate is Fate.ERASED and processing.paths != ("pk",):
        rows.model._default_manager.filter(pk__in=rows.values("pk")).delete()
    elif processing.fate is Fate.ANONYMISED and processing.cleared:
        _clear(processing, user)


def _clear(processing: Processing, user: User) -> None:
    """A column that names several people loses hers alone."""
    for row in rows_of(processing, user):
        changed = [
            name for name, value in processing.cleared.items() if not _is_another(row, name, value, user)
        ]
        for name in changed:
            value = processing.cleared[name]
            setattr(row, name, hash_token(new_token()) if value is RANDOM else value)
        type(row)._default_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in changed})


def _is_another(row: object, name: str, value: object, user: User) -> bool:
    found = getattr(row, f"{name}_id", None)
    return value is None and found is not None and found != user.pk


def end_sessions(user: User) -> int:
    """The sessions of her devices, with the drafts in them; how many. One that no device knows of opens nothing once the
    account is gone, and leaves at night (``retention.note_presence``).
    """
    hers = UserSession.objects.filter(user=user).values("session_key")
    return Session.objects.filter(session_key__in=hers).delete()[0]


def _receipt(cause: Cause, lines: list[Line], address: str) -> tuple[ErasureReceipt, str]:
    receipt, token = new_receipt(cause, lines)
    letter = mails.row("privacy/erased", to=address, context={"receipt": receipt, "url": address_of(token)})
    letter.save()
    receipt.letter = letter
    receipt.save()
    return receipt, token


def forget_letters() -> int:
    """The mails of receipts that have left, or were given up: the last rows that held the address. How many."""
    over = Email.objects.filter(
        pk__in=ErasureReceipt.objects.exclude(letter=None).values("letter"),
        status__in=(STATUS.sent, STATUS.failed),
    )
    gone: int = over.delete()[1].get("post_office.Email", 0)
    return gone
