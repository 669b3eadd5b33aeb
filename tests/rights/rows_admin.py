"""The addresses of Django's administration × the roles of the platform (see tests/test_permissions.py).

Operators alone enter; the others are sent to sign in, where those who are signed in already get a 403.
A new screen of the administration needs its line in ``SCREENS``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from tests.support.world import World

ELSEWHERE = "302 " * 10
PAGES = ("changelist", "add", "change", "delete", "history")
# What an operator gets of each of the PAGES.
EVERYTHING = "200 200 200 200 200"
READS = "200 403 200 403 200"
SCREENS = {
    # Accounts open by their owner, and leave with a receipt.
    "accounts_user": "200 403 200 403 200",
    "accounts_platformgrant": EVERYTHING,
    "accounts_organisation": "200 200 200 403 200",
    # Nobody is taken out without the rules of leaving.
    "accounts_membership": "200 200 200 403 200",
    "accounts_invitation": "200 403 200 200 200",
    "diagnostic_instrument": READS,
    "diagnostic_campaign": READS,
    "webinars_webinar": READS,
    "webinars_person": READS,
    "webinars_citedorganisation": READS,
    "webinars_personrequest": READS,
    "webinars_revision": READS,
    "webinars_linkcheck": READS,
}
# Addresses without a name: what each role gets there.
UNNAMED = {
    **{
        f"gestion/{screen.replace('_', '/')}/<path:object_id>/": (
            f"/gestion/{screen.replace('_', '/')}/{{{screen}}}/",
            ELSEWHERE + "302",  # to the object's page, as Django 1.8 wrote it
        )
        for screen in SCREENS
    },
    "gestion/(?P<url>.*)$": ("/gestion/inconnu/", ELSEWHERE + "404"),
}


def add(row: Callable[..., None]) -> None:
    row("admin:index", ELSEWHERE + "200")
    row("admin:login", "302 302 403 403 403 403 403 403 403 403 302")
    row("admin:logout", ELSEWHERE + "405")
    # To the page that asks for a proof, writes to its owner and is in the journal.
    row("admin:password_change", ELSEWHERE + "302")
    row("admin:password_change_done", ELSEWHERE + "200")
    row("admin:autocomplete", ELSEWHERE + "403")  # no field was named
    row("admin:jsi18n", ELSEWHERE + "200")
    row("admin:app_list", ELSEWHERE + "200", app_label="accounts")
    row("admin:view_on_site", ELSEWHERE + "404", content_type_id="0", object_id="0")
    for screen, got in SCREENS.items():
        for page, status in zip(PAGES, got.split(), strict=True):
            named = {} if page in ("changelist", "add") else {"object_id": f"{{{screen}}}"}
            row(f"admin:{screen}_{page}", ELSEWHERE + status, **named)


def objects(place: World) -> dict[str, str]:
    """One object of each screen."""
    from django.contrib import admin

    from apps.accounts.models import Invitation
    from apps.webinars.models import LinkCheck, Person, PersonRequest, Webinar

    now = timezone.now()
    Invitation.objects.create(
        organisation=place.organisation,
        email="une.personne@exemple.fr",
        role="staff",
        token_hash="i" * 64,
        expires_at=now + timedelta(days=7),
    )
    LinkCheck.objects.create(
        webinar=Webinar.objects.earliest("pk"),
        url="https://exemple.fr/",
        state="works",
        checked_at=now,
    )
    PersonRequest.objects.create(
        person=Person.objects.earliest("pk"), kind="correction", asked_on=now.date(), reason="Son titre."
    )
    return {
        f"{model._meta.app_label}_{model._meta.model_name}": str(model._default_manager.earliest("pk").pk)
        for model in admin.site._registry
    }
