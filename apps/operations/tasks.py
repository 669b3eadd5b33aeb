from celery import shared_task

from apps.operations import watch


@shared_task(name="operations.pulse")
def pulse() -> None:
    """Beat asks each minute, a worker answers: the page and the metrics see both alive."""
    watch.beat_pulse()
