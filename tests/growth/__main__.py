"""``make growth``: a hundred thousand associations and a million campaigns; every page's queries and plans at both sizes."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trajectoires.embedded.place import Place
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.servers import Servers
from trajectoires.embedded.valkey import ValkeyServer

if TYPE_CHECKING:
    from tests.growth.paper import Pair

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/croissance.md"
SMALL, LARGE = 1_000, 100_000
# The roles of the association that is copied; the others are the platform's.
SESSIONS = """
INSERT INTO django_session (session_key, session_data, expire_date)
SELECT md5('growth' || n), repeat('x', 200), now() + interval '14 days' FROM generate_series(%s::bigint, %s::bigint) n
"""
MEMBERS = ("admin", "lead", "staff", "board")


def set_up(servers: Servers) -> None:
    os.environ |= servers.environment({}) | {"DJANGO_SETTINGS_MODULE": "trajectoires.settings.test"}
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    for command in ("migrate", "createcachetable", "load_content"):
        call_command(command, verbosity=0)


def measured(servers: Servers, small: int, large: int) -> tuple[list[Pair], dict[str, int], float]:
    """Pairs of visits, rows of each table in the end, seconds that the copies took."""
    from apps.dashboards.models import Programme
    from tests.growth.grow import Grower
    from tests.growth.paper import Pair
    from tests.growth.place import made
    from tests.growth.visit import visited

    place, pages = made()
    postgres = servers.postgres
    assert postgres
    with postgres.connect() as link:
        link.autocommit = True
        roots = {
            "accounts_organisation": [place.organisation.pk],
            "accounts_user": [place.people[role].pk for role in MEMBERS],
            "dashboards_programme": list(Programme.objects.values_list("pk", flat=True)),
        }
        grower = Grower(link, roots)
        _grow(link, grower, 1, small)
        before = [visited(place, page) for page in pages]
        begin = time.monotonic()
        _grow(link, grower, small + 1, large)
        seconds = time.monotonic() - begin
        rows = _counted(link, grower.tables)
        after = [visited(place, page) for page in pages]
    return [Pair(one, two, rows) for one, two in zip(before, after, strict=True)], rows, seconds


def _grow(link: Any, grower: Any, first: int, last: int) -> None:
    grower.grow(first, last)
    # Sessions hang from nobody in the database: as many as associations.
    link.execute(SESSIONS, [first, last])
    link.execute("VACUUM (ANALYZE)")


def _counted(link: Any, tables: Any) -> dict[str, int]:
    return {name: link.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--page", type=Path)
    told = parser.parse_args()
    place = Place.temporary()
    # Memory as a machine of this size would give; nothing here survives the run, so nothing waits for the disk.
    memory = {"shared_buffers": "2GB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}
    postgres = PostgresServer(place, durable=False)
    postgres.settings |= memory
    servers = Servers(postgres, ValkeyServer(place, durable=False))
    try:
        servers.start()
        set_up(servers)
        pairs, rows, seconds = measured(servers, told.small, told.large)
        from tests.growth.paper import page

        text = page(pairs, rows, (told.small, told.large), seconds)
        sys.stdout.write(text)
        if target := told.page or (PAGE if told.large == LARGE else None):
            target.write_text(text, encoding="utf-8")
    finally:
        servers.stop()
        place.erase()
    return 0 if all(pair.same_queries and not pair.whole() for pair in pairs) else 1


if __name__ == "__main__":
    sys.exit(main())
