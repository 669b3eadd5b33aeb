"""Writing a case: a new one or an old one, line by line, with its questions and its conflicts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.accounts.drafts import draft_of, forget_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import join_list
from apps.editorial.curation.access import is_curator, keeping_what_is_typed
from apps.editorial.curation.lines import one_more
from apps.editorial.shape import SHORT
from apps.editorial.workflow import NotNowError
from apps.webinars import sheet
from apps.webinars.curation import conflicts, reads
from apps.webinars.curation.access import case_or_404, may_write, writable
from apps.webinars.curation.editor import Editor
from apps.webinars.curation.forms import formdata
from apps.webinars.curation.forms.lines import SECTIONS
from apps.webinars.curation.forms.sheets import SheetForm
from apps.webinars.models import Webinar
from apps.webinars.services import drafting
from apps.webinars.services.identities import UnsettledError

TEMPLATE = "curation/case_form.html"
NO_LONGER = "Vous la modifierez de nouveau si elle vous est rendue."
OPEN_FIRST = "Rouvrez-la pour la modifier."


@keeping_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def case_create(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return received(request, request.POST, None)
    kept = draft_of(request)
    return show(request, Editor(form_of(kept or formdata.blank_form()), None, is_kept=bool(kept)))


@keeping_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    webinar = case_or_404(request, slug)
    if request.method == "POST":
        return received(request, request.POST, webinar)
    if not may_write(request, webinar):
        what_to_do = OPEN_FIRST if is_curator(request) else NO_LONGER
        messages.info(request, f"Cette fiche est à l’état « {webinar.get_state_display()} ». {what_to_do}")
        return redirect("curation:case", slug)
    kept = draft_of(request)
    if kept and (mine := conflicts.read(kept)):
        base, reason = kept.get("base", ""), kept.get("reason", "")[:SHORT]
        return clash(request, webinar, mine, base, reason, chosen=kept, status=200)
    labels = reads.organisation_labels()
    form = form_of(kept or stored(webinar, labels), webinar)
    return show(request, Editor(form, webinar, is_kept=bool(kept), labels=labels))


def stored(webinar: Webinar, labels: dict[str, str]) -> QueryDict:
    """The form of the draft as it is. 1 query."""
    said = sheet.read(webinar.draft)
    data = formdata.with_empty_lines(formdata.of(said, reads.people_named(said.people()), labels))
    data["version"], data["base"] = str(webinar.version), str(webinar.last)  # type: ignore[attr-defined]
    return data


def form_of(data: QueryDict, webinar: Webinar | None = None) -> SheetForm:
    before = sheet.read(webinar.draft) if webinar else None
    return SheetForm(data, choices=reads.choices(), before=before)


def received(request: SignedInRequest, data: QueryDict, webinar: Webinar | None) -> HttpResponse:
    act = data.get("act", "")
    if webinar and act == "settle":
        return settle(request, data, webinar)
    section = SECTIONS.get(act.removeprefix("add-"))
    if section:
        data = one_more(data, section)
    form = form_of(data, webinar)
    if section or act in ("people", "count"):
        return show(request, Editor(form, webinar, added=section.prefix if section else "", act=act))
    return save(request, form, webinar)


def save(request: SignedInRequest, form: SheetForm, webinar: Webinar | None) -> HttpResponse:
    if not form.is_valid():
        return show(request, Editor(form, webinar), status=422)
    typed, version = form.typed(), form.data.get("version", "")
    try:
        if webinar is None:
            outcome = drafting.create(typed=typed, by=request.user)
        else:
            outcome = drafting.save(
                webinar=webinar,
                typed=typed,
                version=int(version) if version.isascii() and version.isdigit() else 0,
                by=request.user,
                states=writable(request),
            )
    except UnsettledError as error:
        return show(request, Editor(form, webinar, questions=error.questions), status=422)
    except NotNowError as error:
        return show(request, Editor(form, webinar, refusal=str(error)), status=409)
    if outcome.clash:
        return clash(request, outcome.webinar, outcome.mine, form.data.get("base", ""), typed.reason)
    return saved(request, outcome, stay=form.data.get("act") == "stay")


def saved(request: SignedInRequest, outcome: drafting.Outcome, *, stay: bool = False) -> HttpResponse:
    forget_draft(request)
    slug = outcome.webinar.slug
    messages.success(request, "Le brouillon est enregistré.")
    if outcome.settled.added:
        messages.info(request, f"Ajoutés à la bibliothèque : {join_list(outcome.settled.added)}.")
    if outcome.settled.has_withdrawn:
        messages.warning(
            request, "Une personne de la liste a demandé à ne plus être nommée : son nom n’est pas gardé."
        )
    return redirect("curation:case_edit" if stay else "curation:case", slug)


def settle(request: SignedInRequest, data: QueryDict, webinar: Webinar) -> HttpResponse:
    """The conflict page, answered: the chosen fields are saved over the version that was shown."""
    mine = conflicts.read(data)
    if mine is None:
        return redirect("curation:case_edit", webinar.slug)
    base, reason = data.get("base", ""), data.get("reason", "")[:SHORT]
    if data.get("version") != str(webinar.version):
        return clash(request, webinar, mine, base, reason)
    merged, missing = conflicts.merged(mine, sheet.read(webinar.draft), data)
    if missing:
        return clash(request, webinar, mine, base, reason, chosen=data, status=422)
    try:
        outcome = drafting.save_settled(
            webinar=webinar,
            draft=merged,
            version=webinar.version,
            by=request.user,
            reason=reason,
            states=writable(request),
        )
    except NotNowError as error:
        return clash(request, webinar, mine, base, reason, refusal=str(error))
    if outcome.clash:
        return clash(request, outcome.webinar, mine, base, reason)
    return saved(request, outcome)


def clash(
    request: SignedInRequest,
    webinar: Webinar,
    mine: sheet.Sheet,
    base: str,
    reason: str,
    *,
    chosen: QueryDict | None = None,
    refusal: str = "",
    status: int = 409,
) -> HttpResponse:
    """Both versions, field by field; nothing is written, nothing typed is lost."""
    context = conflicts.screen(webinar, mine, base=base, chosen=chosen)
    return render(
        request, "curation/conflict.html", {**context, "reason": reason, "refusal": refusal}, status=status
    )


def show(request: SignedInRequest, editor: Editor, status: int = 200) -> HttpResponse:
    """The whole page; for htmx, the only part that changes."""
    template = editor.fragment if editor.fragment and request.headers.get("HX-Request") else TEMPLATE
    response = render(request, template, {"editor": editor, "form": editor.form}, status=status)
    response["Vary"] = "HX-Request"
    return response
