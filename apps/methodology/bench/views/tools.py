"""A tool with its items, and one item with its fields."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.finding import item_to_write, kind_at, sheet_around, tool_or_404
from apps.methodology.bench.pages import item_page, tool_page
from apps.methodology.bench.saving import clash_of, save_form, typed_since
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.models import Item
from apps.methodology.talk.addresses import shown_at
from apps.methodology.tools import TOOL_OF_KIND

SAVED = "C’est enregistré."


@require_safe
@seated("read")
def tool(request: SignedInRequest, place: Place, tool: str) -> HttpResponse:
    found = tool_or_404(tool)
    return render(request, "methodology/bench/tool.html", tool_page(Sheet.of(place, found), found))


@require_http_methods(["GET", "HEAD", "POST"])
@seated("read", login_required_keeping_draft)
def item(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    kind = kind_at(place, item)
    sheet = sheet_around(place, kind)
    row = sheet.row(item)
    if row is None:
        return removed(request, place, item)
    if request.method == "POST":
        return save(request, place, sheet, row)
    return render(request, "methodology/bench/item.html", item_page(sheet, row))


def save(request: SignedInRequest, place: Place, sheet: Sheet, row: Row) -> HttpResponse:
    if not place.may("write"):
        raise PermissionDenied
    # Read before anything is written: a body that cannot be read writes nothing.
    data = request.POST
    troubles = save_form(place=place, item=item_to_write(place, row.id), row=row, sheet=sheet, data=data)
    if not troubles:
        messages.success(request, SAVED)
        return redirect(page_of(place, row))
    fresh = Sheet(place, sheet.kinds)
    row = fresh.row(row.id) or row
    boxes = fresh.boxes(row)
    for one in troubles:
        clash = clash_of(row.kind.field(one.code), one.conflict, fresh) if one.conflict else None
        boxes[one.code] = fresh.box(row, one.code, typed=one.typed, error=one.error, clash=clash)
    status = 409 if any(one.conflict for one in troubles) else 422
    return render(request, "methodology/bench/item.html", item_page(fresh, row, boxes), status=status)


def page_of(place: Place, row: Row) -> str:
    """Where the fields of an item are shown: on the tool’s page for a single one, else on its own or its parent’s."""
    if row.kind.is_single:
        return reverse("method:tool", args=[place.engagement.pk, TOOL_OF_KIND[row.kind.code].code])
    if row.kind.shown_at and row.parent:
        return shown_at(row.kind.code, place.engagement.pk, row.parent, row.id)
    return reverse("method:item", args=[place.engagement.pk, row.parent or row.id])


def removed(request: SignedInRequest, place: Place, key: UUID) -> HttpResponse:
    """An item that somebody took away, or what it belonged to: said so, with the way back and what was typed meanwhile."""
    found = Item.objects.select_related("parent").filter(pk=key, engagement=place.engagement).first()
    gone = found.parent if found and not found.gone_at else found
    if found is None or gone is None or not gone.gone_at:
        raise Http404
    context = {"door": "agir", "place": place, "engagement": place.engagement, "item": gone}
    context |= {"tool": TOOL_OF_KIND[gone.kind], "typed": typed_since(found, request.POST)}
    return render(request, "methodology/bench/removed.html", context, status=410)
