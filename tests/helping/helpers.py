"""A person who consented, an operator who looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.support.models import SupportGrant, SupportVisit
from tests.support.client import StrictClient
from tests.support.world import platform_person

BAR = 'class="support-bar"'


class MarkingMiddleware:
    """A page that would note who came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            User.objects.filter(pk=request.user.pk).update(full_name="Vue")
        cache.set("seen", request.user.pk)
        return self.get_response(request)


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def operator() -> User:
    return platform_person("operator")


def start(client: StrictClient, grant: SupportGrant) -> Any:
    return client.post(f"/exploitation/aide/{grant.pk}/commencer/")


def looking(grant: SupportGrant, by: User | None = None) -> StrictClient:
    """A visit under way."""
    client = signed_in(by or operator())
    assert start(client, grant).status_code == 302
    assert seen_as(client) == grant.user.pk
    return client


def seen_as(client: StrictClient) -> int | None:
    """The account of the session; None: a visitor."""
    found = client.session.get("_auth_user_id")
    return int(found) if found else None


def visit_of(grant: SupportGrant) -> SupportVisit:
    return SupportVisit.objects.get(grant=grant)
