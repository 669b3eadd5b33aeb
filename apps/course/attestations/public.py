"""Verifying an attestation: for anyone who holds its code, without account. Search engines keep nothing of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.accounts.enums import PlatformRole
from apps.accounts.selectors import platform_roles_of
from apps.course.attestations import addresses, codes, pdf, selectors, status_list
from apps.course.models import Attestation

DOOR = "se-former"


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The code typed from a paper leads to its page."""
    typed = request.GET.get("code", "")
    if code := codes.read(typed):
        return redirect("course:attestation", code)
    context = {"door": DOOR, "typed": typed[:60], "is_wrong": bool(typed.strip()), "is_unknown": False}
    return render(request, "course/attestations/verify.html", context, status=422 if typed.strip() else 200)


@never_cache
@require_safe
def attestation(request: HttpRequest, code: str) -> HttpResponse:
    found = selectors.find(code)
    if found is None:
        context = {"door": DOOR, "typed": code[:60], "is_wrong": False, "is_unknown": True}
        response = render(request, "course/attestations/verify.html", context, status=404)
    elif found.code != code:
        return redirect(found)
    else:
        response = render(request, "course/attestations/attestation.html", shown(request, found))
    response["X-Robots-Tag"] = "noindex"
    return response


def shown(request: HttpRequest, found: Attestation) -> dict[str, object]:
    number, index = status_list.place(found.rank)
    return {
        "door": DOOR,
        "attestation": found,
        "lines": pdf.lines(found),
        "is_owner": owns(request, found),
        "is_operator": PlatformRole.OPERATOR in platform_roles_of(request.user),
        "keys_address": addresses.keys(),
        "status_address": addresses.status_list(number),
        "status_number": number,
        "status_index": index,
    }


def owns(request: HttpRequest, found: Attestation) -> bool:
    return found.learner is not None and found.learner.user_id == request.user.pk
