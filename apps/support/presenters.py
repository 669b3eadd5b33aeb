"""Grants and visits in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.accounts.models import User
from apps.core.typography import count, date_long, day_and_hour, nbsp, time_short
from apps.support.models import SupportGrant, SupportVisit
from apps.support.selectors import grants_to_help, is_trusted, running_grant, visits_of

SHOWN = 50
SOMEONE = "une personne de l’équipe"


@dataclass(frozen=True, slots=True)
class Banner:
    """``name``: of whom support looks as. ``given``: day of the consent. ``until``: hour of the end."""

    name: str
    given: str
    until: str


@dataclass(frozen=True, slots=True)
class Line:
    pk: UUID
    what: str
    note: str


def banner(visit: SupportVisit) -> Banner:
    given = timezone.localtime(visit.grant.given_at)
    return Banner(
        str(visit.grant.user), nbsp(date_long(given)), nbsp(time_short(timezone.localtime(visit.limit)))
    )


def grant_page(user: User) -> dict[str, Any]:
    """Two queries, whatever the number of visits."""
    now = timezone.now()
    grant = running_grant(user, now)
    return {
        "is_trusted": is_trusted(user),
        "grant": grant,
        "until": nbsp(_until(grant.until)) if grant else "",
        "visits": [_visit(one, now) for one in visits_of(user)[:SHOWN]],
    }


def desk_page(operator: User) -> dict[str, Any]:
    """One query."""
    rows = grants_to_help(timezone.now()).exclude(user=operator)[:SHOWN]
    return {"grants": [_grant(one) for one in rows]}


def _grant(grant: SupportGrant) -> Line:
    return Line(grant.pk, str(grant.user), nbsp(f"« {grant.purpose} », jusqu’{_until(grant.until)}"))


def _until(moment: datetime) -> str:
    return f"au {date_long(timezone.localtime(moment))} à {time_short(timezone.localtime(moment))}"


def _visit(visit: SupportVisit, now: datetime) -> Line:
    ended = visit.ended_at or (visit.limit if visit.limit <= now else None)
    end = f"finie à {time_short(timezone.localtime(ended))}" if ended else "en cours"
    by = str(visit.operator.full_name or SOMEONE) if visit.operator else SOMEONE
    told = f"Par {by}, {end}, {count(visit.pages, 'page regardée', 'pages regardées')}"
    return Line(visit.pk, _moment(visit.started_at).capitalize(), nbsp(told))


def _moment(moment: datetime) -> str:
    return nbsp(day_and_hour(timezone.localtime(moment)))
