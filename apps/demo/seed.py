"""Fills the platform with invented, marked data: organisations, accounts, campaigns at every stage, sessions, démarches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from apps.accounts.models import Organisation
from apps.demo.agenda import sessions
from apps.demo.balances import balances, described
from apps.demo.campaigns import campaign
from apps.demo.course import course
from apps.demo.crowd import crowd
from apps.demo.method import method
from apps.demo.people import account
from apps.demo.programmes import support


def description() -> dict[str, Any]:
    path = Path(settings.CONTENT_DIR).parent / "demo" / "demo.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def organisation(row: Mapping[str, Any]) -> tuple[Organisation, bool]:
    made, created = Organisation.objects.get_or_create(
        name=row["name"],
        is_demo=True,
        defaults={
            "department_id": row["department"],
            "legal_form_id": row["legal_form"],
            "size_class_id": row["size_class"],
        },
    )
    if created:
        made.fragilities.set(row["fragilities"])
    return made, created


@transaction.atomic
def seed() -> dict[str, Any]:
    """Idempotent; the description that was used, password included."""
    data = description()
    made = {row["key"]: organisation(row) for row in data["organisations"]}
    accounts = described()
    organisations = {key: found for key, (found, _) in made.items()}
    people = {row["email"]: account(row, data["password"], organisations) for row in data["accounts"]}
    for row in data["organisations"]:
        found, created = made[row["key"]]
        if created:
            lead = next(
                (
                    a
                    for a in data["accounts"]
                    if a.get("organisation") == row["key"] and a["role"] in ("lead",)
                ),
                None,
            )
            lead = lead or next(a for a in data["accounts"] if a.get("organisation") == row["key"])
            for story in row["campaigns"]:
                campaign(found, story, people[lead["email"]])
            balances(found, accounts.get(row["key"], []), people[lead["email"]])
    curator = next(a["email"] for a in data["accounts"] if a.get("platform") == "curator")
    sessions(data["agenda"], people[curator])
    course(data["course"], people, organisations)
    method(people, organisations)
    support(crowd(), people, organisations)
    return data
