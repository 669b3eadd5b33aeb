from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.audit.events import Event
from apps.audit.services import record
from apps.operations.backup.bring_back import check, restore
from apps.operations.backup.errors import BackupError


class Command(BaseCommand):
    help = "Ramener une sauvegarde, puis comparer tables et fichiers à ce qui avait été sauvé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="le dossier de la sauvegarde")
        parser.add_argument(
            "--identity", type=Path, required=True, help="fichier de la clé (AGE-SECRET-KEY-…)"
        )
        parser.add_argument(
            "--replace", action="store_true", help="remplacer ce que la base et les fichiers contiennent"
        )
        parser.add_argument("--check", action="store_true", help="dans une base à part, effacée ensuite")

    def handle(self, *args: Any, folder: Path, identity: Path, **options: Any) -> None:
        try:
            key = next(
                line for line in identity.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")
            )
            if options["check"]:
                wrong = check(folder, identity=key)
            else:
                wrong = restore(folder, identity=key, replace=options["replace"])
        except StopIteration as error:
            raise CommandError(f"{identity} ne contient aucune clé AGE-SECRET-KEY-….") from error
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        if wrong:
            raise CommandError("La sauvegarde est revenue, mais elle diffère :\n" + "\n".join(wrong))
        if not options["check"]:
            record(Event.RESTORED, subject=folder.name[:120])
        self.stdout.write("Tout est revenu : mêmes tables, mêmes lignes, mêmes fichiers.")
