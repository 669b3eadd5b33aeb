"""What is read to choose: votes, who may vote, which hypotheses changed since. Each says how many queries it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery

from apps.methodology.choices import is_of_the_team, team_seats
from apps.methodology.choosing.retaining import LIKE, STEP
from apps.methodology.enums import Act
from apps.methodology.models import Change, Decision, ScenarioVote, Seat

# scenario → hypothesis → number of its last change
Changed = Mapping[UUID, Mapping[UUID, int]]


def votes_of(engagement: UUID) -> QuerySet[ScenarioVote]:
    """On the scenarios that show, in the order they were given. 1 query."""
    return ScenarioVote.objects.filter(item__engagement=engagement, item__gone_at=None).order_by("at", "pk")


def voters(engagement: UUID) -> dict[UUID, Seat]:
    """Every seat whose person may vote now, in the order they came. 1 query."""
    return {seat.pk: seat for seat in team_seats(engagement) if is_of_the_team(seat)}


def changed(engagement: UUID) -> Changed:
    """Those that were removed count; a mere change of order does not. 1 query."""
    rows = Change.objects.filter(
        engagement=engagement, item__kind="hypothesis", item__parent__isnull=False
    ).exclude(act=Act.MOVED)
    last = rows.order_by().values_list("item_id", "item__parent_id").annotate(last=Max("number"))
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for hypothesis, scenario, number in last:
        found[scenario][hypothesis] = number
    return found


def choice_of(engagement: UUID) -> Decision | None:
    """The last choice of a scenario, while it stands. 1 query."""
    later = Decision.objects.filter(replaces=OuterRef("pk")).order_by("pk").values("pk")[:1]
    rows = Decision.objects.filter(engagement=engagement, step=STEP, what__startswith=LIKE)
    standing = rows.annotate(later=Subquery(later)).filter(later=None, item__isnull=False)
    return standing.order_by("-written_at", "-pk").first()
