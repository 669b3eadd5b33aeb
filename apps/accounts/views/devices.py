from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import devices as rows
from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count


@login_required
@require_safe
def devices(request: SignedInRequest) -> HttpResponse:
    found = rows.devices_of(request.user, request.session.session_key)
    others = [one for one in found if not one.is_this_one]
    return render(request, "accounts/devices.html", {"devices": found, "has_others": bool(others)})


@action_login_required("devices:list")
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    rows.end(user=request.user, pk=pk)
    messages.success(request, "C’est fermé\u00a0: cet appareil devra se connecter à nouveau.")
    return redirect("devices:list")


@action_login_required("devices:list")
@require_POST
def end_others(request: SignedInRequest) -> HttpResponse:
    closed = rows.end_others(user=request.user, session_key=request.session.session_key)
    told = (
        count(closed, "appareil fermé", "appareils fermés")
        if closed
        else "Aucun autre appareil n’était connecté"
    )
    messages.success(request, f"{told}.")
    return redirect("devices:list")
