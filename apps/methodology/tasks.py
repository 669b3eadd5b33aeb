"""What beat asks of the method. A round may come twice or late: the rows decide."""

from __future__ import annotations

from celery import shared_task

from apps.methodology import reminders, retention
from apps.methodology.board import round as boards
from apps.methodology.talk import round as talks
from apps.methodology.workshops import services as workshops


@shared_task(name="methodology.forget")
def forget() -> None:
    """Every hour: what nobody ended forgets its guests a day after its date; what was kept long enough goes."""
    workshops.end_forgotten()
    retention.erase_past()


@shared_task(name="methodology.tell_boards")
def tell_boards() -> None:
    """Every ten minutes: steps that wait for governance, in one mail a person."""
    boards.tell_boards()


@shared_task(name="methodology.tell_mentions")
def tell_mentions() -> None:
    """Every minute: who was named in a comment some minutes ago, in one mail a person."""
    talks.tell_mentions()


@shared_task(name="methodology.remind_actions")
def remind_actions() -> None:
    """In the morning: who answers for an action that comes due or is late, in one mail a day."""
    reminders.remind_actions()
