"""The page of the crossed diagnostic, as its template reads it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.accounts.models import Membership
from apps.accounts.roles import MANAGERS
from apps.core.typography import count, join_list
from apps.diagnostic.models import Result
from apps.methodology.access import Place
from apps.methodology.choices import name_of
from apps.methodology.levers.agenda import Point, agenda
from apps.methodology.levers.diagnosis import Powers, campaigns_to_choose, linked, powers, result_of, role_in
from apps.methodology.levers.services import Taken, key_of, taken
from apps.methodology.models import CrossedDiagnostic
from apps.methodology.team.selectors import held_leads

NAMED = 3
FROM_OUTSIDE = "Demandez à une personne qui administre l’association, ou qui en est référente."


@dataclass(frozen=True, slots=True)
class Line:
    """A subject of the result. ``url``: of the point it became; ``ticked``: to become one at the next click."""

    point: Point
    url: str = ""
    is_gone: bool = False
    ticked: bool = False


def crossed_page(place: Place, ticked: Collection[str] | None = None) -> dict[str, Any]:
    """``ticked``: the statements chosen before a session ended; None: those that fit in an hour. At most 4 queries."""
    engagement, user = place.engagement, place.seat.user
    link = linked(engagement, user) if user else None
    mine = powers(place, role_in(user, engagement.organisation_id) if user else "")
    result = result_of(link) if mine.reads else None
    return {
        "door": "agir",
        "place": place,
        "engagement": engagement,
        "link": link,
        "powers": mine,
        "told": told(link) if mine.reads else "",
        "others": others(place, link) if mine.chooses else [],
        "opens_now": mine.opens and link is None,
        "opens_again": mine.opens and link is not None and not link.campaign.is_open,
        "whom": "" if mine.opens or not place.writes or link else whom_to_ask(place, mine),
        "result": result_part(place, result, ticked) if result else None,
    }


def told(link: CrossedDiagnostic | None) -> str:
    """Where the campaign stands: counts only, as its own page gives them to a member."""
    if link is None:
        return ""
    if result := result_of(link):
        return f"{count(result.respondent_count, 'personne a répondu', 'personnes ont répondu')}."
    people, finished = link.people or 0, link.finished or 0  # type: ignore[attr-defined]
    if not people:
        return "Personne n’a encore rejoint la campagne."
    return f"{count(finished, 'copie terminée', 'copies terminées')} sur {people}."


def others(place: Place, link: CrossedDiagnostic | None) -> list[Any]:
    return list(campaigns_to_choose(place.engagement, link.campaign_id if link else None))


def whom_to_ask(place: Place, mine: Powers) -> str:
    """Names for who may read them: members know their association’s people, the team knows its leads. At most 1 query."""
    if not place.may("lead"):
        leads = join_list(name_of(seat) for seat in held_leads(place.engagement.pk)[:NAMED])
        return f"Demandez à qui conduit la démarche\u00a0: {leads}." if leads else ""
    if not mine.reads:
        return FROM_OUTSIDE
    managers = Membership.objects.filter(
        organisation=place.engagement.organisation_id, role__in=MANAGERS, user__is_active=True
    )
    names = [str(one.user) for one in managers.select_related("user").order_by("joined_at")[:NAMED]]
    return (
        f"Une campagne s’ouvre par {join_list(names)}, qui gèrent l’association." if names else FROM_OUTSIDE
    )


def result_part(place: Place, result: Result, ticked: Collection[str] | None) -> dict[str, Any]:
    found, pk = agenda(result), place.engagement.pk
    keys = {point.code: key_of(result, "agenda", point.code, pk) for point in found.points}
    made = taken(place.engagement, keys.values())
    lines = [line(place, point, made.get(keys[point.code]), ticked) for point in found.points]
    fitting = [one for one in lines if one.point.fits]
    return {
        "agenda": found,
        "fitting": fitting,
        "further": [one for one in lines if not one.point.fits],
        "left": any(not one.url for one in lines),
        "kept": sum(bool(one.url) and not one.is_gone for one in lines),
        "further_open": ticked is not None,
    }


def line(place: Place, point: Point, made: Taken | None, ticked: Collection[str] | None) -> Line:
    if made:
        url = reverse("method:item", args=[place.engagement.pk, made.item])
        return Line(point, url, made.is_gone)
    return Line(point, ticked=point.fits if ticked is None else point.code in ticked)
