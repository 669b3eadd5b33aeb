"""The side of the release bench that knows Django: results by the hundred thousand in SQL, bare aggregates, builds.

Each function runs in a process of its own (``manage.py shell``) and prints a line of JSON.
"""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import apps.dashboards.audit.services  # noqa: F401 - a worker that builds has it in memory already
from apps.dashboards.building.aggregates import exact_tables
from apps.dashboards.building.build import build_release
from apps.dashboards.building.labels import all_rows
from apps.dashboards.building.population import populate
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import TABLES
from apps.demo.crowd import described, stories
from apps.demo.crowd_draws import draw

POOL = 300
# An association in four has a second campaign, closed in the last two quarters: what changes between two releases.
ASSOCIATIONS = "({n} * 4 / 5)"
MADE = """
SET session_replication_role = replica;
INSERT INTO accounts_organisation
  (id, name, siren, siret, rna, legal_form_id, department_id, size_class_id, is_demo, created_at, creation_key)
SELECT md5('o' || i)::uuid, 'Association ' || i, '', '', '', p.legal_form, p.department, p.size, false, now(),
  md5('k' || i)::uuid
FROM generate_series({since} + 1, {until}) i JOIN bench_pool p ON p.id = i % {pool};
CREATE TEMP TABLE bench_new AS
SELECT md5('c' || i)::uuid AS id, md5('o' || i)::uuid AS organisation, NULL::uuid AS previous, 'a' || lpad(to_hex(i), 5, '0') AS code,
  {before}::timestamptz - (i % 600) * interval '1 day' AS closed_at, i % {pool} AS pool
FROM generate_series({since} + 1, {until}) i
UNION ALL
SELECT md5('d' || i)::uuid, md5('o' || i)::uuid, md5('c' || i)::uuid, 'b' || lpad(to_hex(i), 5, '0'),
  {end}::timestamptz - (i % 170) * interval '1 day', (i * 7 + 3) % {pool}
FROM generate_series({since} + 1, {until}) i WHERE i % 4 = 0;
INSERT INTO diagnostic_campaign
  (id, organisation_id, instrument_id, previous_id, state, code, opened_at, closed_at, is_demo, legal_form_id,
   department_id, size_class_id)
SELECT n.id, n.organisation, p.instrument, n.previous, 'closed', n.code, n.closed_at - interval '30 days', n.closed_at, false,
  p.legal_form, p.department, p.size
FROM bench_new n JOIN bench_pool p ON p.id = n.pool;
INSERT INTO diagnostic_campaign_fragilities (campaign_id, fragility_id)
SELECT n.id, f FROM bench_new n JOIN bench_pool p ON p.id = n.pool, unnest(p.fragilities) f;
INSERT INTO diagnostic_result
  (campaign_id, instrument_id, instrument_sha256, scoring_version, respondent_count, payload, statements, finances, created_at)
SELECT n.id, p.instrument, p.sha256, 'score-1', p.respondents, p.payload, p.statements, p.finances, n.closed_at
FROM bench_new n JOIN bench_pool p ON p.id = n.pool;
DROP TABLE bench_new;
SET session_replication_role = origin;
"""


def tell(said: Any) -> None:
    print(json.dumps(said))  # noqa: T201


def quarter() -> Quarter:
    return Quarter.of(timezone.localdate()).before


def pool() -> None:
    """Results of the demonstration's crowd, scored for good, that the million ones repeat."""
    data, today = described(), timezone.localdate()
    rows = []
    for told in stories(data, draw(data, today)):
        made, result = told.campaign, told.result
        rows.append(
            (
                len(rows), made.legal_form_id, made.department_id, made.size_class_id, list(told.fragilities),
                made.instrument_id, result.instrument_sha256, result.respondent_count,
                *(json.dumps(part) for part in (result.payload, result.statements, result.finances)),
            )
        )  # fmt: skip
        if len(rows) == POOL:
            break
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_pool (id int PRIMARY KEY, legal_form text, department text, size text,"
            " fragilities text[], instrument text, sha256 text, respondents int, payload jsonb, statements jsonb, finances jsonb)"
        )
        cursor.executemany(f"INSERT INTO bench_pool VALUES ({', '.join(['%s'] * 11)})", rows)


def make(since: int, until: int) -> None:
    """Results number ``since`` + 1 to ``until``; how many there are."""
    if not since:
        pool()
    end = quarter().last_day
    places = {"pool": POOL, "end": f"'{end} 12:00+00'", "before": f"'{end - timedelta(days=100)} 12:00+00'"}
    bounds = {"since": since * 4 // 5, "until": until * 4 // 5}
    with connection.cursor() as cursor:
        cursor.execute(MADE.format(**places, **bounds))
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM diagnostic_result")
        tell(cursor.fetchone()[0])


def row(of: Quarter, version: int) -> Release:
    slug = f"{of.slug}-v{version}"
    return Release.objects.create(slug=slug, year=of.year, quarter_number=of.number, version=version)


def publish(*slugs: str) -> None:
    """These alone, whatever their attacks say: what is measured is the building and the page."""
    now = timezone.now()
    Release.objects.exclude(slug__in=slugs).update(state=ReleaseState.SET_ASIDE)
    Release.objects.filter(slug__in=slugs).update(
        state=ReleaseState.PUBLISHED, refusal="", published_at=now, built_at=now
    )


def first(version: int) -> None:
    """The quarter before, built and published: the one that the next are compared with."""
    publish()
    made = row(quarter().before, version)
    build_release(made.pk)
    publish(made.slug)


def bare(version: int) -> None:
    """Seconds of the population and of every aggregate, as a release counts them, and nothing else."""
    made = row(quarter(), version)
    names = all_rows()
    keys = {table.key: [name.key for name in names[table.rows]] for table in TABLES}
    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        populate(cursor, made)
        exact_tables(cursor, keys)
    spent = time.perf_counter() - begin
    made.delete()
    tell(spent)


def built(version: int) -> None:
    """Seconds of the whole build, and what it added to the memory of this process, in MB."""
    made, _ = row(quarter(), version), all_rows()
    forget_peak()
    begin, before = time.perf_counter(), memory("VmRSS")
    build_release(made.pk)
    spent = time.perf_counter() - begin
    made.refresh_from_db()
    assert made.state == ReleaseState.BUILT, (made.state, made.error)
    Release.objects.filter(pk=made.pk).update(state=ReleaseState.SET_ASIDE)
    tell({"seconds": spent, "memory": memory("VmHWM") - before, "slug": made.slug, "size": made.size})


def memory(name: str) -> float:
    """MB. ``VmHWM`` is the peak; on a system without /proc, nothing is measured."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return next(int(line.split()[1]) for line in status.open() if line.startswith(name)) / 1024


def forget_peak() -> None:
    peak = Path("/proc/self/clear_refs")
    if peak.exists():
        peak.write_text("5")


def queries(slug: str) -> None:
    client = Client()
    path = f"/publications/{slug}/"
    assert client.get(path).status_code == 200  # what a process keeps is kept
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    tell(len(seen))
