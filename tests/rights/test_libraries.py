"""The addresses of allauth, the administration and the API × every role. A new address without a row fails."""

from __future__ import annotations

from django.contrib import admin
from django.db import connection, transaction
from django.urls import get_resolver

from tests.rights.ground import ground, rows_written, statements, tables_of
from tests.rights.rows_admin import SCREENS, UNNAMED
from tests.rights.table import LIBRARIES, patterns, try_address, try_row
from tests.test_permissions import TABLE


def test_every_address_of_the_site_has_a_row() -> None:
    found = patterns(get_resolver())
    named = {name for name, _ in found if name}
    assert named - set(TABLE) - set(LIBRARIES) == set(), "add a row for each new address"
    assert set(TABLE) | set(LIBRARIES) == named, "rows of addresses that no longer exist"
    assert {route for name, route in found if not name} == set(UNNAMED), "an address has no name"


def test_every_screen_of_the_administration_has_its_line() -> None:
    screens = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    assert screens == set(SCREENS)


def test_rights_of_the_libraries(db: None) -> None:
    at = ground()
    faults = [fault for name, row in sorted(LIBRARIES.items()) for fault in try_row(at, name, row)]
    for address, expected in UNNAMED.values():
        url = address.format(**at.known)
        told = dict(zip(at.roles, map(int, expected.split()), strict=False))
        faults += try_address(at, url, "get", url, told, rows_written())
    assert not faults, "\n".join(faults)


def test_a_writing_is_seen_even_undone(db: None) -> None:
    """What the tables above rely on."""
    before = rows_written()
    with transaction.atomic(), statements() as sql, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cache FOR UPDATE")
        cursor.execute("UPDATE accounts_user SET full_name = full_name")
        cursor.execute("WITH gone AS (DELETE FROM cache RETURNING 1) SELECT * FROM gone")
        cursor.execute("INSERT INTO cache (cache_key, value, expires) VALUES ('a', 'b', now())")
        transaction.set_rollback(True)
    assert rows_written() == before + 1
    assert [tables_of(one) for one in sql[:4]] == [set(), {"accounts_user"}, {"cache"}, {"cache"}]
    assert tables_of("COPY accounts_user FROM STDIN") == {"?"}
