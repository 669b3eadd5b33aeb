from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.audit.chain import BrokenChainError, Chain, verify
from apps.core.microtypography import nbsp
from apps.core.typography import count, date_long


class Command(BaseCommand):
    help = "Relire le journal des actes, entrée par entrée ; dire la première qui a été changée ou retirée."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", default="", help="une tête notée dans les journaux (audit_head)")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        try:
            found = verify(head)
        except BrokenChainError as fault:
            raise CommandError(nbsp(str(fault))) from fault
        except ValueError as error:
            raise CommandError(nbsp("--head attend des chiffres hexadécimaux.")) from error
        self.stdout.write(nbsp(self.said(found)))

    def said(self, found: Chain) -> str:
        if found.begun is None or found.ended is None:
            return "Journal intact : aucune entrée."
        begun, ended = (date_long(timezone.localdate(moment)) for moment in (found.begun, found.ended))
        return f"Journal intact : {count(found.entries, 'entrée', 'entrées')}, du {begun} au {ended}, tête {found.head}."
