"""The agenda for feed readers, in Atom: each session once, told again when it changes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from apps.agenda import selectors, words
from apps.agenda.models import Session


class AgendaFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed
    title = f"Agenda, {settings.SITE_NAME}"
    subtitle = "Le webinaire du mois : un cas raconté par celles et ceux qui le vivent."
    language = "fr"
    link = reverse_lazy("agenda:agenda")

    def items(self) -> list[Session]:
        return list(selectors.in_feed(timezone.now()).order_by("-starts_at"))

    def item_title(self, item: Session) -> str:
        return f"{'Annulée : ' if item.is_cancelled else ''}{item.label}"

    def item_description(self, item: Session) -> str:
        when = f"Le {words.day_of(item.starts_at)}, {words.hours(item.starts_at, item.ends_at)} (heure de Paris)."
        return f"{when} {item.cancelled_reason or item.summary}".strip()

    def item_guid(self, item: Session) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: Session) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Session) -> datetime:
        return item.updated_at
