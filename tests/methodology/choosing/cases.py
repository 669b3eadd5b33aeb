"""A démarche with accounts, two scenarios and their hypotheses."""

from __future__ import annotations

from typing import Any

from apps.methodology.models import Field, Item, Seat
from apps.methodology.services.items import single_item

YEAR: dict[str, Any] = {
    "year": "2026",
    "ventes": "60000",
    "subv_region": "30000",
    "payroll": "70000",
    "purchases": "10000",
    "services": "12000",
    "depreciation": "2000",
}


def item(seat: Seat, kind: str, parent: Item | None = None, **fields: Any) -> Item:
    place = Item.objects.filter(engagement=seat.engagement, kind=kind).count()
    made = Item.objects.create(
        engagement=seat.engagement, kind=kind, parent=parent, place=place, made_by=seat
    )
    Field.objects.bulk_create(Field(item=made, code=code, value=value) for code, value in fields.items())
    return made


def accounts(seat: Seat) -> None:
    item(seat, "year", **YEAR)
    settings = single_item(seat.engagement_id, "simulation")
    values = {"treasury": "25000", "equity": "20000", "years": "3"}
    Field.objects.bulk_create(Field(item=settings, code=c, value=v) for c, v in values.items())


def scenario(seat: Seat, title: str = "Grandir ensemble", **fields: Any) -> Item:
    return item(seat, "scenario", title=title, **fields)


def hypothesis(seat: Seat, under: Item, sort: str, title: str, mid: str, **fields: Any) -> Item:
    return item(seat, "hypothesis", under, sort=sort, title=title, mid=mid, **fields)


def hypotheses(seat: Seat, under: Item) -> dict[str, Item]:
    """One of five sorts."""
    return {
        "hiring": hypothesis(
            seat,
            under,
            "hiring",
            "Animatrice",
            "24000",
            low="23000",
            high="26000",
            fte="1",
            employer_rate="40",
            once="1500",
            starts="2027-09-01",
        ),
        "agreement": hypothesis(
            seat,
            under,
            "agreement",
            "Région 2027 à 2029",
            "20000",
            lasts="3",
            nature="subv_region",
            advance="60",
            starts="2027-03-01",
        ),
        "alliance": hypothesis(
            seat,
            under,
            "alliance",
            "Maison commune",
            "100",
            low="50",
            high="120",
            avoided="4000",
            given="3000",
            levered="2000",
            engineering="1200",
            starts="2028-01-01",
        ),
        "indexation": hypothesis(
            seat, under, "indexation", "Salaires", "2", low="1", high="3", nature="payroll"
        ),
        "broken": hypothesis(seat, under, "funder_won", "Sans montant", ""),
    }
