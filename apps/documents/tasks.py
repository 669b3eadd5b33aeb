"""What workers and beat run. A message may come twice, late, or never: the rows decide."""

from uuid import UUID

from celery import shared_task
from django.conf import settings

from apps.documents import rendering, services


@shared_task(
    name="documents.render",
    soft_time_limit=settings.DOCUMENT_TIME_LIMIT - 5,
    time_limit=settings.DOCUMENT_TIME_LIMIT,
)
def render(pk: str) -> None:
    """Some pages make a layout engine loop: the hard limit ends the process, the lease puts the row back."""
    rendering.render_document(UUID(pk))


@shared_task(name="documents.put_back_stale")
def put_back_stale() -> None:
    services.put_back_stale()


@shared_task(name="documents.purge_expired")
def purge_expired() -> None:
    services.purge_expired()
