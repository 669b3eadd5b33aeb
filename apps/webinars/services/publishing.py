"""Acts on a case as a person has read it: when the draft changed since, she is told instead of acting blindly."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.webinars.enums import CaseState
from apps.webinars.models import Webinar
from apps.webinars.services import workflow


def as_read(webinar: Webinar, version: int) -> Webinar:
    """The row, locked. ConflictError when its draft is no longer this version."""
    held = workflow.hold(webinar)
    if held.version != version:
        raise workflow.ConflictError(held)
    return held


@transaction.atomic
def propose(*, webinar: Webinar, version: int, by: User) -> Webinar:
    """ConflictError, NotNowError, IncompleteError."""
    return workflow.submit(webinar=as_read(webinar, version), by=by)


@transaction.atomic
def publish(*, webinar: Webinar, version: int, by: User, at: datetime | None = None) -> Webinar:
    """From a draft too: it is then proposed and published by the same person, and the history says so."""
    held = as_read(webinar, version)
    if held.state == CaseState.DRAFT:
        held = workflow.submit(webinar=held, by=by)
    return workflow.publish(webinar=held, by=by, at=at)
