"""Years of accounts of a demonstration association, pasted and accepted through the same services as real ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.conf import settings

from apps.accounts.models import Organisation, User
from apps.ledger import pasted
from apps.ledger.services.exercises import accept, complete
from apps.ledger.services.pasting import keep_pasted


def described() -> dict[str, list[dict[str, Any]]]:
    """By key of an organisation; each row has ``year``, ``beside`` and ``balance`` as a person would paste it."""
    path = Path(settings.CONTENT_DIR).parent / "demo" / "accounts.yaml"
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def balances(organisation: Organisation, rows: list[dict[str, Any]], by: User) -> None:
    for row in rows:
        exercise(organisation, row, by)


def exercise(organisation: Organisation, row: Mapping[str, Any], by: User) -> None:
    year = int(row["year"])
    found = pasted.read(row["balance"])
    if found.faults:
        raise ValueError(f"{year} : {found.faults[0]}")
    key = uuid5(NAMESPACE_URL, f"trajectoires-demo/{organisation.pk}/{year}")
    made = keep_pasted(
        organisation=organisation,
        by=by,
        key=key,
        days=(date(year, 1, 1), date(year, 12, 31)),
        accounts=found.accounts,
    )
    beside = {name: Decimal(str(value)) for name, value in row["beside"].items()}
    complete(exercise=accept(accounts=made, by=by), said=beside)
