from celery import shared_task
from django.utils import timezone

from apps.support import services


@shared_task(name="support.close_visits")
def close_visits() -> None:
    """Each minute: a visit ends at its hour even when nobody asks for a page any more."""
    now = timezone.now()
    services.close_overdue(now)
    services.forget(now)
