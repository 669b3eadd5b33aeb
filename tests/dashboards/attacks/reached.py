"""What a funder's session really reaches: every page, file and answer of the releases, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

from django.urls import reverse

from apps.dashboards.audit.reach import case_of
from apps.dashboards.audit.seen import Case, Precision, Seen
from apps.dashboards.models import Release
from tests.support.client import StrictClient


def api(client: StrictClient) -> list[dict[str, Any]]:
    """Every release of the API, newest first."""
    answer = client.get("/api/v1/releases/", {"page_size": 40}).json()
    assert answer["next"] is None
    found: list[dict[str, Any]] = answer["results"]
    return found


def as_seen(release: dict[str, Any], everything: list[dict[str, Any]]) -> Seen:
    """Only what the answer says: a repeated value is dated by its quarter."""
    same = {
        other["quarter"]: other["id"] for other in everything if other["programme"] == release["programme"]
    }
    tables = {table["key"]: table for table in release["tables"]}
    since = {
        key: {
            f"{row['key']}/{column}": same[cell["since"]]
            for row in table["rows"]
            for column, cell in row["cells"].items()
            if "since" in cell
        }
        for key, table in tables.items()
    }
    scope = release["programme"] or ""
    return Seen(release["id"], scope, release["quarter"], tables, since, Precision(5, least=12))


def case_of_session(client: StrictClient, subject: Release) -> Case:
    """The published side from HTTP alone; the truth from the database, only to judge."""
    everything = api(client)
    seen = {found["id"]: as_seen(found, everything) for found in everything}
    truth = case_of(subject)
    others = [seen[other.key] for other in truth.others if other.key in seen]
    return replace(truth, subject=seen[str(subject.pk)], others=others)


def address(name: str, release: Release, **parts: str) -> str:
    return reverse(f"dashboards:{name}", kwargs={"slug": release.slug, **parts})


def page(client: StrictClient, release: Release, query: str = "") -> Any:
    return client.get(address("release", release) + query)


def rows_of_csv(client: StrictClient, release: Release) -> list[dict[str, str]]:
    content = client.get(address("workbook", release, ext="csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def figure(client: StrictClient, release: Release, table: str) -> Any:
    response = client.get(address("figure", release, table=table))
    return json.loads(response.content) if response.status_code == 200 else None
