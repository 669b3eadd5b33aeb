"""Writes of the agenda: keyword-only, one transaction each; a refusal is an ``errors.Refused``."""

from apps.agenda.services.registrations import cancel_registration, erase_past, register
from apps.agenda.services.reminders import remind_due
from apps.agenda.services.sessions import (
    Sheet,
    Told,
    cancel_session,
    change_session,
    create_session,
    discard_draft,
    open_session,
)

__all__ = [
    "Sheet",
    "Told",
    "cancel_registration",
    "cancel_session",
    "change_session",
    "create_session",
    "discard_draft",
    "erase_past",
    "open_session",
    "register",
    "remind_due",
]
