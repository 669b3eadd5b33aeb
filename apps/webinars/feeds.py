"""Atom: the cases as they are published."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from apps.webinars import selectors
from apps.webinars.models import Webinar

MOST = 30


class NewCases(Feed):  # type: ignore[type-arg]
    """The latest thirty published; an update of a case keeps its identifier."""

    feed_type = Atom1Feed
    title = "Trajectoires socio-économiques : nouveaux cas"
    subtitle = "Des associations et leurs alliés racontent comment leur modèle a changé."
    language = "fr"

    def link(self) -> str:
        return reverse("webinars:library")

    def feed_url(self) -> str:
        return reverse("webinars:feed")

    def items(self) -> QuerySet[Webinar]:
        return (
            selectors.public()
            .order_by("-first_published_at", "-date", "slug")
            .defer("draft", "search", "sheet")[:MOST]
        )

    def item_title(self, item: Webinar) -> str:
        return item.short_title

    def item_description(self, item: Webinar) -> str:
        return item.teaser

    def item_pubdate(self, item: Webinar) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Webinar) -> datetime | None:
        return item.published_at
