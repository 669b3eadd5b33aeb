"""For operators: which campaigns and instruments exist. Answers, copies and results are not registered."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.diagnostic.models import Campaign, Instrument


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Instrument)
class InstrumentAdmin(ReadOnly):
    list_display = ("code", "title", "published_on", "sha256")
    fields = ("code", "title", "published_on", "sha256")


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    # The code is a key to join: an operator has no use for it.
    list_display = ("organisation", "instrument", "state", "opened_at", "closed_at", "is_demo")
    fields = (
        "organisation",
        "instrument",
        "state",
        "opened_by",
        "opened_at",
        "closed_at",
        "previous",
        "is_demo",
    )
    list_filter = ("state", "instrument", "is_demo")
    list_select_related = ("organisation", "instrument")
    search_fields = ("organisation__name",)
