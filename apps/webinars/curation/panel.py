"""What a case's page shows: where it stands, what this person may do, its links, its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.drafts import draft_of
from apps.editorial.curation import history, versions
from apps.editorial.curation.access import is_curator
from apps.editorial.curation.act_forms import ArchiveForm, ScheduleForm, SendBackForm
from apps.editorial.curation.acts import Pointer, typed
from apps.editorial.enums import DraftState
from apps.webinars import checks, sheet
from apps.webinars.curation import reads
from apps.webinars.curation.access import may_write
from apps.webinars.curation.wording import FIELDS, anchor
from apps.webinars.models import Webinar

PER_PAGE = 25
# The secret of a link just made, shown once by the next page.
NEW_LINK = "curation_preview"
SENTENCES = {
    DraftState.DRAFT: "Brouillon : personne d’autre que la curation ne le voit.",
    DraftState.REVIEW: "En relecture : une curatrice ou un curateur la lit, puis la publie ou la rend.",
    DraftState.SCHEDULED: "Publication prévue.",
    DraftState.PUBLISHED: "Publiée : la bibliothèque montre cette version.",
    DraftState.ARCHIVED: "Archivée : les lecteurs ne la voient plus, rien n’est effacé.",
}
CHANGED = "Brouillon : la bibliothèque montre encore la version publiée, ce brouillon la remplacera."


@dataclass(frozen=True, slots=True)
class May:
    """The buttons of this person, in this state."""

    write: bool
    propose: bool
    publish: bool
    send_back: bool
    archive: bool
    reopen: bool
    share: bool

    @property
    def nothing(self) -> bool:
        return not any((self.write, self.propose, self.publish, self.archive, self.reopen))


def may(request: HttpRequest, webinar: Webinar) -> May:
    curator, state = is_curator(request), webinar.state
    return May(
        write=may_write(request, webinar),
        propose=state == DraftState.DRAFT,
        publish=curator and state in (DraftState.DRAFT, DraftState.REVIEW, DraftState.SCHEDULED),
        send_back=curator and state in (DraftState.REVIEW, DraftState.SCHEDULED),
        archive=curator and state != DraftState.ARCHIVED,
        reopen=curator and state == DraftState.ARCHIVED,
        share=state != DraftState.ARCHIVED,
    )


def screen(request: HttpRequest, webinar: Webinar, **refused: Any) -> dict[str, Any]:
    """For ``curation/case.html``; ``refused``: a form of the page, with its errors. 5 queries at most."""
    revisions = list(versions.revisions(webinar))
    kept = draft_of(request)
    return {
        "webinar": webinar,
        "sentence": sentence(webinar),
        "may": may(request, webinar),
        "lacks": lacks(webinar) if webinar.state in (DraftState.DRAFT, DraftState.REVIEW) else [],
        "reader": history.reader(webinar, revisions),
        "returned": history.returned(revisions),
        "acts": Paginator(history.acts(revisions), PER_PAGE).get_page(request.GET.get("page", "1")),
        "links": list(reads.preview_links(webinar)),
        "now": timezone.now(),
        "new_link": request.session.pop(NEW_LINK, ""),
        "send_back": SendBackForm(initial=typed(kept, "send_back_reason")),
        "archive": ArchiveForm(initial=typed(kept, "archive_reason")),
        "schedule": ScheduleForm(initial=typed(kept, "day", "hour")),
        **refused,
    }


def sentence(webinar: Webinar) -> str:
    if webinar.state == DraftState.DRAFT and webinar.is_public:
        return CHANGED
    return SENTENCES[DraftState(webinar.state)]


def lacks(webinar: Webinar) -> list[Pointer]:
    """What publication asks for, each with its place in the form. 3 queries."""
    said = sheet.read(webinar.draft)
    _, known = reads.names_for(said)
    return [Pointer(anchor(lack.field), FIELDS[lack.field], lack.text) for lack in checks.lacks(said, known)]
