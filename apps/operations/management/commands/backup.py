from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.audit.events import Event
from apps.audit.services import record
from apps.core.typography import count
from apps.operations.backup.errors import BackupError
from apps.operations.backup.make import forget_old, make_backup
from apps.privacy import replay


class Command(BaseCommand):
    help = (
        "Sauver la base et les fichiers dans un dossier, chiffrés ; les sauvegardes trop vieilles s’effacent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("place", type=Path, help="où écrire ; hors de la machine de préférence")
        parser.add_argument(
            "--recipient", default=settings.BACKUP_RECIPIENT, help="moitié publique de la clé"
        )

    def handle(self, *args: Any, place: Path, recipient: str, **options: Any) -> None:
        if not recipient:
            raise CommandError("Aucune clé : python manage.py backup_key, puis BACKUP_RECIPIENT dans .env.")
        try:
            made = make_backup(place, recipient=recipient)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        replay.add_to(place)
        old = forget_old(place)
        record(Event.BACKUP_MADE, subject=made.name[:120], details={"forgotten": len(old)})
        self.stdout.write(f"Sauvé dans {made}. {count(len(old), 'ancienne effacée', 'anciennes effacées')}.")
