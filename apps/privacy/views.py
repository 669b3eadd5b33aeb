from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.core.secrets import hash_token
from apps.privacy import erasure, export
from apps.privacy.forms import EraseForm
from apps.privacy.models import Cause, ErasureReceipt
from apps.privacy.registers import as_csv, by_room


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/register.html", {"rooms": by_room()})


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="registre-des-traitements.csv"'
    return answer


@login_required
@require_safe
def data(request: SignedInRequest) -> HttpResponse:
    return render(request, "privacy/data.html", {"copy": export.latest(request.user)})


@action_login_required("privacy:data")
@require_POST
def copy(request: SignedInRequest) -> HttpResponse:
    document = export.request_export(user=request.user)
    return redirect("documents:status", document.pk)


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest) -> HttpResponse:
    alone = erasure.alone_in(request.user)
    form = EraseForm(bool(alone), request.POST or None)
    refused: list[str] = []
    if form.is_valid():
        try:
            close_alone = bool(form.cleaned_data.get("close_alone"))
            _, token = erasure.erase_person(user=request.user, cause=Cause.ASKED, close_alone=close_alone)
        except erasure.ErasureRefusedError as error:
            refused = error.sentences
        except User.DoesNotExist:  # the other press of a double click came first; its receipt was mailed
            logout(request)
            return redirect("pages:home")
        else:
            logout(request)
            return redirect("privacy:receipt", token)
    context = {
        "form": form,
        "refused": refused or erasure.refusals(request.user, close_alone=True),
        "alone": alone,
        "lines": erasure.lines_of(request.user),
    }
    return render(request, "privacy/erase.html", context, status=422 if form.errors or refused else 200)


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    found = ErasureReceipt.objects.filter(token_hash=hash_token(token)).first()
    if found is None:
        raise Http404
    return render(request, "privacy/receipt.html", {"receipt": found})
