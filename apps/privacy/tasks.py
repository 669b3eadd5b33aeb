import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from apps.accounts import retention as accounts
from apps.privacy import closure, erasure, retention

logger = structlog.get_logger(__name__)


@shared_task(name="privacy.forget_letters")
def forget_letters() -> None:
    erasure.forget_letters()


@shared_task(name="privacy.apply_retention")
def apply_retention() -> None:
    """Each night. With RETENTION_APPLY off, only says what it would do."""
    accounts.erase_past()
    now = timezone.now()
    if settings.RETENTION_APPLY:
        done, failed = retention.apply(now)
        logger.info(
            "retention_applied", failed=failed, **{act.name.lower(): count for act, count in done.items()}
        )
    else:
        retention.note_presence(now)
        logger.info("retention_would", cases=sum(1 for _ in retention.cases(now)))


@shared_task(name="privacy.close_due")
def close_due() -> None:
    """Associations whose two weeks are over; those whose last days they are get a letter."""
    now = timezone.now()
    done, failed = closure.close_due(now)
    reminded = closure.remind(now)
    if done or failed or reminded:
        logger.info("closures", done=done, failed=failed, reminded=reminded)
