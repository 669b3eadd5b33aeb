from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.enums import PlatformRole, Role
from apps.demo.programmes import publish_past
from apps.demo.seed import seed

WHO = {**dict(Role.choices), **dict(PlatformRole.choices)}


class Command(BaseCommand):
    help = "Crée les données de démonstration (inventées, marquées) et affiche les comptes."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEV_PAGES:
            raise CommandError("Les données de démonstration ne se chargent pas en production.")
        data = seed()
        publish_past()
        self.stdout.write(f"Comptes de démonstration (mot de passe : {data['password']})")
        for row in data["accounts"]:
            role = WHO.get(row.get("role") or row.get("platform", ""), "sans organisation")
            second = " + code affiché dans la boîte aux lettres" if row.get("platform") else ""
            self.stdout.write(f"  {row['email']:<28} {role}{second}")
