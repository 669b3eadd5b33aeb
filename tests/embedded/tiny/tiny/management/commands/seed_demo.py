from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """One row a run, to see that the data outlive it."""

    def handle(self, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("create table if not exists runs (at timestamptz default now())")
            cursor.execute("insert into runs default values")
        self.stdout.write("dirigeante@demo.example mot-de-passe")
