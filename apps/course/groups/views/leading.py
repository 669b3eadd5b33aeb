"""Opening a group and leading it: what a manager of its organisation does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import MANAGERS
from apps.course.groups import exports, presenters, selectors, services
from apps.course.groups.forms import GroupForm
from apps.course.groups.views import DOOR
from apps.course.models import Group

A_PAGE = 50
ACTS = {
    "close": (services.close_group, "Le groupe est fermé. Vous ne voyez plus ce qui vient après."),
    "reopen": (services.reopen_group, "Le groupe est de nouveau ouvert."),
    "code": (services.renew_code, "Le code est changé : l’ancien, et son lien, ne mènent plus nulle part."),
}
FIRST_AN_ORGANISATION = (
    "Un groupe est mené par une association ou un réseau\u00a0: présentez d’abord le vôtre, puis revenez dans "
    "«\u202fSe former\u202f», «\u202fEn groupe\u202f»."
)


@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: SignedInRequest) -> HttpResponse:
    place = request.place
    if place is None:
        messages.info(request, FIRST_AN_ORGANISATION)
        return redirect("accounts:organisation_create")
    if place.role not in MANAGERS:
        raise PermissionDenied
    form = GroupForm(**asked(request))
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["key"]
        group = services.open_group(
            organisation=place.organisation, by=request.user, said=form.said(), key=key
        )
        forget_draft(request)
        messages.success(request, "Le groupe est ouvert. Il reste à donner son code ou son lien.")
        return redirect("course:group", group.pk)
    return show_form(request, form, organisation=place.organisation)


@never_cache
@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    group = selectors.led_or_404(request.user, pk)
    form = GroupForm(**asked(request), group=group)
    if form.is_bound and form.is_valid():
        services.change_group(group=group, said=form.said())
        forget_draft(request)
        messages.success(request, "C’est enregistré.")
        return redirect("course:group", pk)
    return show_form(request, form, group=group, organisation=group.organisation)


def asked(request: SignedInRequest) -> dict[str, Any]:
    """What was posted, or what waited for her to sign in again."""
    if request.method == "POST":
        return {"data": request.POST}
    draft = draft_of(request)
    return {"initial": draft.dict() if draft else None}


def show_form(request: SignedInRequest, form: GroupForm, **context: Any) -> HttpResponse:
    shown = {"door": DOOR, "form": form, "group": None, **context}
    return render(request, "course/groups/form.html", shown, status=422 if form.errors else 200)


def show_board(request: SignedInRequest, access: selectors.Access) -> HttpResponse:
    """The leaders' page of a group."""
    group, board = access.group, presenters.board(access.group)
    context = {
        "door": DOOR,
        "group": group,
        "board": board,
        "rows": Paginator(board.rows, A_PAGE).get_page(request.GET.get("page")),
        "member": access.member,
        "extensions": exports.WRITERS,
        "code_spelled": " ".join(group.code),
        "join_url": request.build_absolute_uri(reverse("course:join_code", args=[group.code])),
    }
    return render(request, "course/groups/lead.html", context)


@action_login_required("course:group", "pk")
@require_POST
def act(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close, reopen, change the code; anything else posted changes nothing."""
    group = selectors.led_or_404(request.user, pk)
    if known := ACTS.get(request.POST.get("act", "")):
        service, told = known
        service(group=group)
        messages.success(request, told)
    return redirect("course:group", pk)


@never_cache
@login_required
@require_safe
def file(request: SignedInRequest, pk: UUID, ext: str) -> HttpResponse:
    group = selectors.led_or_404(request.user, pk)
    if ext not in exports.WRITERS:
        raise Http404
    content, media_type = exports.export(presenters.board(group), ext)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, filename(group, ext))
    return response


def filename(group: Group, ext: str) -> str:
    return f"groupe-{slugify(group.name)[:60].strip('-') or 'sans-nom'}.{ext}"
