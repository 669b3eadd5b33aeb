"""« Reprendre des comptes »: balances of the last day of the base, from the association’s accounts, into empty fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.core.typography import euros, join_list, nbsp
from apps.ledger.selectors import years_readable_by
from apps.methodology.bench.sheet import Sheet
from apps.methodology.errors import Conflict
from apps.methodology.models import Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.services.items import single_item
from apps.methodology.simulation.reading import BALANCES, Start, decimal

Balances = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Offer:
    """``amounts``: code → euros, of the settings that are empty."""

    year: int
    amounts: Balances
    said: str


def known(sheet: Sheet, year: int) -> Balances:
    """What the accounts of that year say, for a member of the association. 3 queries at most."""
    user = sheet.place.seat.user
    if user is None:
        return {}
    found = next(
        (one for one in years_readable_by(user, sheet.engagement.organisation) if one.year == year), None
    )
    if found is None:
        return {}
    values = {code: getattr(found, code) for code in BALANCES}
    if found.hour_value is not None:
        values["hour_value"] = found.hour_value
    signed = ("treasury", "equity")
    return {
        code: value for code, value in values.items() if value is not None and (value >= 0 or code in signed)
    }


def offer(sheet: Sheet, begin: Start) -> Offer | None:
    """None when the accounts have nothing that is empty here; asked of them only when something is."""
    told = sheet.single("simulation")
    empty = [code for code in (*BALANCES, "hour_value") if decimal(told, code) is None]
    if not empty:
        return None
    amounts = {code: value for code, value in known(sheet, begin.base.year).items() if code in empty}
    if not amounts:
        return None
    parts = join_list(
        f"{told.kind.field(code).label.lower()} {euros(value)}" for code, value in amounts.items()
    )
    return Offer(
        begin.base.year, amounts, nbsp(f"Les comptes de l’association ont pour {begin.base.year} : {parts}.")
    )


def take_up(*, seat: Seat, amounts: Balances) -> int:
    """Into empty fields only, each on its own; how many were written. Raises Refused for a closed démarche."""
    item = single_item(seat.engagement_id, "simulation")
    held = {field.code: field for field in item.fields.all()}
    written = 0
    for code, value in amounts.items():
        field = held.get(code)
        if field is not None and field.value not in ("", None):
            continue
        try:
            save = save_field(
                seat=seat, item=item, write=Write(code, str(value), field.version if field else 0)
            )
        except Conflict:  # somebody typed it meanwhile: theirs stays
            continue
        written += bool(save.number)
    return written
