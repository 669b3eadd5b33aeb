"""One's own attestation: what is missing, asking for it, taking it back. The operator may revoke any."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.enums import PlatformRole
from apps.accounts.selectors import platform_roles_of
from apps.core.figures import qr
from apps.course.attestations import addresses, pdf, selectors, services
from apps.course.attestations.forms import NameForm, RevokeForm
from apps.course.attestations.public import DOOR, owns
from apps.course.errors import Refused
from apps.course.models import Attestation
from apps.course.reading import find_learner, journey_for, learner_now
from apps.course.screens.place import Place
from apps.documents.selectors import find_document
from apps.documents.views import status_context

GIVEN = "Votre attestation est délivrée. Bravo\u202f!"
QR = "Code QR qui mène à la page de vérification de votre attestation"
WITHDRAWN = "Votre attestation est retirée. Vous pouvez en demander une autre quand vous voulez."
REVOKED = "L’attestation est révoquée."


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attest(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return ask(request)
    standing = services.living(find_learner(request.user))
    if standing:
        return show_given(request, standing)
    return show_form(request, NameForm(initial={"full_name": getattr(request.user, "full_name", "")}))


def show_given(request: HttpRequest, standing: Attestation) -> HttpResponse:
    document = find_document(kind=pdf.KIND, key=pdf.key(standing))
    known = status_context(document) if document else {"document": None, "announce": False}
    address = addresses.attestation(standing.code)
    context = {
        **known,
        "door": DOOR,
        "place": Place(journey_for(request)),
        "attestation": standing,
        "address": address,
        "qr": qr.draw(address, QR),
    }
    return render(request, "course/attestations/given.html", context)


def show_form(request: HttpRequest, form: NameForm, status: int = 200) -> HttpResponse:
    journey = journey_for(request)
    left = journey.total - journey.done
    context = {"door": DOOR, "form": form, "journey": journey, "left": left, "place": Place(journey)}
    template = "course/attestations/ask.html" if journey.is_over else "course/attestations/missing.html"
    return render(request, template, context, status=status)


def ask(request: HttpRequest) -> HttpResponse:
    """Issues it, or prepares its file again when it stands already."""
    learner = learner_now(request)
    assert learner is not None
    if standing := services.living(learner):
        services.request_pdf(attestation=standing, owner=learner.user)
        return redirect("course:attest")
    form = NameForm(request.POST)
    if not form.is_valid():
        return show_form(request, form, status=422)
    try:
        services.issue(learner=learner, full_name=form.cleaned_data["full_name"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show_form(request, form, status=409)
    messages.success(request, GIVEN)
    return redirect("course:attest")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """By its owner, who gives no reason; by the operator, who gives one. For anyone else it does not exist."""
    found = selectors.find(code)
    if found is None:
        raise Http404
    if owns(request, found):
        return withdraw(request, found)
    if PlatformRole.OPERATOR not in platform_roles_of(request.user):
        raise PermissionDenied
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.revoke(attestation=found, **form.cleaned_data)
        messages.success(request, REVOKED)
        return redirect(found)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "course/attestations/revoke.html",
        {"door": DOOR, "attestation": found, "form": form},
        status=status,
    )


def withdraw(request: HttpRequest, found: Attestation) -> HttpResponse:
    if request.method == "POST":
        services.revoke(attestation=found, reason=services.AT_HER_WISH, erase=True)
        messages.success(request, WITHDRAWN)
        return redirect("course:attest")
    return render(request, "course/attestations/withdraw.html", {"door": DOOR, "attestation": found})
