"""Files of the library: export, a file sent and compared, its report, and the writing of what it announced."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.drafts import action_login_required
from apps.accounts.requests import SignedInRequest
from apps.editorial.curation.access import View, curators
from apps.webinars.curation import register_reports as reports
from apps.webinars.exchange import export as exports
from apps.webinars.exchange import uploads, writing
from apps.webinars.exchange.rows import FileError
from apps.webinars.models import Import

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Kind in the address → file name, type, what makes it.
EXPORTS: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "classeur": ("bibliotheque.xlsx", SPREADSHEET, exports.spreadsheet),
    "fiches": ("bibliotheque.zip", "application/zip", exports.archive),
    "yaml": ("bibliotheque.yaml", "application/yaml; charset=utf-8", exports.one_yaml),
}
DISCARDED = "Ce fichier n’est pas importé, et n’est plus gardé ici."


class FileForm(forms.Form):
    file = forms.FileField(
        label="Fichier",
        help_text="Un classeur .xlsx, un fichier .yaml ou une archive .zip de fichiers .yaml ; 8 Mo et 300 cas au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml,.zip"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
            "missing": "Choisissez un fichier.",
            "invalid": "L’envoi n’a pas abouti : choisissez le fichier de nouveau.",
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > uploads.LARGEST:
            raise forms.ValidationError("Ce fichier dépasse 8 Mo : envoyez moins de fiches à la fois.")
        return sent


def act(page: str, *taken: str) -> Callable[[View], View]:
    """A button of curators; after sign-in the person is back on the page that holds it."""

    def decorate(view: View) -> View:
        guarded: View = action_login_required(page, *taken)(curators(view))
        return guarded

    return decorate


@curators
@require_safe
@never_cache
def export(request: SignedInRequest, kind: str) -> HttpResponse:
    """What curators work on, with their notes: never kept by a proxy."""
    if kind not in EXPORTS:
        raise Http404
    name, content_type, make = EXPORTS[kind]
    stem, _, ending = name.partition(".")
    response = HttpResponse(make(), content_type=content_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{stem}-{timezone.localdate().isoformat()}.{ending}"'
    )
    return response


@act("curation:imports")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: SignedInRequest) -> HttpResponse:
    """The page of exchanges; a file that is sent is compared, and its report shown."""
    if request.method != "POST":
        return show(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            received = writing.receive(content=sent.read(), filename=sent.name, by=request.user)
        except FileError as error:
            form.add_error("file", f"{error} Rien n’a changé.")
        else:
            return redirect("curation:import", received.pk)
    return show(request, form, 422)


def show(request: SignedInRequest, form: FileForm, status: int = 200) -> HttpResponse:
    waiting = Import.objects.filter(by=request.user).defer("content")[:10]
    context = {"form": form, "imports": [reports.entry(row) for row in waiting]}
    return render(request, "curation/registers/imports.html", context, status=status)


def mine(request: SignedInRequest, pk: UUID) -> Import:
    """A file belongs to whoever sent it."""
    return get_object_or_404(Import, pk=pk, by=request.user)


@curators
@require_safe
@never_cache
def report(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return show_report(request, mine(request, pk))


def show_report(
    request: SignedInRequest, received: Import, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"report": reports.report(received), "refusal": refusal}
    return render(request, "curation/registers/import.html", context, status=status)


@act("curation:import", "pk")
@require_POST
def write(request: SignedInRequest, pk: UUID) -> HttpResponse:
    received = mine(request, pk)
    everything = request.POST.get("choix") != "valides"
    if not received.applied_at:
        try:
            received = writing.write(received=received, by=request.user, everything=everything)
        except writing.NothingWrittenError as error:
            return show_report(request, mine(request, pk), str(error), 409)
        messages.success(request, reports.told(received))
    return redirect("curation:import", pk)


@act("curation:imports")
@require_POST
def discard(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Sent twice, or already written: the page of exchanges says where things are."""
    if Import.objects.filter(pk=pk, by=request.user, applied_at=None).delete()[0]:
        messages.success(request, DISCARDED)
    return redirect("curation:imports")
