"""What beat asks of the library. A round may come twice or late: the rows decide."""

from celery import shared_task

from apps.webinars.exchange import writing
from apps.webinars.services import links
from apps.webinars.services.workflow import CASES


@shared_task(name="webinars.publish_due")
def publish_due() -> None:
    CASES.publish_due()


@shared_task(name="webinars.check_links")
def check_links() -> None:
    """Each night, and when a curator asks."""
    links.check_links()


@shared_task(name="webinars.purge_imports")
def purge_imports() -> None:
    writing.purge()
