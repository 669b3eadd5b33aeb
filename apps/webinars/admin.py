"""For operators, to read: cases, people and organisations with the notes of curators, requests, versions, links."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from apps.webinars.models import CitedOrganisation, LinkCheck, Person, PersonRequest, Revision, Webinar


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def paragraphs(said: dict[str, Any] | None) -> SafeString | str:
    """The note of curation of a sheet."""
    notes = [(text,) for text in (said or {}).get("curator_note", [])]
    return format_html_join("", "<p>{}</p>", notes) if notes else "Aucune note."


@admin.register(Webinar)
class WebinarAdmin(ReadOnly):
    list_display = ("__str__", "slug", "state", "date", "version", "notes", "published_at", "is_demo")
    list_filter = ("state", "cycle", "is_demo")
    search_fields = ("slug", "title", "short_title")
    fields = (
        "slug",
        "state",
        "curator_note",
        "published_note",
        "version",
        "author",
        "reviewer",
        "publish_at",
        "title",
        "date",
        "tags",
        "first_published_at",
        "published_at",
        "updated_at",
        "is_demo",
    )

    @admin.display(description="note de curation")
    def curator_note(self, webinar: Webinar) -> SafeString | str:
        return paragraphs(webinar.draft)

    @admin.display(description="note de la version publiée")
    def published_note(self, webinar: Webinar) -> SafeString | str:
        if not webinar.sheet:
            return "Rien n’est publié."
        same = webinar.sheet.get("curator_note") == webinar.draft.get("curator_note")
        return "La même." if same else paragraphs(webinar.sheet)

    @admin.display(description="notes")
    def notes(self, webinar: Webinar) -> int:
        return len(webinar.draft.get("curator_note", []))


@admin.register(Person)
class PersonAdmin(ReadOnly):
    list_display = ("__str__", "slug", "note", "is_locked", "is_withdrawn", "merged_into")
    list_filter = ("is_withdrawn", "is_locked")
    list_select_related = ("merged_into",)
    search_fields = ("first_name", "last_name", "slug")
    fields = (
        "slug",
        "first_name",
        "last_name",
        "note",
        "spellings",
        "is_locked",
        "is_withdrawn",
        "merged_into",
    )


@admin.register(CitedOrganisation)
class CitedOrganisationAdmin(ReadOnly):
    list_display = ("name", "kind", "region", "note", "is_locked", "merged_into")
    list_filter = ("kind", "is_locked")
    list_select_related = ("region", "merged_into")
    search_fields = ("name", "slug")
    fields = ("slug", "name", "kind", "region", "note", "spellings", "is_locked", "merged_into")


@admin.register(PersonRequest)
class PersonRequestAdmin(ReadOnly):
    # The traces of removed names are of no use to read.
    list_display = ("person", "kind", "asked_on", "done", "by", "at")
    list_filter = ("kind",)
    list_select_related = ("person", "by")
    fields = ("person", "kind", "asked_on", "reason", "done", "mentions", "by", "at")


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ("webinar", "number", "action", "by", "at", "reason")
    list_filter = ("action",)
    list_select_related = ("webinar", "by")
    search_fields = ("webinar__slug", "webinar__title")
    fields = ("webinar", "number", "action", "by", "at", "reason", "curator_note")

    @admin.display(description="note de curation")
    def curator_note(self, revision: Revision) -> SafeString | str:
        return paragraphs(revision.sheet)


@admin.register(LinkCheck)
class LinkCheckAdmin(ReadOnly):
    list_display = ("url", "webinar", "state", "detail", "failing_since", "checked_at")
    list_filter = ("state",)
    list_select_related = ("webinar",)
    search_fields = ("url", "webinar__slug")
    fields = ("webinar", "url", "state", "detail", "failing_since", "checked_at")
