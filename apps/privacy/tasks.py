from celery import shared_task

from apps.privacy import erasure


@shared_task(name="privacy.forget_letters")
def forget_letters() -> None:
    erasure.forget_letters()
