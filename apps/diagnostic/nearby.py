"""Where an association stands, told to the service that finds cases near it. Nothing of the answers is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apps.accounts.models import Organisation
from apps.catalogue import closeness
from apps.catalogue.closeness import Close, Names, Situation
from apps.catalogue.models import Resource
from apps.diagnostic.enums import CampaignState
from apps.diagnostic.instrument import PILLARS
from apps.diagnostic.models import Campaign, Result

MANY = 6


def weakest_pillar(payload: Mapping[str, Any]) -> str:
    """Code of the catalogue (« human »…) of the lowest scored pillar; "" when none has a score."""
    scores = {code: payload["axes"][code]["score"] for code in PILLARS if payload["axes"].get(code)}
    known = {code: score for code, score in scores.items() if score is not None}
    return PILLARS[min(sorted(known), key=lambda code: known[code])] if known else ""


def of_result(result: Result) -> Situation:
    """As the campaign described the association that day. 2 queries."""
    campaign: Campaign = result.campaign
    return Situation(
        fragilities=frozenset(campaign.fragilities.values_list("pk", flat=True)),
        region=(campaign.department.region_id or "") if campaign.department else "",
        size=campaign.size_class_id or "",
        weakest=weakest_pillar(result.payload),
    )


def latest_result(organisation: Organisation) -> Result | None:
    """Of the last closed campaign. 1 query."""
    closed = Result.objects.filter(campaign__organisation=organisation, campaign__state=CampaignState.CLOSED)
    return closed.select_related("campaign__department").order_by("-campaign__closed_at").first()


def of_organisation(organisation: Organisation) -> Situation:
    """As its sheet says, for want of a result. 2 queries."""
    return Situation(
        fragilities=frozenset(organisation.fragilities.values_list("pk", flat=True)),
        region=(organisation.department.region_id or "") if organisation.department else "",
        size=organisation.size_class_id or "",
    )


def cases(situation: Situation, limit: int = MANY) -> list[Close]:
    """2 queries, 3 more when the content changed."""
    return closeness.closest(situation, closeness.candidates(situation), closeness.names(), limit)


class CaseChooser:
    """The case shown beside a lever: near the association and strong on the lever's pillar, each once."""

    def __init__(self, situation: Situation, among: Sequence[Resource], known: Names) -> None:
        self.situation = situation
        self.among = among
        self.known = known
        self.taken: set[str] = set()

    def pick(self, axis: str) -> Close | None:
        """None when no case shares a need or a place with it: the lever's own case then says more."""
        aim = replace(self.situation, aim=PILLARS.get(axis, ""))
        free = [
            case for case in self.among if case.pk not in self.taken and aim.pillar in ("", *case.leaning)
        ]
        found = [close for close in closeness.closest(aim, free, self.known) if near(close)]
        if not found:
            return None
        self.taken.add(found[0].case.pk)
        return found[0]


def near(close: Close) -> bool:
    """A need, or a place and a pillar, in common: the pillar alone says nothing of the association."""
    return close.score >= closeness.FRAGILITY
