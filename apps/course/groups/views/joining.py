"""Joining a group, and one's place in it. A GET tells what would be seen of whoever joins; only a POST joins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.codes import Gate
from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.course.errors import Refused
from apps.course.groups import presenters, selectors, services
from apps.course.groups.forms import CodeForm, NameForm
from apps.course.groups.views import DOOR
from apps.course.groups.views.leading import show_board
from apps.course.models import Group
from apps.course.reading import learner_now

GATE = Gate(
    "course-group-join",
    "Aucun groupe n’a ce code. Vérifiez les six lettres avec la personne qui vous invite : "
    "il n’y a ni voyelle, ni chiffre, et le code a pu changer.",
)
# The switch of her name is on several pages.
BACK = {"groups": "course:groups", "path": "course:path"}


@never_cache
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """What a group is; and, signed in, those one leads and those one is in."""
    mine = presenters.mine(request.user) if isinstance(request.user, User) else None
    context = {"door": DOOR, "mine": mine, "form": CodeForm()}
    return render(request, "course/groups/groups.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return ask_code(request, form, 422 if form.is_bound else 200)
    group, refusal, status = GATE.find(request, form.cleaned_data["code"], selectors.by_code)
    if group is not None:
        return redirect("course:join_code", group.code)
    form.add_error("code", refusal)
    return ask_code(request, form, status)


def ask_code(request: HttpRequest, form: CodeForm, status: int) -> HttpResponse:
    return render(request, "course/groups/join.html", {"door": DOOR, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """What one would join, who would see what; whoever is in already finds her place again."""
    group, refusal, status = GATE.find(request, code, selectors.by_code)
    if group is None:
        asked = CodeForm({"code": code[:40]})
        asked.add_error("code", refusal)
        return ask_code(request, asked, status)
    if selectors.joined_by(request.user).filter(group=group).exists():
        return redirect("course:group", group.pk)
    if not group.is_open:
        return render(request, "course/groups/closed.html", {"door": DOOR, "group": group}, status=410)
    if request.method == "POST":
        return login_required_keeping_draft(join_now)(request, group=group)
    draft = draft_of(request)
    form = NameForm(initial=draft.dict() if draft else None, seen_by=presenters.seen_by(group))
    return show_join(request, group, form)


def join_now(request: SignedInRequest, group: Group) -> HttpResponse:
    form = NameForm(request.POST, seen_by=presenters.seen_by(group))
    form.is_valid()  # one box: checked or not
    learner = learner_now(request)
    assert learner is not None
    try:
        services.join_group(group=group, learner=learner, shows_name=form.cleaned_data["shows_name"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_join(request, group, form, status=409)
    forget_draft(request)
    messages.success(request, "Vous êtes dans le groupe. Votre parcours vous attend.")
    return redirect("course:group", group.pk)


def show_join(request: HttpRequest, group: Group, form: NameForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "door": DOOR,
        "group": group,
        "form": form,
        "leaders": selectors.leaders(group.organisation),
    }
    return render(request, "course/groups/join_code.html", context, status=status)


@never_cache
@login_required
@require_safe
def group(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Leaders see who is where; members, the group and their own place."""
    access = selectors.access_or_404(request.user, pk)
    if access.leads:
        return show_board(request, access)
    context = {
        "door": DOOR,
        "group": access.group,
        "member": access.member,
        "leaders": selectors.leaders(access.group.organisation),
    }
    return render(request, "course/groups/member.html", context)


@action_login_required("course:group", "pk")
@require_POST
def consent(request: SignedInRequest, pk: UUID) -> HttpResponse:
    member = selectors.place_or_404(request.user, pk)
    shows = bool(request.POST.get("shows_name"))
    services.show_name(member=member, shows=shows)
    where = f"dans «\u202f{member.group.name}\u202f»"
    messages.success(
        request, f"Votre nom est visible {where}." if shows else f"Votre nom n’est plus visible {where}."
    )
    return redirect(back(request, member.group_id))


@action_login_required("course:groups")
@require_POST
def leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    member = selectors.place_or_404(request.user, pk)
    services.leave_group(member=member)
    messages.success(
        request, f"Vous avez quitté «\u202f{member.group.name}\u202f». Votre progression reste à vous."
    )
    return redirect("course:groups")


def back(request: HttpRequest, pk: UUID) -> str:
    """Where the switch was."""
    name = BACK.get(request.POST.get("from", ""))
    return reverse(name) if name else reverse("course:group", args=[pk])
