from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.drafts import action_login_required
from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.permissions import get_organisation_or_404
from apps.accounts.requests import SignedInRequest
from apps.core.microtypography import nbsp
from apps.core.typography import date_long
from apps.privacy import closure
from apps.privacy.forms import CloseForm
from apps.privacy.holdings import lines_of

ASKED = "La fermeture est prévue le {day}. Les personnes qui administrent ou conduisent l’association en sont prévenues."
CANCELLED = "La fermeture est annulée : rien n’a été effacé."
NOTHING = "Aucune fermeture n’était prévue."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    organisation = get_organisation_or_404(request.user, pk, Role.ADMIN)
    answer: HttpResponse = proven_close(request, organisation)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def proven_close(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    form = CloseForm(organisation.name, request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = closure.ask(organisation=organisation, by=request.user)
        messages.success(request, nbsp(ASKED.format(day=date_long(asked.due_at))))
        return redirect("accounts:home")
    context = {
        "organisation": organisation,
        "form": form,
        "asked": closure.request_of(organisation),
        "lines": lines_of(organisation),
        "days": closure.DELAY.days,
    }
    return render(request, "privacy/close.html", context, status=422 if form.errors else 200)


@action_login_required("accounts:home")
@require_POST
def close_cancel(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """No proof asked: it erases nothing."""
    organisation = get_organisation_or_404(request.user, pk, Role.ADMIN)
    was_asked = closure.cancel(organisation=organisation, by=request.user)
    messages.info(request, nbsp(CANCELLED if was_asked else NOTHING))
    return redirect("accounts:home")
