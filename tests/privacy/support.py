"""An association with something everywhere, and the whole database as text."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from tests.dashboards.world import around as dashboards_around
from tests.ledger.support import around as ledger_around
from tests.methodology.world import demarche_of
from tests.support.world import World, world


def full_world() -> World:
    found = world()
    demarche_of(found.organisation, found.people)
    ledger_around(found.organisation, found.people["admin"])
    dashboards_around(found.organisation, found.people)
    return found


def dump() -> dict[str, list[str]]:
    """Table → its rows as text."""
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found[model._meta.label] = [row[0] for row in cursor.fetchall()]
        cursor.execute('SELECT t::text FROM "cache" t')
        found["cache"] = [row[0] for row in cursor.fetchall()]
    return found
