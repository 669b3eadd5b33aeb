"""The screen of a result, drawn once a process: a frozen result says the same thing all day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import cast

from django.core.cache import caches
from django.db.models import Subquery
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.catalogue.models import ContentRevision
from apps.catalogue.published import CACHE
from apps.diagnostic.models import Campaign, Result
from apps.diagnostic.presenters import present, previous_result
from apps.diagnostic.presenters_headline import Headline
from apps.diagnostic.report import report_key, result_of


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Nothing of the person who reads is in it. ``key`` is the report's."""

    key: str
    organisation: str
    kicker: str
    headline: Headline
    is_demo: bool
    body: SafeString


def result_page(campaign: Campaign) -> ResultPage:
    """Of a closed campaign. 1 query when it is kept. Result.DoesNotExist while there is no result."""
    return cast(ResultPage, caches[CACHE].get_or_set(_state(campaign), lambda: _draw(campaign)))


def _state(campaign: Campaign) -> str:
    """All that the screen depends on: the result, the one before, the campaign, the name, the content."""
    found = (
        Result.objects.filter(campaign=campaign)
        .values_list(
            "pk",
            "created_at",
            "campaign__previous__result__pk",
            "campaign__previous__organisation",
            Subquery(ContentRevision.objects.values("token")[:1]),
        )
        .get()
    )
    own = [getattr(campaign, field.attname) for field in campaign._meta.concrete_fields]
    told = repr((found, own, campaign.organisation.name))
    return f"result:{hashlib.sha256(told.encode()).hexdigest()}"


def _draw(campaign: Campaign) -> ResultPage:
    result = result_of(campaign.pk)
    previous = previous_result(result.campaign)
    view = present(result, previous)
    return ResultPage(
        key=report_key(result, previous, view),
        organisation=view.organisation,
        kicker=view.kicker,
        headline=view.headline,
        is_demo=view.is_demo,
        body=render_to_string("diagnostic/result_body.html", {"view": view}),
    )
