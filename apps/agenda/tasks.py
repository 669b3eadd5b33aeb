"""What beat runs. A round may come twice, late, or never: the rows decide."""

from celery import shared_task

from apps.agenda import services


@shared_task(name="agenda.remind_due")
def remind_due() -> None:
    services.remind_due()


@shared_task(name="agenda.erase_past")
def erase_past() -> None:
    services.erase_past()
