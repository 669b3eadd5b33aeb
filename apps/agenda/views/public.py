"""The agenda for everybody: sessions, registration, calendar files. Only a POST registers or takes off the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from apps.accounts.enums import PlatformRole
from apps.accounts.models import User
from apps.accounts.selectors import platform_roles_of
from apps.agenda import ical, presenters, selectors, services, throttle
from apps.agenda.errors import Refused
from apps.agenda.forms import RegistrationForm
from apps.agenda.models import Session
from apps.agenda.structured import json_ld

DOOR = "s-informer"
TOO_MANY = (
    "Trop d’inscriptions sont parties de cette connexion. Attendez dix minutes, puis réessayez : "
    "ce que vous avez écrit est gardé."
)
MAIL_LATE = (
    "L’inscription est notée, mais son courriel n’a pas pu être préparé. "
    "Inscrivez-vous de nouveau dans quelques minutes : il partira."
)


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    context = {
        "door": DOOR,
        "agenda": presenters.agenda(selectors.announced(), timezone.now()),
        "is_curator": PlatformRole.CURATOR in platform_roles_of(request.user),
    }
    return render(request, "agenda/agenda.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(selectors.announced(), slug=slug)
    if request.method != "POST":
        return show_session(request, found, RegistrationForm(initial={"email": own_address(request)}))
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return show_session(request, found, form, status=422)
    if throttle.too_many(request):
        form.add_error(None, TOO_MANY)
        return show_session(request, found, form, status=429)
    try:
        queued = services.register(
            session=found, email=form.cleaned_data["email"], name=form.cleaned_data["name"]
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_session(request, found, form, status=409)
    if not queued:
        messages.warning(request, MAIL_LATE)
    return redirect("agenda:registered", slug)


def own_address(request: HttpRequest) -> str:
    return request.user.email if isinstance(request.user, User) else ""


def show_session(
    request: HttpRequest, found: Session, form: RegistrationForm, status: int = 200
) -> HttpResponse:
    context = {
        "door": DOOR,
        "row": presenters.row(found, timezone.now(), presenters.all_tags(found)),
        "form": form,
        "structured": json_ld(found),
    }
    return render(request, "agenda/session.html", context, status=status)


@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for everybody: it tells nothing about who is on the list."""
    found = get_object_or_404(selectors.announced(), slug=slug)
    context = {"door": DOOR, "row": presenters.row(found, timezone.now())}
    return render(request, "agenda/registered.html", context)


@require_safe
def session_file(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(selectors.announced(), slug=slug)
    response = HttpResponse(ical.public(found), content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    content = ical.feed(selectors.in_feed(timezone.now()))
    return HttpResponse(content, content_type=ical.CONTENT_TYPE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of the mails. Scanners of mails open links: only the button takes the person off the list."""
    found = selectors.registration_by_token(token)
    if found is None:
        return render(request, "agenda/registration_gone.html", {"door": DOOR}, status=404)
    if request.method == "POST":
        services.cancel_registration(registration=found)
        return redirect("agenda:registration", token)
    row = presenters.row(found.session, timezone.now())
    context = {"door": DOOR, "registration": found, "row": row}
    return render(request, "agenda/registration.html", context)
