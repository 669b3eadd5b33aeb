from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import act_from, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.enums import PlatformRole
from apps.accounts.permissions import platform_role_required
from apps.accounts.requests import SignedInRequest
from apps.support import services, sessions
from apps.support.enums import End
from apps.support.forms import GrantForm
from apps.support.presenters import desk_page, grant_page

GIVEN = "Votre accord est donné. Vous pouvez le retirer quand vous voulez."
WITHDRAWN = "Votre accord est retiré\u00a0: plus personne ne regarde avec vos yeux."
NOTHING = "Aucun accord n’était en cours."
OVER = "La visite est finie\u00a0: vous êtes de nouveau vous-même."


@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: SignedInRequest) -> HttpResponse:
    draft = draft_of(request)
    form = GrantForm(request.POST or None, initial=draft.dict() if draft else None)
    if form.is_valid():
        try:
            services.give(user=request.user, **form.cleaned_data)
        except services.SupportRefusedError as error:
            form.add_error(None, str(error))
        else:
            forget_draft(request)
            messages.success(request, GIVEN)
            return redirect("support:grant")
    context = {"form": form, **grant_page(request.user)}
    return render(request, "support/grant.html", context, status=422 if form.errors else 200)


@act_from("support:grant")
@require_POST
def withdraw(request: SignedInRequest) -> HttpResponse:
    messages.info(request, WITHDRAWN if services.withdraw(user=request.user) else NOTHING)
    return redirect("support:grant")


@platform_role_required(PlatformRole.OPERATOR)
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    return render(request, "support/desk.html", desk_page(request.user))


@act_from("support:desk")
@platform_role_required(PlatformRole.OPERATOR)
@require_POST
def start(request: SignedInRequest, pk: UUID) -> HttpResponse:
    try:
        with transaction.atomic():
            visit = services.begin(operator=request.user, pk=pk)
            sessions.lend(request, visit)
    except services.SupportRefusedError as error:
        messages.warning(request, str(error))
        return redirect("support:desk")
    return _fresh(redirect("accounts:home"))


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Pressed twice, or after the end: nothing is left to end."""
    if sessions.is_support(request):
        sessions.give_back(request, End.DONE)
        messages.info(request, OVER)
        return _fresh(redirect("support:desk"))
    return redirect("accounts:home")


def _fresh(response: HttpResponse) -> HttpResponse:
    """Pages kept by the browser are another person’s."""
    response["Clear-Site-Data"] = '"cache"'
    return response
