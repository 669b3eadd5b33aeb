"""What the tools « leviers » and « ordre-du-jour » show beside their fields. Each is a function of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Subquery, Sum
from django.urls import reverse

from apps.core.figures.svg import Svg
from apps.core.typography import count
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.enums import Act, WorkshopStage
from apps.methodology.levers import square
from apps.methodology.levers.agenda import WORKSHOP, Proposed, proposed
from apps.methodology.levers.diagnosis import linked, powers, result_of
from apps.methodology.levers.services import Taken, key_of
from apps.methodology.levers.tree import Leaf, tree
from apps.methodology.models import Change, Dot, Item, Pile
from apps.methodology.tools.levers import PARTNERSHIP_STEPS

VOTED = (WorkshopStage.TALKING, WorkshopStage.OVER)


# --- « leviers » -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Offer:
    """A lever of the diagnostic, and the item it became."""

    lever: Proposed
    url: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a lever comes from. ``dots``: of its pile in a workshop, None without one."""

    key: UUID | None
    dots: int | None
    is_gone: bool


def levers(sheet: Sheet) -> dict[str, Any]:
    """3 queries: where the levers come from, the campaign, the levers of the diagnostic."""
    rows, origins = sheet.rows("lever"), origins_of(sheet)
    partners = [partner(sheet, row, place) for place, row in enumerate(sheet.rows("partnership"), 1)]
    names = sheet.words(rows[0].kind.field("pillar")) if rows else {}
    types = list(partner_types(sheet))
    return {
        "tree": tree([leaf(sheet, row, origins) for row in rows], names) if rows else None,
        "partners": partners,
        "square": figure(partners),
        "square_sentence": square.sentence(partners, types),
        "steps": len(PARTNERSHIP_STEPS),
        **offers(sheet, origins),
    }


def figure(partners: list[square.Partner]) -> Svg | None:
    return square.draw(partners) if partners else None


def leaf(sheet: Sheet, row: Row, origins: dict[UUID, Origin]) -> Leaf:
    origin = origins.get(row.id)
    return Leaf(
        title=row.title,
        url=address(sheet, row.id),
        pillar=row.get("pillar") or "",
        branch=row.get("branch") or "",
        decision=row.get("decision") or "",
        dots=origin.dots if origin else None,
        has_conditions=bool(row.get("conditions")),
        has_risks=bool(row.get("risks")),
    )


def partner(sheet: Sheet, row: Row, number: int) -> square.Partner:
    return square.Partner(
        number=number,
        title=row.title,
        url=address(sheet, row.id),
        type=sheet.said(row, "type"),
        main=row.get("main_aim") or "",
        others=tuple(row.get("other_aims") or ()),
        steps=len(row.get("steps_done") or ()),
        next=row.get("next") or "",
    )


def partner_types(sheet: Sheet) -> list[str]:
    rows = sheet.rows("partnership")
    return list(sheet.words(rows[0].kind.field("type")).values()) if rows else []


def address(sheet: Sheet, item: UUID) -> str:
    return reverse("method:item", args=[sheet.engagement.pk, item])


def origins_of(sheet: Sheet) -> dict[UUID, Origin]:
    """Of every lever there ever was. While people vote, nothing is counted aloud. 1 query."""
    piles = Pile.objects.filter(item=OuterRef("pk"), workshop__stage__in=VOTED).order_by()
    dots = Dot.objects.filter(pile__item=OuterRef("pk"), pile__workshop__stage__in=VOTED).order_by()
    made = Change.objects.filter(item=OuterRef("pk"), act=Act.MADE)
    counted = dots.values("pile__item").annotate(number=Sum("number")).values("number")
    rows = Item.objects.filter(engagement=sheet.engagement, kind="lever").annotate(
        made_with=Subquery(made.values("key")[:1]),
        votes=Subquery(piles.values("votes")[:1]),
        live=Subquery(counted, output_field=IntegerField()),
    )
    return {
        item: Origin(key, None if votes is None else votes + (live or 0), gone is not None)
        for item, key, votes, live, gone in rows.values_list("pk", "made_with", "votes", "live", "gone_at")
    }


def offers(sheet: Sheet, origins: dict[UUID, Origin]) -> dict[str, Any]:
    """``why_none`` when there is nothing to offer to this person. At most 2 queries."""
    place = sheet.place
    link = linked(place.engagement, place.seat.user) if place.seat.user else None
    mine = powers(place, (link.role or "") if link else "")  # type: ignore[attr-defined]
    result = result_of(link) if mine.reads else None
    if result is None:
        return {"offers": [], "why_none": why_none(link is not None, mine.reads), "takes": False}
    by_key = {origin.key: Taken(item, origin.is_gone) for item, origin in origins.items() if origin.key}
    found = [
        offer(sheet, one, by_key.get(key_of(result, "lever", one.code, place.engagement.pk)))
        for one in proposed(result)
    ]
    return {"offers": found, "why_none": "", "takes": mine.uses, "left": any(not one.url for one in found)}


def offer(sheet: Sheet, lever: Proposed, taken: Taken | None) -> Offer:
    return Offer(lever, address(sheet, taken.item), taken.is_gone) if taken else Offer(lever)


def why_none(is_linked: bool, reads: bool) -> str:
    if not is_linked:
        return (
            "Une fois l’auto-diagnostic de l’association relié à la démarche, il propose ici trois leviers."
        )
    if not reads:
        return "Les leviers que propose l’auto-diagnostic se lisent par les membres de l’association."
    return "L’auto-diagnostic propose trois leviers quand sa campagne est close."


# --- « ordre-du-jour » -------------------------------------------------------------------------------------------
def agenda(sheet: Sheet) -> dict[str, Any]:
    """No query."""
    rows = sheet.rows("agenda_point")
    minutes = sum(int(float(row.get("minutes") or 0)) for row in rows)
    concluded = sum(bool(row.get("concluded")) for row in rows)
    return {
        "sentence": agenda_sentence(len(rows), minutes, concluded),
        "is_long": minutes > WORKSHOP,
        "is_empty": not rows,
    }


def agenda_sentence(points: int, minutes: int, concluded: int) -> str:
    if not points:
        return "Rien à l’ordre du jour pour l’instant."
    parts = [count(points, "point", "points"), count(minutes, "minute", "minutes")]
    said = (
        f"{concluded} {'a sa conclusion écrite' if concluded == 1 else 'ont leur conclusion écrite'}"
        if concluded
        else ""
    )
    return ", ".join(parts) + (f"\u00a0; {said}." if said else ".")
