"""Mails of this app: rows in the mail table, in plain text, sent by beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, transaction
from django.template.loader import render_to_string

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
        common = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        subject, _, body = render_to_string(
            f"emails/accounts/{template}.txt", {**common, **context}
        ).partition("\n")
        EmailMessage(subject.strip(), body.strip() + "\n", to=[to]).send()

    return safely(send, template=template)
