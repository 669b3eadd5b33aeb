"""Phones: entering the code, voting, adding a word. No account; the only thing kept here is a number drawn at random."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.codes import TOO_MANY, CodePage, Gate, tidy_code
from apps.core.pulse import mark
from apps.course.debates import selectors, tickets
from apps.course.debates.forms import CodeForm, PhoneForm
from apps.course.debates.phones import Phone, phone
from apps.course.debates.sending import send
from apps.course.models import Debate

OVER = 286  # htmx stops asking
# A hall of 300 phones shares one connection: each may err once, and one that is already in is never counted nor stopped.
CODE_PAGE = CodePage(
    Gate(
        "course-vote",
        "Aucun débat en cours n’a ce code. Vérifiez les six lettres sur l’écran ; s’il n’y est plus, "
        "le débat est peut-être terminé.",
        most=300,
    ),
    CodeForm,
    "course/debates/code.html",
)
STRANGE = "Ce téléphone n’était pas encore reconnu : rien n’est compté. Appuyez de nouveau pour envoyer votre réponse."
TOO_LATE = "Le débat s’est terminé avant votre envoi : il n’est pas compté."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_code(request: HttpRequest) -> HttpResponse:
    return CODE_PAGE.enter(request, lambda code: selectors.by_code(code, None), "course:vote")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, code: str) -> HttpResponse:
    tidy = tidy_code(code)
    if tidy and tidy != code:
        return redirect("course:vote", tidy)
    ticket = tickets.read(request)
    if ticket is None and CODE_PAGE.gate.is_shut(request):
        return CODE_PAGE.refuse(request, tidy, TOO_MANY, 429)
    debate = selectors.by_code(tidy, ticket.voter if ticket else None)
    if debate is None:
        return nothing_there(request, tidy, ticket)
    if request.method == "POST":
        return sent(request, debate, ticket)
    return show(request, debate, ticket, phone(debate))


def nothing_there(request: HttpRequest, code: str, ticket: tickets.Ticket | None) -> HttpResponse:
    """The meeting that this phone was in is over, or nobody knows this code. A phone that asks again is told to stop."""
    over = selectors.over_debate(ticket.debate) if ticket else None
    is_fragment = bool(request.headers.get("HX-Request"))
    if over is None:
        CODE_PAGE.gate.count_unknown(request)
        if not is_fragment:
            return CODE_PAGE.refuse(request, code, CODE_PAGE.gate.unknown, 404)
    problem = TOO_LATE if request.method == "POST" else ""
    context = {
        "phone": Phone("over", title=over.title if over else "", problem=problem),
        "code": code,
        "mark": "",
    }
    template = "course/debates/phone_state.html" if is_fragment else "course/debates/phone.html"
    return render(request, template, context, status=OVER if is_fragment else 200)


def show(
    request: HttpRequest, debate: Debate, ticket: tickets.Ticket | None, seen: Phone, status: int = 200
) -> HttpResponse:
    """The page, or its part for htmx; a phone of another debate, or of none, gets its number."""
    is_fragment = bool(request.headers.get("HX-Request"))
    template = "course/debates/phone_state.html" if is_fragment else "course/debates/phone.html"
    context = {"phone": seen, "code": debate.code, "mark": mark(debate.pk, debate.version)}
    response = render(request, template, context, status=status)
    if ticket is None or ticket.debate != debate.pk:
        return tickets.give(request, response, debate, tickets.new(debate))
    return response


def sent(request: HttpRequest, debate: Debate, ticket: tickets.Ticket | None) -> HttpResponse:
    """After a choice or a word: the same page. What could not be done is said, what was typed stays."""
    form = PhoneForm(request.POST)
    if ticket is None or ticket.debate != debate.pk:
        seen = replace(phone(debate), text=request.POST.get("text", "")[:1000], problem=STRANGE)
        return show(request, debate, ticket, seen, status=409)
    problem, status = send(debate, ticket.voter, form)
    if not problem and not request.headers.get("HX-Request"):
        return redirect("course:vote", debate.code)
    again = selectors.by_code(debate.code, ticket.voter)
    if again is None:
        return nothing_there(request, debate.code, ticket)
    seen = phone(again)
    if problem:
        seen = replace(seen, problem=problem, text=request.POST.get("text", "")[:1000] or seen.text)
    return show(request, again, ticket, seen, status=status)
