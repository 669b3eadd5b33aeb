from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts import directory
from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.enums import Role
from apps.accounts.forms.organisation import OrganisationForm, initial_from, initial_of
from apps.accounts.permissions import get_membership_or_404
from apps.accounts.presenters import DirectoryView, directory_view
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.accounts.services.organisations import AlreadyHereError, create_organisation, update_organisation
from apps.core.htmx import render_page
from apps.core.typography import de


@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return show_creation(request)
    form = OrganisationForm(request.POST)
    if form.is_valid():
        try:
            organisation = create_organisation(
                sheet=form.sheet(), by=request.user, key=form.creation_key_or_new
            )
        except AlreadyHereError:
            form.refuse_as_already_here()
        else:
            forget_draft(request)
            messages.success(request, f"L’espace {de(organisation.name)} est ouvert. Vous l’administrez.")
            return redirect("accounts:home")
    return render_form(request, form, status=422)


@login_required
@require_GET
def organisation_lookup(request: SignedInRequest) -> HttpResponse:
    """A search in the directory: the results alone for htmx, the whole creation page otherwise."""
    query = " ".join(request.GET.get("q", "").split())[:120]
    if len(query) < directory.SHORTEST:
        found = directory_view(query, None, too_short=True)
    else:
        found = directory_view(query, directory.search(query))
    return show_creation(request, found)


@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    membership = get_membership_or_404(request.user, pk, *MANAGERS)
    organisation, may_close = membership.organisation, membership.role == Role.ADMIN
    if request.method != "POST":
        draft = draft_of(request)
        first = initial_from(draft) if draft else initial_of(organisation)
        return render_form(
            request, OrganisationForm(initial=first, organisation=organisation), may_close=may_close
        )
    form = OrganisationForm(request.POST, organisation=organisation)
    if form.is_valid():
        try:
            update_organisation(organisation=organisation, sheet=form.sheet())
        except AlreadyHereError:
            form.refuse_as_already_here()
        else:
            forget_draft(request)
            messages.success(request, "La fiche est enregistrée.")
            return redirect("accounts:home")
    return render_form(request, form, status=422, may_close=may_close)


def show_creation(request: SignedInRequest, found: DirectoryView | None = None) -> HttpResponse:
    draft = None if request.GET.get("name") else draft_of(request)
    form = OrganisationForm(initial=initial_from(draft or request.GET))
    return render_form(request, form, found=found, filled=bool(request.GET.get("name")))


def render_form(
    request: SignedInRequest, form: OrganisationForm, *, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {
        "form": form,
        "organisation": form.organisation,
        "found": extra.get("found") or directory_view("", None),
        "filled": extra.get("filled", False),
        "may_close": extra.get("may_close", False),
    }
    return render_page(
        request, "accounts/organisation_form.html", context, "results" if extra.get("found") else "", status
    )
