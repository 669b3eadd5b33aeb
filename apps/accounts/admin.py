"""For operators. Nothing here shows a secret, and no membership leaves without its rules."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.models import Invitation, Membership, Organisation, PlatformGrant, User


class PlatformGrantInline(admin.TabularInline):  # type: ignore[type-arg]
    model = PlatformGrant
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("email", "full_name", "is_active", "is_staff", "is_demo", "date_joined")
    list_filter = ("is_active", "is_staff", "is_demo")
    search_fields = ("email", "full_name")
    ordering = ("-date_joined",)
    # The address is changed by its owner, with a code; the password by nobody else.
    readonly_fields = ("email", "last_login", "date_joined")
    fields = ("email", "full_name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined")
    inlines = (PlatformGrantInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A person is erased with her receipt: by herself, by the retention, or by ``manage.py erase_person``."""
        return False


@admin.register(PlatformGrant)
class PlatformGrantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "role", "granted_at")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__full_name")
    autocomplete_fields = ("user",)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "department", "siren", "rna", "is_demo", "created_at")
    list_filter = ("is_demo", "legal_form")
    list_select_related = ("department",)
    search_fields = ("name", "siren", "siret", "rna")
    autocomplete_fields = ("created_by",)
    readonly_fields = ("created_at", "creation_key")
    filter_horizontal = ("fragilities",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An association closes with its delay, its mails and its receipt."""
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """An operator may add someone (an association without reachable administrator), never take anyone out."""

    list_display = ("user", "organisation", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__full_name", "organisation__name")
    autocomplete_fields = ("user", "organisation")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("email", "organisation", "role", "state", "sent_at", "expires_at")
    list_select_related = ("organisation",)
    search_fields = ("email", "organisation__name")
    fields = ("email", "organisation", "role", "invited_by", "sent_at", "sent_count", "expires_at", "state")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
