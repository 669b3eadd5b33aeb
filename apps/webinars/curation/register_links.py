"""Links of the public cases: what no longer answers, since when, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.requests import SignedInRequest
from apps.editorial.curation.access import curators
from apps.webinars.curation.register_files import act
from apps.webinars.enums import LinkState
from apps.webinars.models import LinkCheck
from apps.webinars.services import links as services

LONG = timedelta(days=7)
ASKED = "La vérification est demandée : rechargez cette page dans une minute."
SILENT = "La vérification n’a pas pu être demandée : rien n’est perdu, elle se fera cette nuit. Réessayez dans quelques minutes."
TO_DO = {
    LinkState.BROKEN: (
        "Ne répond plus",
        "Cherchez la nouvelle adresse et corrigez la fiche. S’il n’y en a plus, videz le lien et dites pourquoi.",
    ),
    LinkState.UNREACHABLE: (
        "Pas joignable",
        "Ouvrez le lien vous-même : s’il s’affiche, il n’y a rien à faire, ce site ne laisse pas passer notre "
        "vérification. S’il manque depuis plus d’une semaine, faites comme s’il était cassé.",
    ),
    LinkState.REFUSED: (
        "Adresse refusée",
        "Cette adresse mène vers un réseau privé, un port inhabituel ou hors du web : corrigez-la dans la fiche.",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    check: LinkCheck
    case_url: str
    edit_url: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    text: str
    rows: list[Row]


def group(state: LinkState, checks: list[LinkCheck], now: datetime) -> Group:
    title, text = TO_DO[state]
    rows = [
        Row(
            check,
            reverse("curation:case", args=[check.webinar.slug]),
            reverse("curation:case_edit", args=[check.webinar.slug]),
            bool(check.failing_since and now - check.failing_since > LONG),
        )
        for check in checks
        if check.state == state
    ]
    return Group(title, text, rows)


@curators
@require_safe
def links(request: SignedInRequest) -> HttpResponse:
    """3 queries."""
    checks = (
        LinkCheck.objects.exclude(state=LinkState.WORKS)
        .select_related("webinar")
        .order_by("failing_since", "url")
    )
    failing = list(checks.defer("webinar__draft", "webinar__sheet", "webinar__search"))
    groups = [group(state, failing, timezone.now()) for state in TO_DO]
    context = {
        "groups": [one for one in groups if one.rows],
        "working": LinkCheck.objects.filter(state=LinkState.WORKS).count(),
        "last": LinkCheck.objects.aggregate(last=Max("checked_at"))["last"],
    }
    return render(request, "curation/registers/links.html", context)


@act("curation:links")
@require_POST
def links_check(request: SignedInRequest) -> HttpResponse:
    if services.ask_for_a_round():
        messages.success(request, ASKED)
    else:
        messages.warning(request, SILENT)
    return redirect("curation:links")
