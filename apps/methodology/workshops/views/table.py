"""The table: entering the code, taking a chair, writing, grouping, voting. No account for a guest."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.codes import TOO_MANY, CodePage, Gate, tidy_code
from apps.core.pulse import mark
from apps.methodology.errors import Refused
from apps.methodology.workshops import services, tickets
from apps.methodology.workshops.acts import at_table, said_of
from apps.methodology.workshops.forms import CodeForm, GuestForm
from apps.methodology.workshops.presenters import Said, screen
from apps.methodology.workshops.services.holding import IS_OVER
from apps.methodology.workshops.tickets import Entry

OVER = 286  # htmx stops asking
# A room shares one connection: each person may err a few times; one who has her chair is never counted nor stopped.
CODE_PAGE = CodePage(
    Gate(
        "method-table",
        "Aucun atelier en cours n’a ce code. Vérifiez les six lettres auprès de la personne qui anime\u00a0; "
        "l’atelier est peut-être terminé.",
        most=300,
    ),
    CodeForm,
    "methodology/workshops/code.html",
)
STRANGE = "Ce navigateur n’était pas encore reconnu. Appuyez de nouveau\u00a0: ce que vous avez écrit est resté ici."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    return CODE_PAGE.enter(request, lambda code: tickets.enter(request, code), "method:table")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, code: str) -> HttpResponse:
    tidy = tidy_code(code)
    if tidy and tidy != code:
        return redirect("method:table", tidy)
    entry = tickets.enter(request, tidy)
    if (entry is None or entry.me is None) and CODE_PAGE.gate.is_shut(request):
        return CODE_PAGE.refuse(request, tidy, TOO_MANY, 429)
    if entry is None:
        return nothing_there(request, tidy)
    if entry.me is None:
        return take_chair(request, entry)
    if request.method == "POST":
        return sent(request, entry)
    return show(request, entry)


def nothing_there(request: HttpRequest, code: str) -> HttpResponse:
    """Over, or never was: nothing of it is said. A page that asks again is told to stop; what was typed stays on it."""
    CODE_PAGE.gate.count_unknown(request)
    if wants_json(request):
        return JsonResponse({"message": IS_OVER}, status=404)
    if request.headers.get("HX-Request"):
        typed = {"text": request.POST.get("text", "")[:2000]}
        response = render(request, "methodology/workshops/over.html", typed, status=OVER)
    else:
        response = CODE_PAGE.refuse(request, code, CODE_PAGE.gate.unknown, 404)
    return tickets.take_back(response, request.path)


def take_chair(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What is asked and what becomes of it, told before anything is typed; then the chair."""
    posted = request.method == "POST" and request.POST.get("act") == "join:"
    form = GuestForm(request.POST if posted else None)
    if not posted:
        return show_door(request, entry, form, status=409 if request.method == "POST" else 200)
    try:
        if entry.seat:
            services.sit(workshop=entry.workshop, seat=entry.seat)
        elif not form.is_valid():
            return show_door(request, entry, form, status=422)
        elif not entry.token:
            form.add_error(None, STRANGE)
            return show_door(request, entry, form, status=409)
        else:
            services.join(workshop=entry.workshop, token=entry.token, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_door(request, entry, form, status=409)
    return redirect("method:table", entry.workshop.code)


def show_door(request: HttpRequest, entry: Entry, form: GuestForm, status: int = 200) -> HttpResponse:
    context = {"workshop": entry.workshop, "seat": entry.seat, "form": form}
    response = render(request, "methodology/workshops/join.html", context, status=status)
    return response if entry.token or entry.seat else tickets.give(request, response, entry.workshop)


def sent(request: HttpRequest, entry: Entry) -> HttpResponse:
    assert entry.me
    try:
        at_table(entry.workshop, entry.me, request.POST)
    except Refused as refusal:
        said, status = said_of(refusal, request.POST)
        if wants_json(request):
            return JsonResponse({"message": said.problem}, status=status)
        again = tickets.enter(request, entry.workshop.code)
        if again is None or again.me is None:
            return nothing_there(request, entry.workshop.code)
        return show(request, again, said, status)
    if wants_json(request):
        return JsonResponse({})
    if not request.headers.get("HX-Request"):
        return redirect("method:table", entry.workshop.code)
    entry.workshop.refresh_from_db(fields=["version", "stage"])
    entry.me.refresh_from_db(fields=["is_done"])
    return show(request, entry)


def show(request: HttpRequest, entry: Entry, said: Said | None = None, status: int = 200) -> HttpResponse:
    """The page, or its part for htmx."""
    is_fragment = bool(request.headers.get("HX-Request"))
    template = "table_state" if is_fragment else "table"
    seen = screen(entry.workshop, entry.me, said)
    context: dict[str, Any] = {"workshop": entry.workshop, "screen": seen, "said": seen.said}
    context |= {
        "mark": mark(entry.workshop.pk, entry.workshop.version),
        "act_url": request.path,
        "is_console": False,
        "new_key": uuid4(),
    }
    return render(request, f"methodology/workshops/{template}.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    """The page's own queue of cards, which only asks whether one arrived."""
    return request.headers.get("Accept") == "application/json"
