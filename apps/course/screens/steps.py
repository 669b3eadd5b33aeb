"""The steps: their first screen, their parts, and the acts that make progress move. Only a POST moves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.course import guest
from apps.course.models import Page
from apps.course.parts import EXERCISE, QUIZ
from apps.course.reading import learner_now
from apps.course.screens import bodies
from apps.course.screens.exercise import exercise
from apps.course.screens.place import Place, place_or_404, public_page
from apps.course.screens.quiz import quiz
from apps.course.services import learning

DOOR = "se-former"


@require_safe
def step(request: HttpRequest, slug: str) -> HttpResponse:
    place = place_or_404(request, slug)
    return render(
        request,
        "course/step.html",
        {"door": DOOR, "place": place, "stage": place.stage, "head": bodies.head(slug)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    place = place_or_404(request, slug, part)
    assert place.part
    return PARTS.get(place.part.code, read)(request, slug, place)


def read(request: HttpRequest, slug: str, place: Place) -> HttpResponse:
    """A section, the case or the practical sheet: one reads, then « continuer » says that one did."""
    assert place.part
    if request.method == "POST":
        page = public_page(slug)[0]
        went_through(request, page, place.part.code)
        return HttpResponse(status=204) if request.headers.get("HX-Request") else redirect(place.after_url)
    body = BODIES[place.part.kind](slug, place)
    context: dict[str, Any] = {"door": DOOR, "place": place, "part": place.part, "body": body}
    return render(request, "course/part.html", context)


def went_through(request: HttpRequest, page: Page, code: str) -> None:
    learner = learner_now(request)
    if learner is None:
        guest.open_part(request.session, page, code)
    else:
        learning.open_part(learner=learner, page=page, part=code)


@require_POST
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """The learner says that the step is done, or takes her word back."""
    page = public_page(slug)[0]
    says = request.POST.get("done") != "0"
    learner = learner_now(request)
    if learner is None:
        guest.declare(request.session, page, done=says)
    elif says:
        learning.declare_done(learner=learner, page=page)
    else:
        learning.take_back(learner=learner, page=page)
    messages.success(
        request, "C’est noté : l’étape est faite." if says else "C’est noté : l’étape reste à faire."
    )
    return redirect("course:step", slug)


@require_safe
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """The step on one page, to print or to read in one go."""
    place = place_or_404(request, slug)
    context = {"door": DOOR, "place": place, "stage": place.stage, "body": bodies.whole(slug)}
    return render(request, "course/print.html", context)


PARTS: dict[str, Callable[[HttpRequest, str, Place], HttpResponse]] = {QUIZ: quiz, EXERCISE: exercise}
BODIES: dict[str, Callable[[str, Place], Any]] = {
    "section": lambda slug, place: bodies.section(slug, place.part),  # type: ignore[arg-type]
    "case": lambda slug, place: bodies.case(slug),
    "sheet": lambda slug, place: bodies.practical(slug),
}
