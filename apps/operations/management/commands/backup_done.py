from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.events import Event
from apps.audit.services import record


class Command(BaseCommand):
    help = "Noter qu’une sauvegarde a été faite par un autre moyen que « backup »."

    def handle(self, *args: Any, **options: Any) -> None:
        record(Event.BACKUP_MADE)
        self.stdout.write("C’est noté.")
