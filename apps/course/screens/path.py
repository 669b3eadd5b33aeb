"""The personal path: three questions, the stops they lead to, each with its reason; changed at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Resource
from apps.core.content import read_yaml
from apps.course import guest
from apps.course.content import FOLDER, PATHS
from apps.course.groups.presenters import mine
from apps.course.journey import Journey
from apps.course.models import Learner
from apps.course.orientation import Paths, read
from apps.course.reading import find_learner, journey_of, learner_now
from apps.course.screens.place import Place
from apps.course.services import learning
from apps.course.words import duration

DOOR = "porte"
FIELDS = {"profil": "profile", "objectif": "objective", "maturite": "maturity", DOOR: "door"}


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the path. ``state``: done | now | ""; ``time``: "" when it has none."""

    title: str
    url: str
    reason: str
    kind: str
    time: str = ""
    state: str = ""


# Stops that are no resource: (title, address name, what it is, time).
ELSEWHERE = {
    "express": (
        "Situer l’association en cinq minutes",
        "diagnostic:express",
        "diagnostic express",
        "5\u00a0min",
    ),
    "diagnostic": (
        "L’auto-diagnostic à plusieurs",
        "diagnostic:intro",
        "auto-diagnostic",
        "15\u00a0min par personne",
    ),
    "cas": ("Un cas « un pas devant vous »", "pages:for_you", "bibliothèque de cas", ""),
    "agenda": ("Le prochain webinaire", "agenda:agenda", "agenda", "1\u00a0h\u00a030"),
    "glossaire": ("Le glossaire", "pages:glossary", "glossaire", ""),
}
DLA = ("Le DLA de votre département", "https://www.info-dla.fr/", "accompagnement gratuit")


@lru_cache(maxsize=1)
def paths() -> Paths:
    """Read once a process: it changes with the code."""
    return read(read_yaml(FOLDER, PATHS))


@require_http_methods(["GET", "HEAD", "POST"])
def path(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    learner = find_learner(request.user)
    answers = paths().answered({**kept(request, learner), **given.dict()})
    if request.method == "POST":
        return keep(request, answers, given.get(DOOR, ""))
    journey = journey_of(learner, request.session)
    context = {
        "door": "se-former",
        "place": Place(journey),
        "questions": questions(answers),
        "stops": stops(answers, journey),
        "saved": saved(kept(request, learner), answers),
        "doors": paths().doors,
        "chosen_door": kept(request, learner).get(DOOR, ""),
        "mine": mine(request.user) if isinstance(request.user, User) else None,
    }
    return render(request, "course/path.html", context)


def kept(request: HttpRequest, learner: Learner | None) -> dict[str, str]:
    here = guest.path(request.session)
    if learner is None:
        return here
    return {code: here.get(code) or getattr(learner, name) for code, name in FIELDS.items()}


def saved(known: Mapping[str, str], answers: Mapping[str, str]) -> bool:
    return bool(answers) and all(known.get(code) == answer for code, answer in answers.items())


def keep(request: HttpRequest, answers: Mapping[str, str], door: str) -> HttpResponse:
    door = door if door in {row.code for row in paths().doors} else ""
    learner = learner_now(request)
    if learner is None:
        guest.keep_path(request.session, {**answers, **({DOOR: door} if door else {})})
    else:
        learning.choose_path(learner=learner, answers=answers, door=door)
    messages.success(request, "Votre parcours est gardé. Vous le changez quand vous voulez.")
    return redirect("course:path")


def questions(answers: Mapping[str, str]) -> list[tuple[object, str]]:
    return [(question, answers.get(question.code, "")) for question in paths().questions]


def stops(answers: Mapping[str, str], journey: Journey) -> list[Stop]:
    """1 query when the three questions are answered."""
    proposed = paths().proposed(answers)
    kinds = (ResourceKind.COURSE_STEP, ResourceKind.MODULE, ResourceKind.METHOD_STEP)
    rows = {row.pk: row for row in Resource.objects.filter(kind__in=kinds)} if proposed else {}
    found = (stop(code, reason, rows, journey) for code, reason in proposed)
    return [row for row in found if row]


def stop(code: str, reason: str, rows: Mapping[str, Resource], journey: Journey) -> Stop | None:
    """None for a step that is not public."""
    if code == "dla":
        return Stop(DLA[0], DLA[1], reason, DLA[2])
    if code in ELSEWHERE:
        title, name, kind, time = ELSEWHERE[code]
        return Stop(title, reverse(name), reason, kind, time)
    row = rows.get(code)
    if row is None:
        return None
    stage = journey.stage(code)
    state = journey.state(stage) if stage and stage.is_begun else ""
    time = duration(row.minutes) if row.minutes else ""
    return Stop(row.title, row.get_absolute_url(), reason, row.get_kind_display(), time, state)
