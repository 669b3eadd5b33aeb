from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from apps.core.sealing import reseal
from apps.core.typography import count

# Where allauth keeps what must be read again.
SEALED = ("secret", "seed")


class Command(BaseCommand):
    help = "Sceller sous la clé présente les graines des seconds facteurs, après un changement de SECRET_KEY."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for row in Authenticator.objects.select_for_update():
            mine = [name for name in SEALED if name in row.data]
            for name in mine:
                row.data[name] = reseal(row.data[name])
            if mine:
                row.save(update_fields=["data"])
                done += 1
        self.stdout.write(f"{count(done, 'graine scellée', 'graines scellées')} sous la clé présente.")
