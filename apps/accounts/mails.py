"""Mails of this app: rows in the mail table, in plain text, sent by beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, transaction
from django.template.loader import render_to_string
from post_office.mail import create
from post_office.models import Email

logger = structlog.get_logger(__name__)


def safely(send: Callable[[], object], **details: str) -> bool:
    """Whether the mail was queued. A mail that cannot be written never breaks the page that asked for it."""
    try:
        # A savepoint: an error of the mail table must not spoil the transaction around it.
        with transaction.atomic():
            send()
    except (OperationalError, InterfaceError):
        raise  # No database: the 503 page says it, and nothing was recorded.
    except Exception:
        logger.exception("mail_not_queued", **details)
        return False
    return True


def queue(template: str, *, to: str, context: Mapping[str, Any]) -> bool:
    """Queue ``emails/accounts/<template>``; its first line is the subject."""

    def send() -> None:
        subject, body = written(f"accounts/{template}", {"site_url": settings.SITE_URL, **context})
        EmailMessage(subject, body, to=[to]).send()

    return safely(send, template=template)


def row(
    template: str, *, to: str, context: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Email:
    """``emails/<template>`` as a row of the mail table, not saved: for those who write many at once."""
    subject, body = written(template, {"contact_email": settings.CONTACT_EMAIL, **context})
    return create(
        sender=settings.DEFAULT_FROM_EMAIL,
        recipients=[to],
        # The mail table reads subject and body as templates: what people typed must reach it as values.
        subject="{{ subject|safe }}",
        message="{{ body|safe }}",
        context={"subject": subject, "body": body},
        headers=headers,
        commit=False,
    )


def written(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject (the first line) and body of ``emails/<template>``."""
    values = {"site_name": settings.SITE_NAME, **context}
    subject, _, body = render_to_string(f"emails/{template}.txt", values).partition("\n")
    return subject.strip(), body.strip() + "\n"
