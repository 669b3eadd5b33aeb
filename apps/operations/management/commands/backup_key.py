from typing import Any

import pyrage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Tirer la clé des sauvegardes. Rien n’en est gardé ici."

    def handle(self, *args: Any, **options: Any) -> None:
        identity = pyrage.x25519.Identity.generate()
        self.stdout.write("# À garder hors de la machine : sans cette clé, aucune sauvegarde ne s’ouvre.")
        self.stdout.write(str(identity))
        self.stdout.write("# À écrire dans .env :")
        self.stdout.write(f"BACKUP_RECIPIENT={identity.to_public()}")
