"""One step at work; where it stands and what governance said of it are each a form with its own address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.drafts import forget_draft, login_required_keeping_draft
from apps.accounts.requests import SignedInRequest
from apps.methodology.access import Place, seated
from apps.methodology.board import pages, path, selectors
from apps.methodology.board.forms import StageForm, ValidationForm
from apps.methodology.board.views import DOOR
from apps.methodology.board.views.engagements import asked
from apps.methodology.enums import SeatRole
from apps.methodology.errors import Refused
from apps.methodology.models import StepState
from apps.methodology.services import stages, validations


@dataclass(frozen=True, slots=True)
class Question:
    """A form about a step: how it is made, what writes it, what is said then."""

    template: str
    told: str
    form: Callable[..., Any]
    write: Callable[[Place, int, Any], object]


def stage_form(place: Place, state: StepState, **given: Any) -> StageForm:
    return StageForm(state.stage, why=state.why_skipped, **given)


def write_stage(place: Place, step: int, form: StageForm) -> object:
    return stages.change_stage(seat=place.seat, step=step, move=form.move())


def validation_form(place: Place, state: StepState, **given: Any) -> ValidationForm:
    return ValidationForm(state.stage, recording=place.seat.role == SeatRole.LEAD, **given)


def write_validation(place: Place, step: int, form: ValidationForm) -> object:
    return validations.validate(seat=place.seat, step=step, word=form.word(), key=form.cleaned_data["key"])


STAGE = Question("methodology/board/stage.html", "L’état de l’étape est enregistré.", stage_form, write_stage)
VALIDATION = Question(
    "methodology/board/validate.html",
    "La décision est enregistrée, avec sa date. L’état de l’étape a suivi.",
    validation_form,
    write_validation,
)


@never_cache
@require_safe
@seated("follow")
def engagement_step(request: SignedInRequest, place: Place, step: int) -> HttpResponse:
    context = pages.step_page(request.user, place, checked(step))
    state, says = context["state"], place.engagement.is_open and pages.decides(place)
    context["stage_form"] = stage_form(place, state) if place.writes else None
    context["validation_form"] = validation_form(place, state) if says else None
    return render(request, "methodology/board/step.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("write", login_required_keeping_draft)
def stage(request: SignedInRequest, place: Place, step: int) -> HttpResponse:
    return answer(request, place, checked(step), STAGE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated("talk", login_required_keeping_draft)
def validate(request: SignedInRequest, place: Place, step: int) -> HttpResponse:
    if not pages.decides(place):
        raise PermissionDenied
    return answer(request, place, checked(step), VALIDATION)


def checked(step: int) -> int:
    if step not in path.STEPS:
        raise Http404
    return step


def answer(request: SignedInRequest, place: Place, step: int, question: Question) -> HttpResponse:
    """Written, then back to the step; or the form on its own page, with what was typed and what to mend."""
    state = selectors.state(place.engagement, step)
    form = question.form(place, state, **asked(request))
    if form.is_bound and form.is_valid():
        try:
            question.write(place, step, form)
        except Refused as refused:
            state = selectors.state(place.engagement, step)
            form = question.form(place, state, data=with_shown(request, state))
            form.add_error(None, str(refused))
        else:
            return written(request, place, step, question)
    return show(request, place, question, state, form)


def with_shown(request: SignedInRequest, state: StepState) -> Any:
    """What was posted, now against the stage that she is about to read."""
    data = request.POST.copy()
    data["shown"] = state.stage
    return data


def written(request: SignedInRequest, place: Place, step: int, question: Question) -> HttpResponse:
    forget_draft(request)
    messages.success(request, question.told)
    return redirect("method:engagement_step", place.engagement.pk, step)


def show(
    request: SignedInRequest, place: Place, question: Question, state: StepState, form: forms.Form
) -> HttpResponse:
    title = pages.title_of(place.engagement, state.step)
    context = {
        "door": DOOR,
        "engagement": place.engagement,
        "form": form,
        "step": path.step_row(place.engagement, state.step, title, state, None),
        "recording": place.seat.role == SeatRole.LEAD,
    }
    return render(request, question.template, context, status=422 if form.errors else 200)
