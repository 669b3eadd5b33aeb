"""The debates of the current organisation, and opening one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.course.debates import records, selectors, services
from apps.course.debates.errors import Refused
from apps.course.debates.forms import OpeningForm

DOOR = "se-former"


@login_required
@require_safe
def debates(request: SignedInRequest) -> HttpResponse:
    organisation = request.organisation
    rows = records.rows(list(selectors.debates_of(organisation))) if organisation else []
    context = {"door": DOOR, "organisation": organisation, "rows": rows}
    return render(request, "course/debates/debates.html", context)


@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def debate_open(request: SignedInRequest) -> HttpResponse:
    organisation = request.organisation
    if request.method != "POST" or organisation is None:
        return show_opening(request, OpeningForm(initial=first_values(request)))
    form = OpeningForm(request.POST)
    if form.is_valid():
        said = {**form.cleaned_data, "key": form.key_or_new}
        try:
            made = services.open_debate(organisation=organisation, by=request.user, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_draft(request)
            return redirect("course:debate", made.pk)
    return show_opening(request, form, status=422)


def first_values(request: SignedInRequest) -> dict[str, Any]:
    """Today, or what was typed before the session expired."""
    draft = draft_of(request)
    typed = {name: draft[name] for name in ("title", "held_on") if draft and name in draft}
    return {"held_on": timezone.localdate(), "key": uuid4(), **typed}


def show_opening(request: SignedInRequest, form: OpeningForm, status: int = 200) -> HttpResponse:
    context = {
        "door": DOOR,
        "form": form,
        "organisation": request.organisation,
        "module": selectors.public_module(),
    }
    return render(request, "course/debates/open.html", context, status=status)
