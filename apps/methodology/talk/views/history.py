"""Every change of a démarche, newest first, and the way back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.enums import Act
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Change
from apps.methodology.services.history import Back, put_back
from apps.methodology.talk import history as told
from apps.methodology.talk.selectors import item_names
from apps.methodology.talk.views.comments import DOOR, keys
from apps.methodology.tools import TOOLS

BACK_TO_HISTORY = action_login_required("method:history", "pk")


@never_cache
@seated("read")
@require_safe
def history(request: SignedInRequest, place: Place) -> HttpResponse:
    """``outil``, ``element``: only these; ``avant``: what came before this number."""
    pk, asked = place.engagement.pk, request.GET
    tool = asked.get("outil", "") if asked.get("outil") in TOOLS else ""
    item = next(iter(keys([asked.get("element", "")])), None)
    found = told.changes_of(pk, before=number(asked.get("avant", "")), tool=tool, item=item)
    rows = list(found[: told.A_PAGE + 1])
    entries = told.entries(place, rows[: told.A_PAGE])
    context: dict[str, Any] = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "entries": entries,
        "tools": [(one.code, one.title) for one in TOOLS.values()],
        "tool": tool,
        "item": item,
        "about": entries[0].name if item and entries else "",
        "is_first": not asked.get("avant"),
        "filters": filters(tool, item),
        "older": more(tool, item, rows),
    }
    return render(request, "methodology/talk/history.html", context)


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def filters(tool: str, item: UUID | None) -> str:
    return urlencode({name: value for name, value in (("outil", tool), ("element", item)) if value})


def more(tool: str, item: UUID | None, rows: list[Change]) -> str:
    """The query of the next page; "" on the last one."""
    if len(rows) <= told.A_PAGE:
        return ""
    after = urlencode({"avant": rows[told.A_PAGE - 1].number})
    return f"{filters(tool, item)}&{after}".lstrip("&")


@seated("write", BACK_TO_HISTORY)
@require_POST
def history_back(request: SignedInRequest, place: Place, number: int) -> HttpResponse:
    """The field says again what it said before this change, or the item that it removed comes back."""
    rows = Change.objects.select_related("item")
    change = get_object_or_404(rows, engagement=place.engagement, number=number)
    try:
        put_back(seat=place.seat, change=change, back=asked_back(request))
    except Conflict as conflict:
        return show_conflict(request, place, change, conflict)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        is_back = change.act == Act.REMOVED
        messages.success(
            request, "L’élément est revenu." if is_back else "C’est remis, comme un nouveau changement."
        )
    return redirect(reverse("method:history", args=[place.engagement.pk]) + suffix(request))


def asked_back(request: SignedInRequest) -> Back:
    base, key = number(request.POST.get("base", "")), next(iter(keys([request.POST.get("key", "")])), uuid4())
    return Back(base, key)


def suffix(request: SignedInRequest) -> str:
    """The same filters as the page of the button."""
    tool = request.POST.get("outil", "")
    item = next(iter(keys([request.POST.get("element", "")])), None)
    query = filters(tool if tool in TOOLS else "", item)
    return f"?{query}" if query else ""


def show_conflict(request: SignedInRequest, place: Place, change: Change, conflict: Conflict) -> HttpResponse:
    """Somebody wrote there since the page was shown: both are told, nothing was written."""
    book = told.Book(place, [change])
    spec = told.spec_of(change)
    context = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "change": change,
        "name": item_names([change.item])[change.item_id],
        "field": spec.label if spec else "",
        "by": conflict.by,
        "now": book.texts(spec, conflict.theirs),
        "before": book.texts(spec, change.before),
        "version": conflict.version,
        "key": uuid4(),
    }
    return render(request, "methodology/talk/history_conflict.html", context, status=409)
