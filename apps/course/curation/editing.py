"""Writing a chapter: line by line, with its preview and its conflicts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.accounts.drafts import draft_of, forget_draft
from apps.accounts.requests import SignedInRequest
from apps.course import sheet
from apps.course.curation import conflicts
from apps.course.curation.access import may_write, page_or_404, writable
from apps.course.curation.editor import Editor, edit_url
from apps.course.curation.forms.chapters import Chapter, Filled, chapters_of, filled
from apps.course.curation.offers import offers
from apps.course.models import Page
from apps.course.services import editing
from apps.course.services.editing import Opened, Outcome
from apps.editorial.curation.access import keeping_what_is_typed
from apps.editorial.curation.lines import one_more
from apps.editorial.shape import SHORT
from apps.editorial.workflow import NotNowError

BESIDE = (
    "Quelqu’un avait enregistré d’autres passages pendant que vous écriviez : les deux versions sont réunies."
)


@keeping_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, chapter: str) -> HttpResponse:
    page = page_or_404(slug)
    part = next((one for one in chapters_of(page.kind) if one.code == chapter), None)
    if part is None:
        raise Http404
    if request.method == "POST":
        return received(request, page, part)
    if not may_write(request, page):
        messages.info(
            request, f"Cette page est à l’état « {page.get_state_display()} » : attendez la relecture."
        )
        return redirect("course:curation_page", slug)
    kept = draft_of(request)
    if kept and (mine := conflicts.read(kept)):
        return clash(request, page, part, mine, opened_of(request, kept), chosen=kept, status=200)
    form = form_of(page, part, kept or opened(page, part))
    return show(request, Editor(page, form, is_kept=bool(kept)))


def opened(page: Page, chapter: Chapter) -> QueryDict:
    """The form of the draft as it is."""
    data = filled(chapter, sheet.read(page.draft))
    data["version"], data["base"] = str(page.version), str(page.last)  # type: ignore[attr-defined]
    return data


def form_of(page: Page, chapter: Chapter, data: QueryDict) -> Filled:
    return Filled(chapter, data, before=sheet.read(page.draft), offers=offers(chapter.fields))


def opened_of(request: SignedInRequest, data: QueryDict) -> Opened:
    return Opened(number(data, "version"), number(data, "base"), writable(request))


def number(data: QueryDict, name: str) -> int:
    """0 when what was sent is no number."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def received(request: SignedInRequest, page: Page, chapter: Chapter) -> HttpResponse:
    data: QueryDict = request.POST
    act = data.get("act", "")
    if act == "settle":
        return settle(request, page, chapter)
    path = act.removeprefix("add-") if act.startswith("add-") else ""
    section = chapter.section(path) if path else None
    if section:
        return show(request, Editor(page, form_of(page, chapter, one_more(data, section, path)), added=path))
    form = form_of(page, chapter, data)
    if act == "look":
        form.look()
        return show(request, Editor(page, form))
    return save(request, page, form)


def save(request: SignedInRequest, page: Page, form: Filled) -> HttpResponse:
    if not form.is_valid():
        return show(request, Editor(page, form), status=422)
    reason, start = form.main.cleaned_data["reason"], opened_of(request, form.data)
    try:
        outcome = editing.save_chapter(page=page, say=form.on, opened=start, by=request.user, reason=reason)
    except NotNowError as error:
        return show(request, Editor(page, form, refusal=str(error)), status=409)
    if outcome.clash:
        return clash(request, outcome.page, form.chapter, outcome.mine, start, reason)
    return saved(request, outcome, form.chapter)


def saved(request: SignedInRequest, outcome: Outcome, chapter: Chapter) -> HttpResponse:
    forget_draft(request)
    messages.success(request, "Le brouillon est enregistré.")
    if outcome.beside:
        messages.info(request, BESIDE)
    act, own = request.POST.get("act", ""), chapters_of(outcome.page.kind)
    if act == "stay":
        return redirect(edit_url(outcome.page, chapter))
    place = own.index(chapter) + 1
    if act == "next" and place < len(own):
        return redirect(edit_url(outcome.page, own[place]))
    return redirect("course:curation_page", outcome.page.slug)


def settle(request: SignedInRequest, page: Page, chapter: Chapter) -> HttpResponse:
    """The conflict page, answered: the chosen pieces are saved over the version that was shown."""
    data = request.POST
    mine, start = conflicts.read(data), opened_of(request, data)
    if mine is None or mine.kind != page.kind:
        return redirect(edit_url(page, chapter))
    reason = data.get("reason", "")[:SHORT]
    try:
        outcome = editing.save_settled(
            page=page, mine=mine, chosen=conflicts.answers(data), opened=start, by=request.user, reason=reason
        )
    except NotNowError as error:
        return clash(request, page, chapter, mine, start, reason, refusal=str(error))
    if outcome.clash:
        moved = outcome.page.version != start.version
        return clash(
            request, outcome.page, chapter, mine, start, reason,
            chosen=None if moved else data, status=409 if moved else 422,
        )  # fmt: skip
    return saved(request, outcome, chapter)


def clash(
    request: SignedInRequest,
    page: Page,
    chapter: Chapter,
    mine: sheet.Page,
    start: Opened,
    reason: str = "",
    *,
    chosen: QueryDict | None = None,
    refusal: str = "",
    status: int = 409,
) -> HttpResponse:
    """Both versions, piece by piece; nothing is written, nothing typed is lost."""
    context: dict[str, Any] = conflicts.screen(page, mine, start, chosen)
    context |= {"url": edit_url(page, chapter), "reason": reason, "refusal": refusal}
    return render(request, "curation/course/conflict.html", context, status=status)


def show(request: SignedInRequest, editor: Editor, status: int = 200) -> HttpResponse:
    """Always the whole page: htmx takes from it the part that its button names."""
    context = {"editor": editor, "form": editor.form, "page": editor.page}
    return render(request, "curation/course/chapter.html", context, status=status)
