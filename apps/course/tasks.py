"""What beat asks of the course. A round may come twice or late: the rows decide."""

from __future__ import annotations

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from apps.course.debates import services as debates
from apps.course.groups import digest
from apps.course.services.pages import WORKFLOW


class NotWholeError(Exception):
    """Some mails could not be written."""


@shared_task(name="course.publish_due")
def publish_due() -> None:
    WORKFLOW.publish_due()


@shared_task(name="course.end_debates")
def end_debates() -> None:
    debates.end_forgotten()


# A round cut short goes on a little later: nobody is written to twice. Sooner than the broker's visibility timeout, after
# which it would hand the waiting task to a second worker.
@shared_task(
    name="course.send_digests",
    bind=True,
    autoretry_for=(NotWholeError, OperationalError, InterfaceError, SoftTimeLimitExceeded),
    default_retry_delay=300,
    retry_backoff=False,
    max_retries=12,
)
def send_digests(self: Task[[], None]) -> None:
    if not digest.send_round():
        raise NotWholeError
