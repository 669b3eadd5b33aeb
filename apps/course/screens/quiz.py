"""The questions of a step: answered all together, then corrected answer by answer. As often as one likes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.course import grading, guest
from apps.course.models import Page, QuizTry
from apps.course.reading import find_learner, learner_now
from apps.course.screens.forms import QuizForm
from apps.course.screens.place import Place, public_page
from apps.course.services import learning
from apps.course.sheet import Step

AGAIN = "recommencer"


def quiz(request: HttpRequest, slug: str, place: Place) -> HttpResponse:
    page, said = public_page(slug)
    if request.method == "POST":
        return answer(request, page, said, place)
    given = {} if AGAIN in request.GET else last_answers(request, page)
    if given:
        return show(request, place, marks=grading.marks(said.quiz, given))
    return show(request, place, form=QuizForm(said.quiz))


def answer(request: HttpRequest, page: Page, said: Step, place: Place) -> HttpResponse:
    form = QuizForm(said.quiz, request.POST)
    if not form.is_valid():
        return show(request, place, form=form, status=422)
    learner = learner_now(request)
    if learner is None:
        guest.answer_quiz(request.session, page, form.answers())
    else:
        learning.answer_quiz(
            learner=learner, page=page, questions=said.quiz, key=form.form_key(), answers=form.answers()
        )
    return redirect("course:part", page.slug, "questions")


def last_answers(request: HttpRequest, page: Page) -> guest.Answers:
    """What she answered last, of her account or of her session; empty before. 2 queries."""
    learner = find_learner(request.user)
    sent = QuizTry.objects.filter(learner=learner, page=page).first() if learner else None
    found: guest.Answers = sent.answers if sent else guest.answers(request.session, page.slug)
    return found


def show(
    request: HttpRequest,
    place: Place,
    *,
    form: QuizForm | None = None,
    marks: grading.Marks | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "door": "se-former",
        "place": place,
        "part": place.part,
        "form": form,
        "marks": marks,
    }
    return render(request, "course/quiz.html", context, status=status)
