"""The log of decisions: read, printed, added to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.bench.finding import item_to_write, kind_at
from apps.methodology.errors import Refused
from apps.methodology.models import Decision, Item
from apps.methodology.services import decisions as services
from apps.methodology.services.fields import CLOSED
from apps.methodology.talk import log, selectors
from apps.methodology.talk.forms import DecisionForm
from apps.methodology.talk.views.comments import DOOR, keys
from apps.methodology.talk.views.history import number
from apps.methodology.tools import TOOL_OF_KIND


@never_cache
@seated("read")
@require_safe
def decisions(request: SignedInRequest, place: Place) -> HttpResponse:
    """``etape``: only those of this step."""
    titles = selectors.step_titles(place.engagement)
    step = number(request.GET.get("etape", ""))
    step = step if step in titles else 0
    rows = log.rows(list(selectors.decisions_of(place.engagement.pk, step)), titles)
    context = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "rows": rows,
        "steps": titles.items(),
        "step": step,
    }
    return render(request, "methodology/talk/decisions.html", context)


@never_cache
@seated("write", login_required_keeping_draft)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: SignedInRequest, place: Place) -> HttpResponse:
    """``element``: the item it is about; ``etape``, ``remplace``: first values of the form."""
    if not place.engagement.is_open and request.method != "POST":
        messages.error(request, CLOSED)
        return redirect("method:decisions", place.engagement.pk)
    about = about_item(place, request.GET.get("element", ""))
    standing = [row for row in selectors.decisions_of(place.engagement.pk) if row.later is None]  # type: ignore[attr-defined]
    titles = selectors.step_titles(place.engagement)
    if request.method != "POST":
        return show_form(
            request, place, DecisionForm(titles, standing, initial=first(request, place, about)), about
        )
    form = DecisionForm(titles, standing, request.POST)
    if form.is_valid():
        try:
            made = services.write(
                seat=place.seat,
                said=form.said(item_to_write(place, about) if about else None),
                key=form.cleaned_data["key"] or form.initial["key"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return written(request, place, made)
    elif known := twice(place, form):
        return written(request, place, known)
    return show_form(request, place, form, about, status=422)


def twice(place: Place, form: DecisionForm) -> Decision | None:
    """A second click offers to replace a decision that the first click has replaced."""
    key = form.cleaned_data.get("key")
    return Decision.objects.filter(engagement=place.engagement, key=key).first() if key else None


def written(request: SignedInRequest, place: Place, made: Decision) -> HttpResponse:
    forget_draft(request)
    messages.success(request, "La décision est notée.")
    return redirect(reverse("method:decisions", args=[place.engagement.pk]) + f"#d-{made.pk}")


def about_item(place: Place, text: str) -> UUID | None:
    found = next(iter(keys([text])), None)
    if found is not None:
        try:
            kind_at(place, found)
        except Http404:
            return None
    return found


def first(request: SignedInRequest, place: Place, about: UUID | None) -> dict[str, Any]:
    if draft := draft_of(request):
        return {name: value for name, value in draft.dict().items() if value}
    values = {
        "step": number(request.GET.get("etape", "")) or 1,
        "replaces": number(request.GET.get("remplace", "")),
    }
    if about:
        values["step"] = TOOL_OF_KIND[kind_at(place, about)].step
    return values


def show_form(
    request: SignedInRequest, place: Place, form: DecisionForm, about: UUID | None, status: int = 200
) -> HttpResponse:
    item = Item.objects.filter(pk=about).first() if about else None
    context = {
        "door": DOOR,
        "place": place,
        "engagement": place.engagement,
        "form": form,
        "about": selectors.item_names([item])[item.pk] if item else "",
    }
    return render(request, "methodology/talk/decision_form.html", context, status=status)
