"""Tasks of the house itself: mails and daily cleaning."""

from celery import shared_task
from django.core.management import call_command
from post_office.mail import send_queued

from apps.core.locks import alone

MAILS_LOCK = 20_240_131  # any number that no other lock of ours takes


@shared_task(name="core.send_mails")
def send_mails() -> None:
    """Send what waits in the mail table; a failed mail is retried by a later run.

    One run at a time: a slow mail server makes two overlap, and both would send the same mails.
    The lock goes with its connection when a worker dies.
    """
    with alone(MAILS_LOCK) as is_first:
        if is_first:
            send_queued(processes=1)


@shared_task(name="core.clean_up")
def clean_up() -> None:
    """Expired sessions, and mails older than thirty days with the files that only they held."""
    call_command("clearsessions")
    call_command("cleanup_mail", days=30, delete_attachments=True)
