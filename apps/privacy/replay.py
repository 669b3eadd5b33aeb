"""After a restore: what was erased since the backup came back with it, and is erased again.

The list has a line an erasure, in JSON: ``event`` « erased », ``at``, and ``account`` or ``organisation``. Numbers alone. Three
places hold it: ``settings.ERASURES_LOG``, written at once; the folder of backups, written by each; the logs of the platform.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.accounts.models import Organisation, User
from apps.audit.events import Event
from apps.audit.models import AuditEntry
from apps.privacy.models import Cause

logger = structlog.get_logger(__name__)

NAME = "effacements.jsonl"
ERASED = "erased"
CAUSES = {Event.ERASED: Cause.ASKED, Event.RETENTION_ERASED: Cause.INACTIVE}


@dataclass(frozen=True, slots=True)
class Erased:
    """One of ``account`` and ``organisation``."""

    at: datetime
    account: int | None = None
    organisation: UUID | None = None

    def line(self) -> str:
        told: dict[str, object] = {"event": ERASED, "at": self.at.isoformat()}
        if self.account is not None:
            told["account"] = self.account
        else:
            told["organisation"] = str(self.organisation)
        return json.dumps(told)


def note(*, account: int | None = None, organisation: UUID | None = None) -> None:
    """Once the transaction under way is committed: in the logs, and in the list that the settings name."""
    transaction.on_commit(partial(_write, Erased(timezone.now(), account, organisation)))


def _write(erased: Erased) -> None:
    told = (
        {"account": erased.account}
        if erased.account is not None
        else {"organisation": str(erased.organisation)}
    )
    logger.info(ERASED, at=erased.at.isoformat(), **told)
    if not settings.ERASURES_LOG:
        return
    try:
        with Path(settings.ERASURES_LOG).open("a", encoding="utf-8") as file:
            file.write(erased.line() + "\n")
    except OSError as error:  # what is erased stays so; the logs hold the line
        logger.error("erasure_not_listed", error=str(error), **told)


def add_to(place: Path) -> int:
    """The erasures of the journal that the list in ``place`` does not have yet, at its end; how many."""
    path = place / NAME
    known = set(read(path.read_text(encoding="utf-8").splitlines())) if path.exists() else set()
    fresh = [one for one in of_journal() if one not in known]
    with path.open("a", encoding="utf-8") as file:
        file.writelines(one.line() + "\n" for one in fresh)
    return len(fresh)


def of_journal() -> Iterator[Erased]:
    rows = AuditEntry.objects.filter(event__in=(*CAUSES, Event.ORGANISATION_ERASED)).order_by("number")
    for row in rows.iterator():
        if row.event == Event.ORGANISATION_ERASED:
            yield Erased(row.at, organisation=UUID(row.subject.partition(":")[2]))
        elif row.actor is not None:
            yield Erased(row.at, account=row.actor)


def read(lines: Iterable[str]) -> Iterator[Erased]:
    """Whatever else the lines hold is passed over: the logs of a whole platform may be given."""
    for line in lines:
        begin = line.find("{")
        try:
            told = json.loads(line[begin:]) if begin >= 0 else {}
            at = parse_datetime(str(told.get("at", "")))
            if told.get("event") != ERASED or at is None:
                continue
            if "account" in told:
                yield Erased(at, account=int(told["account"]))
            elif "organisation" in told:
                yield Erased(at, organisation=UUID(told["organisation"]))
        except (ValueError, TypeError, AttributeError):
            continue


def come_back(erased: Iterable[Erased]) -> tuple[list[Organisation], list[User]]:
    """Those that exist again. Numbers of accounts are given anew after a restore: whoever joined since the erasure is another
    person.
    """
    organisations: dict[UUID, Organisation] = {}
    people: dict[int, User] = {}
    for one in erased:
        if one.organisation:
            for house in Organisation.objects.filter(pk=one.organisation):
                organisations[house.pk] = house
        elif one.account:
            for person in User.objects.filter(pk=one.account, date_joined__lt=one.at):
                people[person.pk] = person
    return list(organisations.values()), list(people.values())
