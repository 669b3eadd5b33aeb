"""A programme of the funder, the association in it, a national release and one of the programme."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import AuditRun, Consent, Programme, ProgrammeInvitation, Release, ReleaseMember
from apps.dashboards.quarters import Quarter
from apps.dashboards.tables import TABLES


def programme(funder: User | None = None, **fields: Any) -> Programme:
    values = {
        "name": "Appuis ruraux",
        "funder_name": "Fondation des Essais",
        "purpose": "Comprendre.",
        "code": "PROGRA",
    }
    made = Programme.objects.create(**{**values, **fields})
    if funder:
        made.people.add(funder)
    return made


def release(of: Programme | None = None, state: str = ReleaseState.PUBLISHED, **fields: Any) -> Release:
    """With every table, all its cells hidden: what a page must stand."""
    quarter: Quarter = fields.pop("quarter", Quarter(2026, 3))
    version = fields.pop("version", 1)
    now = timezone.now()
    dates = {"built_at": now, "published_at": now} if state == ReleaseState.PUBLISHED else {}
    if state == ReleaseState.BUILT:
        dates = {"built_at": now}
    scope = f"p{of.pk.hex[:8]}-" if of else ""
    made = Release.objects.create(
        slug=f"{scope}{quarter.slug}-v{version}",
        programme=of,
        year=quarter.year,
        quarter_number=quarter.number,
        version=version,
        state=state,
        rules={"k": 11, "rounding": 5},
        **dates,
        **fields,
    )
    if state in (ReleaseState.PUBLISHED, ReleaseState.BUILT):
        for place, table in enumerate(TABLES):
            made.tables.create(key=table.key, position=place, protected=empty(table.key))
            made.exact_tables.create(
                key=table.key, exact={"cells": {}, "bases": {}, "rows": [], "columns": []}
            )
        AuditRun.objects.create(release=made, attacks=[], is_clean=True)
    return made


def empty(key: str) -> dict[str, Any]:
    from apps.dashboards.tables import BY_KEY

    table = BY_KEY[key]
    columns = [{"key": column.key, "label": column.label} for column in table.columns]
    row = {
        "key": "tout",
        "label": "Toutes",
        "cells": {column.key: {"state": "hidden"} for column in table.columns},
    }
    return {
        "key": key,
        "title": table.title,
        "says": table.says,
        "kind": str(table.kind),
        "columns": columns,
        "rows": [row],
        "total": None,
        "hidden": len(columns),
    }


def around(organisation: Organisation, people: dict[str, User]) -> dict[str, str]:
    """Placeholders of the permission rows."""
    of = programme(people["funder"])
    consent = Consent.objects.create(
        programme=of, organisation=organisation, given_by=people["admin"], words="accord-1"
    )
    waiting = ProgrammeInvitation.objects.create(
        programme=of,
        association="Une autre",
        email="autre@exemple.fr",
        token_hash="t" * 64,
        expires_at=timezone.now() + timedelta(days=30),
    )
    national = release()
    ReleaseMember.objects.create(
        release=national,
        organisation=organisation,
        campaign_id=organisation.campaigns.filter(state="closed").latest("closed_at").pk,
    )
    return {
        "programme": str(of.pk),
        "programme_code": of.code,
        "consent": str(consent.pk),
        "programme_invitation": str(waiting.pk),
        "release": national.slug,
        "release_pk": str(national.pk),
        "programme_release": release(of).slug,
        "draft_release": str(release(state=ReleaseState.BUILT, quarter=Quarter(2026, 2)).pk),
    }
