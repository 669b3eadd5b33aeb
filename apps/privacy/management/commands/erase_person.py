from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.core.typography import count
from apps.privacy import erasure
from apps.privacy.models import Cause
from apps.privacy.receipts import address_of


class Command(BaseCommand):
    help = (
        "Effacer le compte d’une personne qui le demande par écrit et ne peut plus se connecter\u00a0: "
        "dit ce qui serait fait\u00a0; avec --apply, le fait et lui envoie son reçu."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="adresse du compte")
        parser.add_argument(
            "--close-alone", action="store_true", help="fermer aussi les associations où elle est seule"
        )
        parser.add_argument("--apply", action="store_true", help="effacer pour de bon")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("Aucun compte n’a cette adresse.")
        if not options["apply"]:
            self.told(user, close_alone=options["close_alone"])
            return
        try:
            _, token = erasure.erase_person(user=user, cause=Cause.ASKED, close_alone=options["close_alone"])
        except erasure.ErasureRefusedError as refused:
            raise CommandError("\n".join(refused.sentences)) from refused
        self.stdout.write(f"Effacé. Reçu\u00a0: {address_of(token)}")

    def told(self, user: User, *, close_alone: bool) -> None:
        for line in erasure.lines_of(user):
            self.stdout.write(f"{line.name}\u00a0: {count(line.rows, 'ligne', 'lignes')}, {line.fate}")
        for sentence in erasure.refusals(user, close_alone=close_alone):
            self.stdout.write(f"✗ {sentence}")
        self.stdout.write("Rien n’est fait\u00a0: ajoutez --apply.")
