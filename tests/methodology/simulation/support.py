"""A base, settings, a scenario and its hypotheses, as a team types them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.urls import reverse

from apps.methodology.models import Item, Seat
from apps.methodology.services.items import add_item
from tests.methodology.target.support import item, write_single
from tests.support.client import StrictClient

YEAR: dict[str, Any] = {
    "year": "2025", "cotisations": "6900", "ventes": "74500", "commande_publique": "21300", "subv_etat": "28000",
    "subv_region": "24000", "subv_departement": "38000", "subv_bloc_communal": "106000", "dons": "9200", "mecenat": "12000",
    "fondations": "5000", "financiers": "200", "payroll": "226000", "purchases": "27900", "services": "33900",
    "outside_services": "20600", "taxes": "4100", "depreciation": "7800", "volunteer_hours": "4700", "in_kind": "8000",
}  # fmt: skip
SETTINGS = {
    "treasury": "55300",
    "equity": "40600",
    "receivables": "30500",
    "payables": "40000",
    "hour_value": "16",
}


def base(seat: Seat, **more: Any) -> Item:
    return item(seat, "year", **(YEAR | more))


def settings(seat: Seat, **more: Any) -> None:
    for code, value in (SETTINGS | more).items():
        write_single(seat, "simulation", code, value)


def scenario(seat: Seat, title: str = "Grandir à deux") -> Item:
    return item(seat, "scenario", title=title)


def hypothesis(seat: Seat, parent: Item, sort: str, **fields: Any) -> Item:
    said = {"title": sort, "sort": sort, **fields}
    return add_item(seat=seat, kind="hypothesis", key=uuid4(), fields=said, parent=parent)


def three(seat: Seat, parent: Item) -> list[Item]:
    """A funder that leaves, an alliance, people hired: each with its low and high."""
    return [
        hypothesis(
            seat, parent, "funder_lost", title="Le département se retire", nature="subv_departement",
            starts="2026-07-01", low="20000", mid="30000", high="38000",
        ),
        hypothesis(
            seat, parent, "alliance", title="Alliance avec le réseau", low="50", mid="80", high="100", avoided="9000",
            given="6000", levered="25000", engineering="5000", once="3000", starts="2026-03-01",
        ),
        hypothesis(
            seat, parent, "hiring", title="Un mi-temps", low="24000", mid="26000", high="30000", fte="0.5",
            employer_rate="42", aid="4000", starts="2027-01-01",
        ),
    ]  # fmt: skip


def page(seat: Seat, name: str, *keys: Any) -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *keys])


def client(seat: Seat) -> StrictClient:
    assert seat.user
    made = StrictClient()
    made.force_login(seat.user)
    return made
