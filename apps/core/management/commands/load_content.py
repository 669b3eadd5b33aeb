"""``manage.py load_content``: publishes the content files; running it again changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Charge les contenus publiés (fixtures/content) : tout ou rien, autant de fois que l’on veut."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        loaders = [(path, import_string(path)) for path in settings.CONTENT_LOADERS]
        with transaction.atomic():
            told = [(path, load()) for path, load in loaders]
        if verbosity:
            for path, sentence in told:
                self.stdout.write(f"Contenus ({path.split('.')[1]}) : {sentence or 'chargé'}.")
