"""What every view refuses in the same clear way."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from apps.core.htmx import render_page
from apps.diagnostic.access import SignedOut
from apps.diagnostic.errors import CampaignClosed, NotOnTheScale

View = Callable[..., HttpResponse]


def clear_refusals(view: View) -> View:
    """For pages of a campaign: once it is closed, a page says so."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk, **kwargs)
        except CampaignClosed as error:
            return refused(request, str(error), reverse("diagnostic:campaign", args=[pk]), 409)

    return inner


def clear_copy_refusals(view: View) -> View:
    """For pages of a copy: closed campaign, expired session, forged value."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, pk, **kwargs)
        except CampaignClosed as error:
            return refused(request, str(error), reverse("diagnostic:copy", args=[pk]), 409)
        except NotOnTheScale as error:
            return refused(request, str(error), request.path, 400)
        except SignedOut as state:
            return signed_out(request, pk, kept=state.answer_kept, **kwargs)

    return inner


def refused(request: HttpRequest, sentence: str, back: str, status: int) -> HttpResponse:
    context = {"door": "agir", "sentence": sentence, "back": back, "is_closed": status == 409}
    return render_page(request, "diagnostic/refused.html", context, "status", status)


def signed_out(request: HttpRequest, pk: UUID, code: str = "", kept: bool = False) -> HttpResponse:
    """The same whether the copy exists or not: an answer sent gets a page, a visit is sent elsewhere."""
    if code and request.method == "POST":
        context = {"door": "agir", "after": request.path, "kept": kept}
        return render_page(request, "diagnostic/signed_out.html", context, "status", 403)
    after = request.path if code else reverse("diagnostic:copy", args=[pk])
    return redirect(f"{reverse('diagnostic:join')}?{urlencode({'suite': after})}")
