from celery import shared_task

from apps.accounts.services.tokens import warn_of_ends


@shared_task(name="accounts.warn_tokens")
def warn_tokens() -> None:
    warn_of_ends()
