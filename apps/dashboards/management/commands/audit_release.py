"""``manage.py audit_release [slug] [--all] [--draft]``: tries every attack on releases and says what it finds."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from apps.dashboards.audit.report import lines
from apps.dashboards.audit.services import audit
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release


class Command(BaseCommand):
    help = "Essaie chaque attaque sur une publication ; code de sortie 1 si l’une réussit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="la publication ; sans rien, la dernière parue")
        parser.add_argument("--all", action="store_true", help="toutes celles qui ont paru")
        parser.add_argument("--draft", action="store_true", help="celles qui attendent une relecture")

    def handle(self, *args: Any, **options: Any) -> None:
        releases = list(chosen(options))
        if not releases:
            raise CommandError("Aucune publication à contrôler.")
        clean = True
        for release in releases:
            run = audit(release)
            clean = clean and run.is_clean
            for line in lines(release.slug, run.attacks):
                self.stdout.write(line)
        if not clean:
            sys.exit(1)


def chosen(options: dict[str, Any]) -> QuerySet[Release]:
    readable = Release.objects.filter(state__in=[ReleaseState.BUILT, ReleaseState.PUBLISHED])
    if options["slug"]:
        return readable.filter(slug=options["slug"])
    if options["draft"]:
        return readable.filter(state=ReleaseState.BUILT)
    published = readable.filter(state=ReleaseState.PUBLISHED).order_by("-published_at")
    return published if options["all"] else published[:1]
