"""What workers and beat run. A message may come twice, late, or never: the rows decide."""

from uuid import UUID

from celery import shared_task

from apps.ledger.services import reading, upkeep

# Two hundred megabytes on a busy server; a shorter silence than this already gives the row back (``reading.LEASE``).
TIME_LIMIT = 300


@shared_task(name="ledger.read", acks_late=True, soft_time_limit=TIME_LIMIT - 10, time_limit=TIME_LIMIT)
def read(pk: str) -> None:
    reading.read_import(UUID(pk))


@shared_task(name="ledger.put_back")
def put_back() -> None:
    upkeep.put_back()


@shared_task(name="ledger.sweep")
def sweep() -> None:
    upkeep.sweep()
