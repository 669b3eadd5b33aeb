from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import factors
from apps.core.typography import date_long, time_short


def moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{date_long(here.date())} à {time_short(here)}"


class Command(BaseCommand):
    help = (
        "Retirer la seconde protection d’une personne qui l’a perdue\u00a0: une première fois pour la prévenir, "
        "une seconde, au moins 24 heures après, pour le faire."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="adresse du compte")
        parser.add_argument("--cancel", action="store_true", help="abandonner la demande qui attend")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("Aucun compte n’a cette adresse.")
        self.stdout.write(self.cancelled(user) if options["cancel"] else self.next_step(user))

    def cancelled(self, user: User) -> str:
        if not factors.cancel_reset(user=user):
            raise CommandError("Aucune demande n’attend pour ce compte.")
        return "La demande est abandonnée\u00a0: la seconde protection reste."

    def next_step(self, user: User) -> str:
        try:
            if factors.waiting(user):
                kinds = factors.finish_reset(user=user)
                return f"C’est retiré ({', '.join(kinds)}), et la personne en est prévenue."
            until = factors.ask_reset(user=user)
        except factors.TooSoon as soon:
            raise CommandError(
                f"Trop tôt\u00a0: relancez cette commande après le {moment(soon.until)}."
            ) from soon
        except factors.NothingToReset as nothing:
            raise CommandError("Ce compte n’a pas de seconde protection.") from nothing
        except factors.NotTold as untold:
            raise CommandError("Le courriel n’a pas pu être écrit\u00a0: rien n’est demandé.") from untold
        return f"La personne est prévenue. Relancez cette commande après le {moment(until)}."
