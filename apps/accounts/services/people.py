from django.db import transaction

from apps.accounts.models import User
from apps.audit.events import Event
from apps.audit.services import record


@transaction.atomic
def rename(*, user: User, full_name: str) -> None:
    user.full_name = full_name.strip()
    user.save(update_fields=["full_name"])
    record(Event.PROFILE_CORRECTED, actor=user, subject=user)
