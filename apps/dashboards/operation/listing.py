"""The list of releases, scope by scope, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from apps.core.microtypography import nbsp
from apps.core.typography import count, date_long
from apps.dashboards.enums import ReleaseState
from apps.dashboards.models import Release
from apps.dashboards.operation import selectors
from apps.dashboards.operation.forms import BuildForm

A_PAGE = 60
NATIONAL_TITLE = "Nationale"


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    scope: str
    quarter: str
    version: int
    state: str
    size: str
    done: str  # « publiée le 3 octobre 2026 par Ada »


@dataclass(frozen=True, slots=True)
class Scope:
    title: str
    rows: tuple[Row, ...]


def scope_title(release: Release) -> str:
    return release.programme.name if release.programme else NATIONAL_TITLE


def size_words(release: Release) -> str:
    """ "" until it is built; as the release itself says it."""
    if release.built_at is None:
        return ""
    if not release.size:
        return "masqué"
    return nbsp(f"environ {count(release.size, 'association', 'associations')}")


def done_words(release: Release) -> str:
    """What happened last, when, and by whom when somebody did it."""
    if release.is_published and release.published_at:
        return f"publiée le {date_long(timezone.localdate(release.published_at))}{by(release.published_by)}"
    if release.built_at:
        built = f"construite le {date_long(timezone.localdate(release.built_at))}"
        return f"{built}, demandée{by(release.requested_by)}" if release.requested_by else built
    return f"demandée le {date_long(timezone.localdate(release.requested_at))}{by(release.requested_by)}"


def by(person: object) -> str:
    return f" par {person}" if person else ""


def row_of(release: Release) -> Row:
    return Row(
        url=reverse("dashboards:operation_release", args=[release.pk]),
        scope=scope_title(release),
        quarter=release.quarter.name,
        version=release.version,
        state=ReleaseState(release.state).label,
        size=size_words(release),
        done=done_words(release),
    )


def scopes(releases: Iterable[Release]) -> list[Scope]:
    """``releases`` come scope by scope; two programmes of one name stay apart."""
    return [
        Scope(rows[0].scope, rows)
        for _, found in groupby(releases, key=lambda release: release.programme_id)
        if (rows := tuple(row_of(release) for release in found))
    ]


def list_page(form: BuildForm | None, scope: str, number: str) -> dict[str, Any]:
    """Four queries. ``scope``: what is asked for, any text; ``number``: of the page. ``form``: one that was refused."""
    programmes = list(selectors.programmes())
    known = {selectors.NATIONAL, *(str(programme.pk) for programme in programmes)}
    only = scope if scope in known else ""
    page: Page[Release] = Paginator(selectors.releases(only), A_PAGE).get_page(number)
    named = [(str(programme.pk), programme.name) for programme in programmes]
    return {
        "form": form or BuildForm([programme for programme in programmes if programme.is_open]),
        "waiting": [row_of(release) for release in selectors.waiting()],
        "page": page,
        "scopes": scopes(page.object_list),
        "choices": [("", "Toutes"), (selectors.NATIONAL, NATIONAL_TITLE), *named],
        "only": only,
    }
