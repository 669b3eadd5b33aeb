import structlog
from celery import shared_task

from apps.audit import chain
from apps.audit.retention import forget_old

logger = structlog.get_logger(__name__)


@shared_task(name="audit.forget")
def forget() -> None:
    """Each night. The head leaves the database with the logs: who rewrites the chain cannot rewrite them too."""
    gone = forget_old()
    number, head = chain.head()
    logger.info("audit_head", number=number, head=head, forgotten=gone)
