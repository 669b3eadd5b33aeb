"""``manage.py export_cases fixtures/content``: the files say what readers see, in the form they have there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.typography import count
from apps.webinars.exchange.export import write_folder


class Command(BaseCommand):
    help = "Récrit les fichiers des cas publics, des personnes et des organisations dans <dossier>/webinars."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", type=Path, help="par exemple fixtures/content")

    def handle(self, *args: Any, dossier: Path, **options: Any) -> None:
        written, others = write_folder(dossier)
        self.stdout.write(f"{count(written, 'fichier écrit', 'fichiers écrits')}.")
        if others:
            self.stdout.write(f"Sans cas public, laissés tels quels : {', '.join(others)}.")
