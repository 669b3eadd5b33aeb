"""Tasks of the house itself: mails and daily cleaning."""

from celery import shared_task
from django.core.management import call_command
from post_office.mail import send_queued


@shared_task(name="core.send_mails")
def send_mails() -> None:
    """Send what waits in the mail table; a failed mail is retried by a later run."""
    send_queued(processes=1)


@shared_task(name="core.clean_up")
def clean_up() -> None:
    """Expired sessions, and mails older than thirty days."""
    call_command("clearsessions")
    call_command("cleanup_mail", days=30)
