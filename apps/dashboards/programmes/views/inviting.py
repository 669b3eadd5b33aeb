"""Asking associations in: the code, and mails, several at once. Lines that are refused stay in the box."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count
from apps.dashboards.models import Programme
from apps.dashboards.programmes import selectors
from apps.dashboards.programmes.access import of_hers
from apps.dashboards.programmes.errors import Refused
from apps.dashboards.programmes.forms import Fault, LinesForm, Typed, left
from apps.dashboards.programmes.presenters import asked_in, join_url
from apps.dashboards.programmes.views.pages import DOOR
from apps.dashboards.services import programmes as services

BACK = action_login_required("dashboards:programme_invite", "pk")
MAIL_LATE = (
    "Des invitations sont enregistrées, mais leur courriel n’a pas pu être préparé. "
    "Renvoyez-les dans quelques minutes."
)


@never_cache
@of_hers(login_required_keeping_draft)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, programme: Programme) -> HttpResponse:
    if request.method != "POST":
        draft = draft_of(request)
        return show(request, programme, LinesForm(initial=draft.dict() if draft else None))
    form = LinesForm(request.POST)
    if not form.is_valid():
        return show(request, programme, form, status=422)
    forget_draft(request)
    faults = [*form.faults, *send(request, programme, form.rows)]
    if faults:
        return show(request, programme, left(faults), faults, status=422)
    return redirect("dashboards:programme_invite", programme.pk)


def send(request: SignedInRequest, programme: Programme, rows: Sequence[Typed]) -> list[Fault]:
    """Tells what left; gives what did not, and why."""
    faults, queued = [], []
    for row in rows:
        try:
            queued.append(invited(programme, row, request.user))
        except Refused as refusal:
            faults.append(Fault(row.text, str(refusal)))
    if any(queued):
        gone = count(sum(queued), "invitation part", "invitations partent")
        messages.success(
            request, f"{gone} par courriel, et {'vaut' if sum(queued) == 1 else 'valent'} trente jours."
        )
    if not all(queued):
        messages.warning(request, MAIL_LATE)
    return faults


def invited(programme: Programme, row: Typed, by: User) -> bool:
    return services.invite(programme=programme, association=row.association, email=row.email, by=by)[1]


def show(
    request: SignedInRequest,
    programme: Programme,
    form: LinesForm,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "door": DOOR,
        "programme": programme,
        "form": form,
        "faults": faults,
        "invitations": asked_in(selectors.open_invitations(programme)),
        "join_url": join_url(programme),
        "code_spelled": " ".join(programme.code),
    }
    return render(request, "dashboards/programmes/invite.html", context, status=status)


@BACK
@of_hers()
@require_POST
def resend(request: SignedInRequest, programme: Programme, invitation: int) -> HttpResponse:
    found = get_object_or_404(programme.invitations.select_related("programme"), pk=invitation)
    try:
        if services.resend(invitation=found):
            messages.success(request, f"Un nouveau courriel part à {found.email}.")
        else:
            messages.warning(request, MAIL_LATE)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("dashboards:programme_invite", programme.pk)


@BACK
@of_hers()
@require_POST
def revoke(request: SignedInRequest, programme: Programme, invitation: int) -> HttpResponse:
    found = get_object_or_404(programme.invitations, pk=invitation)
    if services.revoke(invitation=found):
        messages.success(
            request, f"L’invitation de {found.association} est annulée\u00a0: son lien ne sert plus."
        )
    else:
        messages.error(request, "Cette association a déjà répondu\u00a0: il n’y a plus rien à annuler.")
    return redirect("dashboards:programme_invite", programme.pk)


@BACK
@of_hers()
@require_POST
def code(request: SignedInRequest, programme: Programme) -> HttpResponse:
    try:
        services.renew_code(programme=programme)
        messages.success(request, "Le code a changé\u00a0: l’ancien ne mène plus nulle part.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("dashboards:programme_invite", programme.pk)
