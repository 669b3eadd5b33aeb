"""What the screen of a page shows: where it stands, what this person may do, what is asked, its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest

from apps.accounts.drafts import draft_of
from apps.course.curation.access import may_write
from apps.course.curation.editor import edit_url, pointers
from apps.course.curation.forms.acts import PlanForm, PublishForm
from apps.course.curation.forms.chapters import chapters_of
from apps.course.models import Page, PageRevision
from apps.course.services.pages import changes_for_readers
from apps.editorial.curation import history, versions
from apps.editorial.curation.access import is_curator
from apps.editorial.curation.act_forms import SendBackForm
from apps.editorial.curation.acts import typed
from apps.editorial.enums import DraftState, RevisionAction
from apps.editorial.shape import SHORT

PER_PAGE = 25
SENTENCES = {
    DraftState.DRAFT: "Brouillon : personne d’autre que la curation ne le voit.",
    DraftState.REVIEW: "En relecture : une curatrice ou un curateur la lit, puis la publie ou la rend.",
    DraftState.SCHEDULED: "Publication prévue.",
    DraftState.PUBLISHED: "Publiée : le parcours montre cette version.",
    DraftState.ARCHIVED: "Archivée.",
}
CHANGED = "Brouillon : le parcours montre encore la version publiée, ce brouillon la remplacera."
SHOWN = ExpressionWrapper(Q(sheet__isnull=False), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class May:
    """The buttons of this person, in this state."""

    write: bool
    propose: bool
    publish: bool
    send_back: bool


def listed() -> QuerySet[Page]:
    """Every page, without its long columns; ``heading`` is the draft's title. 1 query."""
    rows = Page.objects.annotate(heading=Cast(KT("draft__title"), CharField()), is_shown=SHOWN)
    return rows.defer("draft", "sheet", "parts").order_by("-kind", "number", "slug")


def may(request: HttpRequest, page: Page) -> May:
    curator, state = is_curator(request), page.state
    return May(
        write=may_write(request, page),
        propose=state == DraftState.DRAFT,
        publish=curator and state in (DraftState.DRAFT, DraftState.REVIEW, DraftState.SCHEDULED),
        send_back=curator and state in (DraftState.REVIEW, DraftState.SCHEDULED),
    )


def screen(request: HttpRequest, page: Page, **refused: Any) -> dict[str, Any]:
    """For ``curation/course/page.html``; ``refused``: a form of the screen, with its errors. 6 queries at most."""
    revisions = list(versions.revisions(page))
    kept, said = draft_of(request), proposed_sentence(revisions)
    asked = page.state in (DraftState.DRAFT, DraftState.REVIEW)
    return {
        "page": page,
        "sentence": CHANGED
        if page.state == DraftState.DRAFT and page.is_public
        else SENTENCES[DraftState(page.state)],
        "may": may(request, page),
        "chapters": [(chapter, edit_url(page, chapter)) for chapter in chapters_of(page.kind)],
        "lacks": pointers(page) if asked else [],
        "changes": changes_for_readers(page),
        "reader": history.reader(page, revisions),
        "returned": history.returned(revisions),
        "acts": Paginator(history.acts(revisions), PER_PAGE).get_page(request.GET.get("page", "1")),
        "notes": page.draft["curator_note"],
        "send_back": SendBackForm(initial=typed(kept, "send_back_reason")),
        "publish": PublishForm(page=page, initial={"publish_said": said, **typed(kept, "publish_said")}),
        "plan": PlanForm(page=page, initial={"plan_said": said, **typed(kept, "plan_said", "day", "hour")}),
        "opens_plan": bool(kept and "day" in kept) or "plan" in refused,
        **refused,
    }


def proposed_sentence(revisions: Sequence[PageRevision]) -> str:
    """What was said of each save since the last publication, or of the one that is planned; the last act first."""
    said: list[str] = []
    for revision in revisions:
        if revision.action in (RevisionAction.PUBLISHED, RevisionAction.IMPORTED):
            break
        if revision.action == RevisionAction.SCHEDULED and revision.reason:
            return revision.reason
        if revision.action == RevisionAction.SAVED and revision.reason:
            said.insert(0, revision.reason)
    return " ".join(dict.fromkeys(said))[:SHORT]
