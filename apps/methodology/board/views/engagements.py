"""The list of a person's démarches, opening one, taking one up that nobody leads any more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.permissions import get_organisation_or_404
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.methodology.board import selectors
from apps.methodology.board.forms import OpeningForm
from apps.methodology.board.listing import listed
from apps.methodology.board.views import DOOR
from apps.methodology.errors import NotYours, Refused
from apps.methodology.models import Engagement
from apps.methodology.services import engagements as services

A_PAGE = 30
FIRST_AN_ORGANISATION = (
    "Une démarche se mène pour une association\u00a0: présentez d’abord la vôtre, puis revenez dans "
    "«\u202fAgir\u202f», «\u202fMes démarches\u202f»."
)


@never_cache
@login_required
@require_safe
def engagements(request: SignedInRequest) -> HttpResponse:
    page = Paginator(selectors.my_seats(request.user), A_PAGE).get_page(request.GET.get("page"))
    role = request.place.role if request.place else None
    context = {
        "door": DOOR,
        "page": page,
        "rows": [listed(seat) for seat in page],
        "may_open": role in MANAGERS,
        "organisation": request.organisation,
        "lost": selectors.without_lead(request.place.organisation)
        if request.place and role == Role.ADMIN
        else [],
    }
    return render(request, "methodology/board/engagements.html", context)


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: SignedInRequest) -> HttpResponse:
    if request.place is None:
        messages.info(request, FIRST_AN_ORGANISATION)
        return redirect("accounts:organisation_create")
    if not (organisations := selectors.openable(request.user)):
        raise PermissionDenied
    form = OpeningForm(organisations, **asked(request))
    if form.is_bound and form.is_valid():
        return opened(request, form)
    context = {"door": DOOR, "form": form, "only": organisations[0] if len(organisations) == 1 else None}
    return render(request, "methodology/board/open.html", context, status=422 if form.errors else 200)


def opened(request: SignedInRequest, form: OpeningForm) -> HttpResponse:
    said, chosen = form.cleaned_data, form.chosen()
    try:
        engagement = services.open_engagement(
            organisation=chosen, by=request.user, title=said["title"], key=said["key"]
        )
    except NotYours as refused:  # she lost her role since the list was read
        raise PermissionDenied from refused
    forget_draft(request)
    messages.success(request, "La démarche est ouverte. Il reste à inviter l’équipe et la gouvernance.")
    return redirect("method:engagement", engagement.pk)


def asked(request: SignedInRequest) -> dict[str, Any]:
    """What was posted, or what waited for her to sign in again."""
    if request.method == "POST":
        return {"data": request.POST}
    draft = draft_of(request)
    return {"initial": draft.dict() if draft else None}


@action_login_required("method:engagements")
@require_POST
def take_lead(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # By her own associations first: another's démarche costs what a missing one costs.
    engagement = Engagement.objects.filter(pk=pk, organisation__memberships__user=request.user).first()
    if engagement is None:
        raise Http404
    administered(request, engagement.organisation_id)
    try:
        services.take_lead(engagement=engagement, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("method:engagements")
    messages.success(request, "Vous menez maintenant cette démarche. Rien de ce qui était écrit n’a changé.")
    return redirect("method:engagement", pk)


def administered(request: SignedInRequest, organisation: UUID) -> Organisation:
    return get_organisation_or_404(request.user, organisation, Role.ADMIN)
