from argparse import ArgumentParser
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from apps.accounts.models import User
from apps.core.microtypography import nbsp
from apps.core.typography import count
from apps.privacy import closure, erasure, replay
from apps.privacy.models import Cause


class Command(BaseCommand):
    help = "Après une restauration, effacer à nouveau ce qui l’avait été depuis la sauvegarde ; ne change rien sans --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "lists", nargs="+", type=Path, help=f"listes « {replay.NAME} », ou journaux de la plateforme"
        )
        parser.add_argument("--since", default="", help="AAAA-MM-JJ : jour de la sauvegarde restaurée")
        parser.add_argument("--apply", action="store_true", help="effacer pour de bon")

    def handle(self, *args: Any, lists: list[Path], since: str, **options: Any) -> None:
        try:
            lines = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        begin = self.moment(since)
        houses, people = replay.come_back(one for one in replay.read(lines) if one.at >= begin)
        for house in houses:
            self.stdout.write(nbsp(f"association {house.pk}"))
        for person in people:
            self.stdout.write(nbsp(f"compte {person.pk}"))
        told = (
            f"{count(len(houses), 'association', 'associations')}, {count(len(people), 'compte', 'comptes')}"
        )
        if not options["apply"]:
            self.stdout.write(nbsp(f"Rien n’a été changé. À effacer à nouveau : {told}."))
            return
        for house in houses:
            closure.close_again(house)
        self.finish([sentence for person in people for sentence in self.erased(person)], told)

    def moment(self, since: str) -> datetime:
        if not since:
            return datetime.min.replace(tzinfo=timezone.get_default_timezone())
        try:
            day = parse_date(since)
        except ValueError:
            day = None
        if day is None:
            raise CommandError(nbsp(f"« {since} » n’est pas un jour : AAAA-MM-JJ."))
        return timezone.make_aware(datetime.combine(day, time.min))

    def erased(self, person: User) -> list[str]:
        """What to do by hand."""
        if not User.objects.filter(pk=person.pk).exists():
            return []
        try:
            erasure.erase_person(user=person, cause=Cause.ASKED, close_alone=True)
        except erasure.ErasureRefusedError as error:
            return [f"compte {person.pk} : {sentence}" for sentence in error.sentences]
        return []

    def finish(self, refused: list[str], told: str) -> None:
        if refused:
            raise CommandError(nbsp("À faire d’abord, puis recommencer :\n" + "\n".join(refused)))
        self.stdout.write(nbsp(f"Effacé à nouveau : {told}."))
