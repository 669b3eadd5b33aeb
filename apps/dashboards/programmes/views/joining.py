"""Joining a programme, by its code or by the link of a mail. A GET says what would be agreed to; only a POST agrees."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.codes import CodePage, Gate
from apps.accounts.drafts import draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.enums import InvitationState
from apps.accounts.models import Organisation
from apps.accounts.requests import Request, SignedInRequest
from apps.dashboards.consents.forms import ConsentForm
from apps.dashboards.models import Programme, ProgrammeInvitation
from apps.dashboards.programmes import selectors
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.programmes.forms import JoinForm
from apps.dashboards.programmes.presenters import Reader, reader
from apps.dashboards.programmes.views.pages import DOOR
from apps.dashboards.services import consents
from apps.dashboards.services import programmes as services

CODE_PAGE = CodePage(
    Gate(
        "programme-join",
        "Aucun programme n’a ce code. Vérifiez les six lettres avec le financeur ou le réseau qui vous invite\u00a0: "
        "il n’y a ni voyelle, ni chiffre, et le code a pu changer.",
    ),
    JoinForm,
    "dashboards/programmes/join.html",
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    return CODE_PAGE.enter(request, selectors.by_code, "dashboards:programme_join_code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: Request, code: str) -> HttpResponse:
    programme, refusal, status = CODE_PAGE.gate.find(request, code, selectors.by_code)
    if programme is None:
        return CODE_PAGE.refuse(request, code[:40], refusal, status)
    if request.method == "POST":
        return login_required_keeping_draft(agree)(request, programme=programme)
    return show(request, programme, reader(request, programme))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """HEAD reads too: mail scanners send it. Whoever holds the link may decline, with or without an account."""
    found = selectors.invitation_by_token(token)
    state = selectors.state_of(found) if found else None
    if found is None or state != InvitationState.PENDING:
        return show_closed(request, found, state.value if state else "unknown")
    if request.method != "POST":
        return show(request, found.programme, reader(request, found.programme), invitation=found)
    if request.POST.get("answer") == "decline":
        return decline(request, found)
    return login_required_keeping_draft(agree)(request, programme=found.programme, invitation=found)


def decline(request: Request, found: ProgrammeInvitation) -> HttpResponse:
    try:
        services.decline(invitation=found)
        messages.success(
            request, f"C’est noté\u00a0: votre association ne rejoint pas «\u202f{found.programme}\u202f»."
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:home" if request.user.is_authenticated else "pages:home")


def agree(
    request: SignedInRequest, programme: Programme, invitation: ProgrammeInvitation | None = None
) -> HttpResponse:
    """A second click finds the association in, and says so."""
    who = reader(request, programme)
    posted = request.POST.get("organisation", "")
    if again := next((one for one in who.joined if str(one.pk) == posted), None):
        return told(request, programme, again)
    if who.can != "consent":
        raise PermissionDenied
    form = ConsentForm(who.choices, consents.seen(programme), request.POST)
    if form.is_valid():
        try:
            consents.give_consent(
                programme=programme,
                organisation=form.chosen,
                by=request.user,
                report_given=form.cleaned_data["report_given"],
                invitation=invitation,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_draft(request)
            return told(request, programme, form.chosen)
    return show(request, programme, who, form, invitation, status=422)


def told(request: HttpRequest, programme: Programme, organisation: Organisation) -> HttpResponse:
    messages.success(
        request,
        f"{organisation.name} est dans le programme «\u202f{programme}\u202f». "
        "Cette page dit ce qui est partagé, et reprend l’accord quand vous voulez.",
    )
    return redirect(reverse("dashboards:sharing", args=[organisation.pk]))


def show(
    request: Request,
    programme: Programme,
    who: Reader,
    form: ConsentForm | None = None,
    invitation: ProgrammeInvitation | None = None,
    status: int = 200,
) -> HttpResponse:
    if not programme.is_open:
        closed = {"door": DOOR, "programme": programme, "joined": who.joined}
        return render(request, "dashboards/programmes/closed.html", closed, status=410)
    draft = draft_of(request)
    context: dict[str, Any] = {
        "door": DOOR,
        "programme": programme,
        "who": who,
        "form": form
        or ConsentForm(who.choices, consents.seen(programme), initial=draft.dict() if draft else None),
        "invitation": invitation,
        "accord": f"dashboards/consents/accord/{consents.ACCORD}.html",
        "k": settings.RELEASE_K,
        "people": selectors.holders(programme).count(),
        "page": request.path,
    }
    return render(request, "dashboards/programmes/consent.html", context, status=status)


def show_closed(request: Request, found: ProgrammeInvitation | None, state: str) -> HttpResponse:
    """Unknown, expired, revoked or already answered: what happened, and what to do."""
    who = reader(request, found.programme) if found else None
    context = {
        "door": DOOR,
        "invitation": found,
        "state": state,
        "joined": who.joined if who else [],
    }
    return render(
        request, "dashboards/programmes/invitation_closed.html", context, status=410 if found else 404
    )
