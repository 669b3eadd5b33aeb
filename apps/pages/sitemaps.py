"""sitemap.xml: every public page, at its public address, for search engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.agenda import selectors as agenda
from apps.catalogue import selectors as catalogue
from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Door
from apps.course import selectors as course
from apps.dashboards.selectors import national_releases
from apps.pages.understand import SECTIONS
from apps.webinars import selectors as library

# Pages of one address. The API's is closed to robots.
NAMES = (
    "pages:home",
    "catalogue:index",
    "webinars:library",
    "webinars:people",
    "webinars:organisations",
    "pages:measures",
    "agenda:agenda",
    "course:path",
    "course:changes",
    "method:steps",
    "dashboards:releases",
    "diagnostic:intro",
    "diagnostic:express",
    "diagnostic:join",
    "pages:glossary",
    "pages:accessibility",
    "pages:legal",
    "pages:privacy",
    "pages:sitemap",
)


class Here(Sitemap):  # type: ignore[type-arg]
    """Addresses start with SITE_URL, whatever name the request came by."""

    def get_domain(self, site: Any = None) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)

    def get_protocol(self, protocol: str | None = None) -> str:
        return str(urlsplit(settings.SITE_URL).scheme)


class Pages(Here):
    def items(self) -> list[str]:
        return [reverse(name) for name in NAMES]

    def location(self, item: str) -> str:
        return item


class Rows(Here):
    """One page a row. ``changed``: when what its readers see last changed."""

    def __init__(
        self,
        read: Callable[[], Iterable[Any]],
        changed: Callable[[Any], datetime | date | None] | None = None,
    ) -> None:
        self.read = read
        self.changed = changed

    def items(self) -> list[Any]:
        return list(self.read())

    def lastmod(self, item: Any) -> datetime | date | None:
        return self.changed(item) if self.changed else None


SITEMAPS: dict[str, Here] = {
    "pages": Pages(),
    "doors": Rows(Door.objects.all),
    "understand": Rows(lambda: SECTIONS),
    "goals": Rows(catalogue.goals),
    "fragilities": Rows(catalogue.fragility_names),
    "method": Rows(lambda: catalogue.resource_names(ResourceKind.METHOD_STEP)),
    "course": Rows(course.public_pages, lambda page: page.published_at),
    "releases": Rows(national_releases, lambda release: release.published_at),
    "sessions": Rows(lambda: agenda.coming(timezone.now()).prefetch_related(None)),
    "cases": Rows(lambda: library.public().only("slug", "published_at"), lambda case: case.published_at),
    "people": Rows(lambda: library.people().order_by("slug").only("slug")),
    "organisations": Rows(lambda: library.organisations().order_by("slug").only("slug")),
}
view = require_safe(sitemap)
