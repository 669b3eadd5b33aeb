"""What workers and beat run. A message may come twice, late, or never: the rows decide; nothing publishes itself."""

from uuid import UUID

from celery import shared_task

from apps.dashboards import retention
from apps.dashboards.building import build as building
from apps.dashboards.services import releases


@shared_task(
    name="dashboards.build",
    acks_late=True,
    soft_time_limit=building.TIME_LIMIT - 20,
    time_limit=building.TIME_LIMIT,
)
def build(pk: str) -> None:
    building.build_release(UUID(pk))


@shared_task(name="dashboards.put_back")
def put_back() -> None:
    releases.put_back()


@shared_task(name="dashboards.forget")
def forget() -> None:
    retention.erase_past()
