"""Exercises for the tests of the picture: an invented association, three years."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from apps.ledger.years import LedgerYear


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def euros(**amounts: float | str) -> dict[str, Decimal]:
    return {nature: Decimal(str(amount)).quantize(Decimal("0.01")) for nature, amount in amounts.items()}


def exercise(of: int = 2025, amounts: Mapping[str, Decimal] | None = None, **fields: Any) -> LedgerYear:
    made = LedgerYear(
        key=uuid.uuid5(uuid.NAMESPACE_URL, str(of)),
        year=of,
        starts_on=date(of, 1, 1),
        ends_on=date(of, 12, 31),
        source="fec",
        amounts=amounts or {},
    )
    return replace(made, **fields)


SECTIONS = {
    "ATELIERS": euros(payroll="52000.33", purchases=9800, ventes=38200, subv_bloc_communal=24000),
    "JARDIN": euros(payroll=24100, purchases="4300.25", subv_etat=15000, fondations=12000, mecenat=14000),
    "SIEGE": euros(payroll="35650.42", services="13799.90", subv_bloc_communal=20000),
}


def three() -> list[LedgerYear]:
    return [
        exercise(
            2023,
            euros(
                ventes=40000,
                subv_etat=50000,
                subv_region=10000,
                payroll=80000,
                purchases=15000,
                depreciation=3000,
            ),
            treasury=Decimal(40000),
            equity=Decimal(28000),
            volunteer_hours=Decimal(2000),
        ),
        exercise(
            2024,
            euros(
                ventes=45000,
                subv_etat=45000,
                subv_region=8000,
                payroll=84000,
                purchases=15000,
                depreciation=3000,
            ),
            treasury=Decimal(30000),
            equity=Decimal(24000),
            volunteer_hours=Decimal(2200),
        ),
        exercise(
            2025,
            euros(
                ventes="62200",
                subv_etat="30000",
                subv_bloc_communal="44000.00",
                mecenat="14000",
                fondations="12000",
                payroll="118000.75",
                taxes="1600",
                purchases="16000.25",
                services="13799.90",
                depreciation="5600",
                in_kind_services="9600",
            ),
            treasury=Decimal(20000),
            equity=Decimal(22100),
            volunteer_hours=Decimal(2600),
            employees_fte=Decimal("3.8"),
            sections=SECTIONS,
        ),
    ]
