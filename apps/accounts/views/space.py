from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from apps.accounts import selectors
from apps.accounts.drafts import action_login_required
from apps.accounts.forms.members import AnswerForm
from apps.accounts.models import Membership, Organisation
from apps.accounts.permissions import get_organisation_or_404
from apps.accounts.presenters import organisation_facts
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.accounts.services.organisations import choose_organisation
from apps.accounts.views.answers import answer_invitation


@login_required
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    organisation = request.organisation
    memberships = list(selectors.memberships_in_space(request.user))
    current = next((m for m in memberships if organisation and m.organisation_id == organisation.pk), None)
    context = {
        "organisation": organisation,
        "facts": organisation_facts(organisation, fragilities_of(current)) if organisation else [],
        "membership": current,
        "may_edit": current is not None and current.role in MANAGERS,
        "others": [m for m in memberships if m is not current],
        "invitations": list(selectors.invitations_for(request.user)),
        "sections": list(sections(request, organisation)),
    }
    return render(request, "accounts/home.html", context)


def fragilities_of(membership: Membership | None) -> list[str]:
    return membership.fragility_names if membership else []  # type: ignore[attr-defined]


def sections(request: SignedInRequest, organisation: Organisation | None) -> Iterator[SafeString]:
    """What the apps above have to say on this page (``settings.SPACE_SECTIONS``)."""
    for path in settings.SPACE_SECTIONS:
        section = import_string(path)(request, organisation)
        if section:
            context = section["context"]
            yield render_to_string(section["template"], {**context, "section": context}, request)


@action_login_required("accounts:home")
@require_POST
def organisation_switch(request: SignedInRequest, pk: UUID) -> HttpResponse:
    organisation = get_organisation_or_404(request.user, pk)
    choose_organisation(user=request.user, organisation=organisation)
    messages.success(request, f"Vous travaillez maintenant pour {organisation.name}.")
    return redirect("accounts:home")


@action_login_required("accounts:home")
@require_POST
def invitation_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """An invitation answered from the space, without its link: the verified address is the proof."""
    invitation = get_object_or_404(selectors.invitations_for(request.user), pk=pk)
    return answer_invitation(request, request.user, invitation, AnswerForm(request.POST))
