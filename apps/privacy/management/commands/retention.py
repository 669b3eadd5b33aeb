from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.core.microtypography import nbsp
from apps.core.typography import date_long, number
from apps.privacy import closure, retention


class Command(BaseCommand):
    help = "Dire qui serait prévenu ou effacé après deux ans sans connexion ; ne change rien sans --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="prévenir et effacer pour de bon")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = list(retention.cases(now))
        for case in found:
            line = f"compte {case.person}, vu le {date_long(case.seen)} : {case.act.value}"
            self.stdout.write(nbsp(f"{line} ({case.why})" if case.why else line))
        for orphan in closure.orphans():
            self.stdout.write(
                nbsp(f"association {orphan.pk} : plus aucun membre, à fermer quatorze jours après l’annonce")
            )
        counts = Counter(case.act for case in found)
        if options["apply"]:
            done, failed = retention.apply(now)
            self.stdout.write(nbsp("Fait : " + self.said(done)))
            if failed:
                raise CommandError(
                    nbsp(f"{number(failed)} en échec, dits dans les journaux : à reprendre demain.")
                )
        else:
            self.stdout.write(nbsp("Rien n’a été changé. " + self.said(counts)))

    def said(self, counts: Counter[retention.Act] | dict[retention.Act, int]) -> str:
        return ", ".join(f"{act.value} {number(counts[act])}" for act in retention.Act) + "."
