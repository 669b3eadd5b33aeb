"""The PDF of a result: its key, its request, its page. One state of the result gives one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from apps.accounts.models import User
from apps.core.figures import emblem
from apps.core.figures.svg import Svg
from apps.core.figures.triangle import Shares
from apps.core.typography import nbsp
from apps.diagnostic.models import Result
from apps.diagnostic.presenters import ResultView, present, previous_result
from apps.diagnostic.presenters_balance import shares_of
from apps.documents.models import Document
from apps.documents.registry import DocumentSource
from apps.documents.selectors import find_document
from apps.documents.services import request_document

KIND = "diagnostic_report"
# Raise it when the template or the style sheet of the report changes: the next request gives a new file.
REPORT_VERSION = "report-3"


def result_of(campaign_id: UUID) -> Result:
    """Result.DoesNotExist while the campaign is open."""
    return Result.objects.select_related(
        "campaign__organisation",
        "campaign__size_class",
        "campaign__department",
        "campaign__previous__result",
        "instrument",
    ).get(campaign=campaign_id)


def report_key(result: Result, previous: Result | None, view: ResultView) -> str:
    """SHA-256 of all that the file depends on; the view holds the published texts and figures of that day."""
    state = [
        REPORT_VERSION,
        str(result.campaign_id),
        result.pk,
        result.created_at.isoformat(),
        previous.pk if previous else None,
        result.instrument_sha256,
        result.scoring_version,
        hashlib.sha256(repr(view).encode()).hexdigest(),
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def existing_report(key: str) -> Document | None:
    return find_document(kind=KIND, key=key)


def request_report(*, result: Result, by: User) -> Document:
    """The report of this result as it is today; asking again returns the same one."""
    previous = previous_result(result.campaign)
    view = present(result, previous)
    return request_document(
        kind=KIND,
        key=report_key(result, previous, view),
        subject_id=result.campaign_id,
        organisation=result.campaign.organisation,
        requested_by=by,
        title=f"Rapport d’auto-diagnostic, {view.season}",
        filename=f"auto-diagnostic-{slugify(view.organisation)[:60]}-{slugify(view.season)}.pdf",
    )


def build_report(campaign_id: UUID) -> DocumentSource:
    """Run by a worker."""
    result = result_of(campaign_id)
    view = present(result, previous_result(result.campaign))
    return DocumentSource(report_html(view, shares_of(result.payload)), view.closed_at)


def report_html(view: ResultView, shares: Shares | None) -> str:
    """The page that becomes a PDF; without a balance point, the cover shows the plain emblem."""
    return render_to_string(
        "diagnostic/report.html",
        {
            "view": view,
            "cover": emblem.cover(shares) if shares else _without_point(),
            "has_point": shares is not None,
            "emblem": emblem.logo(),
            "name_class": _size(view.organisation),
            "short_name": shortened(view.organisation, 70),
            "site_url": settings.SITE_URL,
            "site_name": settings.SITE_NAME,
            "title": nbsp(f"Auto-diagnostic : {view.organisation}, {view.season}"),
        },
    )


def _without_point() -> Svg:
    """The three pillars alone: a point at the centre would claim a balance nobody measured."""
    drawn = emblem.cover(Shares(1, 1, 1))
    return replace(drawn, alt="Les trois appuis.", body=drawn.body[:3])


def _size(name: str) -> str:
    """A long name is set smaller on the cover, so that it leaves room for the rest."""
    if len(name) <= 24:
        return "brief"
    return "short" if len(name) <= 40 else "long" if len(name) <= 90 else "longest"


def shortened(name: str, most: int) -> str:
    """For the margin of each page: whole words, then « … »."""
    if len(name) <= most:
        return name
    return f"{name[: most - 1].rsplit(' ', 1)[0].rstrip(',;: ')}…"
