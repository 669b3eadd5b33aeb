"""The exercise of a step: the association writes for itself, its members share it, nobody's text is overwritten unseen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.models import User
from apps.course import guest
from apps.course.errors import ChangedMeanwhile
from apps.course.models import ExerciseAnswer, Page
from apps.course.reading import learner_now
from apps.course.screens.forms import ExerciseForm
from apps.course.screens.place import Place, public_page
from apps.course.services import learning
from apps.course.services.exercises import save_exercise
from apps.course.sheet import Step


def exercise(request: HttpRequest, slug: str, place: Place) -> HttpResponse:
    page, said = public_page(slug)
    if request.method == "POST":
        keep: HttpResponse = login_required_keeping_draft(save)(request, page, said, place)
        return keep
    kept = known(request, page)
    typed = draft_of(request)
    form = ExerciseForm(said.exercise, typed, initial=start(kept))
    return show(request, place, said, form, kept=kept)


def start(kept: ExerciseAnswer | None) -> dict[str, Any]:
    return {**kept.values, "version": kept.version} if kept else {"version": 0}


def known(request: HttpRequest, page: Page) -> ExerciseAnswer | None:
    """What the association of the person who reads wrote here. 1 query."""
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return None
    rows = ExerciseAnswer.objects.filter(organisation=organisation, page=page)
    return rows.select_related("updated_by").first()


def save(request: HttpRequest, page: Page, said: Step, place: Place) -> HttpResponse:
    form = ExerciseForm(said.exercise, request.POST)
    organisation = getattr(request, "organisation", None)
    if not form.is_valid() or organisation is None:
        return show(request, place, said, form, status=422)
    assert isinstance(request.user, User)
    try:
        save_exercise(
            organisation=organisation,
            page=page,
            values=form.values(),
            version=form.cleaned_data.get("version") or 0,
            by=request.user,
        )
    except ChangedMeanwhile as clash:
        return show(request, place, said, on_top_of(form, clash), kept=clash.theirs, clash=clash, status=409)
    forget_draft(request)
    done(request, page)
    messages.success(request, f"C’est gardé pour {organisation.name}.")
    return redirect("course:part", page.slug, "exercice")


def on_top_of(form: ExerciseForm, clash: ChangedMeanwhile) -> ExerciseForm:
    """The same typed values, now knowing what the other wrote: sent again, they replace it."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data["version"] = str(clash.theirs.version)
    return ExerciseForm(form.exercise, data)


def done(request: HttpRequest, page: Page) -> None:
    learner = learner_now(request)
    if learner is None:
        guest.open_part(request.session, page, "exercice")
    else:
        learning.open_part(learner=learner, page=page, part="exercice")


def show(
    request: HttpRequest,
    place: Place,
    said: Step,
    form: ExerciseForm,
    *,
    kept: ExerciseAnswer | None = None,
    clash: ChangedMeanwhile | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "door": "se-former",
        "place": place,
        "part": place.part,
        "exercise": said.exercise,
        "form": form,
        "kept": kept,
        "clash": clash,
        "theirs": theirs(said, clash) if clash else [],
    }
    return render(request, "course/exercise.html", context, status=status)


def theirs(said: Step, clash: ChangedMeanwhile) -> list[tuple[str, str]]:
    """(question, what the other wrote), in words."""
    return [
        (prompt.label, in_words(clash.theirs.values.get(prompt.code)) or "(rien)")
        for prompt in said.exercise.prompts
    ]


def in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")
