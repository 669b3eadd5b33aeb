"""A hypothesis added, a tried value kept, balances taken up from the accounts."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.drafts import login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count, nbsp
from apps.methodology.access import Place, seated
from apps.methodology.bench.saving import clash_of, version_in
from apps.methodology.bench.sheet import Row, Sheet
from apps.methodology.bench.views.tools import removed
from apps.methodology.bench.views.writes import item_key, key_in
from apps.methodology.errors import Conflict, Refused
from apps.methodology.models import Item
from apps.methodology.services.fields import ValueFault, Write, save_field
from apps.methodology.services.items import add_item
from apps.methodology.simulation import page as pages
from apps.methodology.simulation import reading, taking
from apps.methodology.simulation.asked import families
from apps.methodology.simulation.figures import sheet_of
from apps.methodology.simulation.views.pages import TEMPLATE, scenario_in
from apps.methodology.tools.simulation import HYPOTHESIS
from apps.simulator.sorts import SORTS

MOST = 6000  # characters: forty hypotheses
NO_SORT = "Choisissez d’abord de quoi il s’agit."


@require_POST
@seated("write", login_required_keeping_draft)
def add(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    """``sort``, and ``title`` or the name of the sort; then its page with the new one open."""
    sheet = sheet_of(place)
    row = scenario_in(sheet, item)
    if row is None:
        return removed(request, place, item)
    sort, title = request.POST.get("sort", ""), request.POST.get("title", "").strip()
    if sort not in SORTS:
        return refused(request, sheet, row, title, "", NO_SORT)
    fields = {"sort": sort, "title": title or SORTS[sort].label}
    parent = Item.objects.get(pk=row.id)
    try:
        key = key_in(request.POST.get("key"))
        made = add_item(seat=place.seat, kind=HYPOTHESIS.code, key=key, fields=fields, parent=parent)
    except (Refused, ValueFault) as fault:
        return refused(request, sheet, row, title, sort, str(fault))
    return redirect(f"{page_of(place, item)}?ouvrir={made.pk}#e-{made.pk}")


def refused(
    request: SignedInRequest, sheet: Sheet, row: Row, title: str, sort: str, why: str
) -> HttpResponse:
    adding = pages.Adding(families(), key_in(None), title, sort, why)
    return render(request, TEMPLATE, pages.page(sheet, row, {}, adding), status=422)


@require_POST
@seated("write", login_required_keeping_draft)
def keep(request: SignedInRequest, place: Place, item: UUID) -> HttpResponse:
    """``hypothesis``, ``value``, ``base`` (version of « mid »), ``key``; ``rest``: the other values that are tried."""
    data = request.POST
    sheet = sheet_of(place)
    row = scenario_in(sheet, item)
    wanted = item_key(data.get("hypothesis"))
    one = (
        next((said for said in sheet.children(row, HYPOTHESIS.code) if said.id == wanted), None)
        if row
        else None
    )
    if row is None or one is None:
        return removed(request, place, item if row is None else wanted)
    write = Write("mid", data.get("value", ""), version_in(data.get("base")), key_in(data.get("key")))
    try:
        save_field(seat=place.seat, item=Item.objects.get(pk=one.id), write=write)
    except Conflict as conflict:
        clash = clash_of(HYPOTHESIS.field("mid"), conflict, sheet)
        fresh = sheet_of(place)
        context = pages.page(fresh, scenario_in(fresh, item) or row, {}, clash=clash)
        return render(request, TEMPLATE, context, status=409)
    except (Refused, ValueFault) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, nbsp(f"« {one.title} » : la valeur la plus probable est changée."))
    return redirect(f"{page_of(place, item)}{others(data.get('rest', ''), str(one.id))}#essayer")


def others(query: str, kept: str) -> str:
    """What else was being tried stays so."""
    tried = [
        (name, value)
        for name, value in parse_qsl(query[:MOST])
        if name.startswith("v-") and name != f"v-{kept}" and reading.number(value) is not None
    ]
    return f"?{urlencode(tried)}" if tried else ""


@require_POST
@seated("write", login_required_keeping_draft)
def take_up(request: SignedInRequest, place: Place) -> HttpResponse:
    """Balances of the accounts, into empty settings only."""
    sheet = sheet_of(place)
    begin = reading.start(sheet)
    offer = taking.offer(sheet, begin) if begin else None
    try:
        made = taking.take_up(seat=place.seat, amounts=offer.amounts if offer else {})
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        said = f"{count(made, 'montant repris', 'montants repris')} des comptes. Relisez-les\u00a0: ils se changent ici sans changer les comptes."
        messages.success(
            request,
            said if made else "Rien à reprendre\u00a0: aucun réglage vide n’a de montant dans les comptes.",
        )
    return redirect("method:simulations", place.engagement.pk)


def page_of(place: Place, item: UUID) -> str:
    return reverse("method:simulation", args=[place.engagement.pk, item])
