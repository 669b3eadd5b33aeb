"""Writes: one field (for scripts, in JSON), an item added, removed, moved or brought back (forms)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.drafts import login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.finding import item_to_write
from apps.methodology.bench.pages import item_page, new_box, tool_page
from apps.methodology.bench.saving import clash_of, is_version
from apps.methodology.bench.sheet import Sheet
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Item
from apps.methodology.services import items
from apps.methodology.services.fields import ValueFault, Write, save_field
from apps.methodology.tools import KINDS, TOOL_OF_KIND
from apps.methodology.tools.specs import Kind

SIGNED_OUT = "Votre session s’est terminée. Votre texte est gardé dans ce navigateur."


def json_gate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A script is told in JSON that the session is over."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"message": SIGNED_OUT}, status=401)
        return view(request, *args, **kwargs)

    return wrapper


def key_in(text: str | None) -> UUID:
    """The form’s key, or a new one."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()


def item_key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None


@require_POST
@seated("write", json_gate)
def field(request: SignedInRequest, place: Place) -> HttpResponse:
    """``item``, ``code``, ``value`` (several for a list), ``base``, ``key`` → {version, number}."""
    data = request.POST
    item = item_to_write(place, item_key(data.get("item")))
    code, base = data.get("code", ""), data.get("base", "")
    if code not in KINDS[item.kind].by_code or not is_version(base):
        return JsonResponse({"message": "Ce champ n’existe pas\u00a0: rechargez la page."}, status=404)
    write = Write(code, data.getlist("value"), int(base), key_in(data.get("key")))
    try:
        saved = save_field(seat=place.seat, item=item, write=write)
    except Conflict as conflict:
        return clash(request, place, item, code, conflict)
    except (ValueFault, Refused) as fault:
        return JsonResponse({"message": str(fault)}, status=422)
    return JsonResponse({"version": saved.version, "number": saved.number})


def clash(request: SignedInRequest, place: Place, item: Item, code: str, conflict: Conflict) -> HttpResponse:
    sheet = Sheet(place, [KINDS[item.kind]])
    spec = KINDS[item.kind].field(code)
    context = {"clash": clash_of(spec, conflict, sheet), "spec": spec, "scripted": True}
    html = render_to_string("methodology/bench/clash.html", context, request)
    return JsonResponse({"message": str(conflict), "html": html, "version": conflict.version}, status=409)


@require_POST
@seated("write", login_required_keeping_draft)
def add(request: SignedInRequest, place: Place, kind: str) -> HttpResponse:
    """A new item by its first field; what was refused comes back in the form."""
    if kind not in KINDS or KINDS[kind].is_single:
        raise Http404
    spec = KINDS[kind]
    parent = item_to_write(place, item_key(request.POST["parent"])) if request.POST.get("parent") else None
    code = spec.title or spec.fields[0].code
    typed = request.POST.getlist(f"v-{code}")
    if not spec.blank and not any(text.strip() for text in typed):
        return refused(request, place, spec, typed, nothing_typed(spec), parent)
    try:
        made = items.add_item(
            seat=place.seat,
            kind=kind,
            key=key_in(request.POST.get("key")),
            fields={code: typed},
            parent=parent,
        )
    except (ValueFault, Refused) as fault:
        return refused(request, place, spec, typed, str(fault), parent)
    if request.POST.get("then") == "open":
        return redirect("method:item", place.engagement.pk, made.pk)
    back = parent.pk if parent else None
    url = (
        reverse("method:item", args=[place.engagement.pk, back])
        if back
        else reverse("method:tool", args=[place.engagement.pk, TOOL_OF_KIND[kind].code])
    )
    return redirect(f"{url}#ajouter-{kind}")


def nothing_typed(kind: Kind) -> str:
    """An item without its first word would be a line that nobody recognises."""
    one = f"{'une' if kind.is_feminine else 'un'} {kind.singular}"
    return f"Ce champ est vide\u00a0: remplissez-le pour ajouter {one}."


def refused(
    request: SignedInRequest, place: Place, kind: Kind, typed: list[str], why: str, parent: Item | None
) -> HttpResponse:
    """The page that holds the form: that of the tool, or of the item to which the new one would belong."""
    tool = TOOL_OF_KIND[kind.code]
    sheet = Sheet.of(place, tool)
    row = sheet.row(parent.pk) if parent else None
    if parent and row is None:
        return gone(request, place, kind, parent, typed)
    context = item_page(sheet, row) if row else tool_page(sheet, tool)
    context["refused"] = {"kind": kind.code, "box": new_box(sheet, kind, typed, why), "why": why}
    template = "item" if row else "tool"
    return render(request, f"methodology/bench/{template}.html", context, status=422)


def gone(request: SignedInRequest, place: Place, kind: Kind, parent: Item, typed: list[str]) -> HttpResponse:
    """What the new item would belong to was taken away meanwhile: what was typed is shown, to copy."""
    if not parent.gone_at:
        raise Http404
    label = kind.field(kind.title or kind.fields[0].code).label
    context = {"door": "agir", "place": place, "engagement": place.engagement, "item": parent}
    context |= {"tool": TOOL_OF_KIND[kind.code], "typed": [(label, text) for text in typed if text.strip()]}
    return render(request, "methodology/bench/removed.html", context, status=410)


@require_POST
@seated("write", login_required_keeping_draft)
def act(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    """``act``: remove, back, up or down. Twice the same form does it once."""
    found = item_to_write(place, item)
    key = key_in(request.POST.get("key"))
    what = request.POST.get("act")
    try:
        if what == "remove":
            items.remove_item(seat=place.seat, item=found, key=key)
            messages.success(request, "C’est retiré. L’historique permet de le faire revenir.")
        elif what == "back":
            items.bring_back_item(seat=place.seat, item=found, key=key)
        elif what in ("up", "down"):
            items.move_item(seat=place.seat, item=found, up=what == "up", key=key)
    except Refused as fault:
        messages.error(request, str(fault))
    return redirect(after(place, found, what or ""))


def after(place: Place, item: Item, what: str) -> str:
    pk = place.engagement.pk
    if what == "back":
        return reverse("method:item", args=[pk, item.pk])
    if item.parent_id and KINDS[item.kind].shown_at:
        return f"{reverse(KINDS[item.kind].shown_at, args=[pk, item.parent_id])}#hypotheses"
    if item.parent_id:
        return reverse("method:item", args=[pk, item.parent_id])
    return f"{reverse('method:tool', args=[pk, TOOL_OF_KIND[item.kind].code])}#e-{item.pk}"
