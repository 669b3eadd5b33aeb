"""``manage.py export_statements --since 2027-01-01 > releves.jsonl``: xAPI statements, one a line, without names."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from apps.course.groups import dumps


def moment(text: str) -> datetime:
    """A day in Paris, or a moment. ArgumentTypeError for anything else."""
    try:
        day, found = parse_date(text), parse_datetime(text)
    except ValueError:
        day = found = None
    if day:
        found = datetime.combine(day, time())
    if found is None:
        raise ArgumentTypeError(f"« {text} » n’est pas une date : écrivez 2027-01-31, ou 2027-01-31T08:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


class Command(BaseCommand):
    help = "Écrit les relevés du parcours (xAPI, une ligne par acte), du plus ancien au plus récent, sans nom ni adresse."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=moment, default=None, help="depuis ce jour ou ce moment, compris")

    def handle(self, *args: Any, since: datetime | None = None, **options: Any) -> None:
        for line in dumps.lines(dumps.since(since)):
            self.stdout.write(line, ending="")
