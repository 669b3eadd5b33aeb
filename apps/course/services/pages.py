"""From a draft of the course to what learners read: the library's workflow, and what a publication projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.catalogue.enums import ResourceKind
from apps.catalogue.models import Goal, Pillar, Resource
from apps.course import checks, practical, selectors, sheet
from apps.course.enums import PageKind
from apps.course.models import Page, PageRevision
from apps.course.parts import parts_of
from apps.editorial.enums import DraftState, RevisionAction
from apps.editorial.shape import Lack
from apps.editorial.workflow import NotNowError, Workflow

KINDS = {PageKind.STEP: ResourceKind.COURSE_STEP, PageKind.MODULE: ResourceKind.MODULE}
OURS = {"label": "Proposition pédagogique de la plateforme", "year": "2026", "url": ""}
SAY_WHAT_CHANGED = "Dites en une phrase ce qui change : le journal public du parcours la montre."


class PageWorkflow(Workflow[Page, sheet.Page]):
    model = Page

    def read(self, data: Any) -> sheet.Page:
        return sheet.read(data)

    def stored(self, row: Page, said: sheet.Page) -> dict[str, Any]:
        return sheet.stored(said.model_copy(update={"slug": row.slug}))

    def lacks(self, row: Page, said: sheet.Page) -> list[Lack]:
        return [*checks.lacks(said, selectors.references()), *taken_number(row, said)]

    @transaction.atomic
    def publish(
        self,
        *,
        row: Page,
        by: User | None,
        at: datetime | None = None,
        reason: str = "",
        version: int | None = None,
    ) -> Page:
        """As the house's. A publication that is only planned says what changes already: nobody is there to ask later."""
        held = self.hold(row, version)
        if held.state != DraftState.PUBLISHED:
            must_say(held, reason)
        return super().publish(row=held, by=by, at=at, reason=reason)

    def show(
        self, held: Page, *, by: User | None, action: str = RevisionAction.PUBLISHED, reason: str = ""
    ) -> Page:
        """A page that readers know says what changes. NotNowError when ``reason`` is missing then."""
        must_say(held, reason)
        held.edition += 1
        return super().show(held, by=by, action=action, reason=reason)

    def record(self, row: Page, action: str, *, by: User | None, reason: str = "") -> PageRevision:
        revision = super().record(row, action, by=by, reason=reason)
        assert isinstance(revision, PageRevision)
        if action in (RevisionAction.PUBLISHED, RevisionAction.IMPORTED):
            revision.edition = row.edition
            revision.save(update_fields=["edition"])
        return revision

    def project(self, row: Page) -> None:
        said = sheet.read(row.sheet)
        row.kind, row.title, row.summary, row.minutes = said.kind, said.title, said.summary, said.minutes
        row.number = said.number if isinstance(said, sheet.Step) else 0
        row.parts = [part.stored() for part in parts_of(said)]
        row.save()
        register(row, said)
        if isinstance(said, sheet.Step):
            practical.request(row)

    def withdraw(self, row: Page) -> None:
        """NotNowError for a step: the diagnostic and learners lean on the seven."""
        raise NotNowError("Une page du parcours ne s’archive pas : remplacez son contenu.")


WORKFLOW = PageWorkflow()


def must_say(row: Page, reason: str) -> None:
    """NotNowError when readers know the page, it changes, and nothing says how."""
    if changes_for_readers(row) and not reason.strip():
        raise NotNowError(SAY_WHAT_CHANGED)


def changes_for_readers(row: Page) -> bool:
    return row.is_public and row.sheet != row.draft


def taken_number(row: Page, said: sheet.Page) -> list[Lack]:
    if not isinstance(said, sheet.Step):
        return []
    others = Page.objects.filter(kind=PageKind.STEP, number=said.number, sheet__isnull=False)
    if others.exclude(pk=row.pk).exists():
        return [Lack("number", f"Une autre étape porte déjà le numéro {said.number}.")]
    return []


def register(row: Page, said: sheet.Page) -> None:
    """The page's row in the one index of resources: the diagnostic recommends from there."""
    resource, _ = Resource.objects.update_or_create(
        code=row.slug,
        defaults={
            "kind": KINDS[PageKind(row.kind)],
            "medoc_id": "competence",
            "name": said.title,
            "summary": said.summary,
            "audience": said.audience,
            "minutes": said.minutes,
            "position": row.number,
            "status": said.status,
            "source_label": OURS["label"],
            "source_year": OURS["year"],
            "source_url": OURS["url"],
            "other_sources": {"tags": {"status": "R", **OURS}},
        },
    )
    resource.pillars.set(Pillar.objects.filter(pk__in=said.pillars))
    resource.goals.set(Goal.objects.filter(number__in=said.goals))


def publish_file(said: sheet.Page) -> bool | None:
    """A page of the files. True when written, False when nothing changed, None when curators made it theirs."""
    page = Page.objects.select_for_update().filter(slug=said.slug).first()
    stored = sheet.stored(said)
    if page is None:
        page = Page.objects.create(slug=said.slug, kind=said.kind, draft=stored)
    elif page.draft == stored:
        return False
    elif page.revisions.exclude(action=RevisionAction.IMPORTED).exists():
        return None
    else:
        page.draft, page.version = stored, page.version + 1
    reason = "Contenu mis à jour." if page.is_public else "Première publication."
    WORKFLOW.show(page, by=None, action=RevisionAction.IMPORTED, reason=reason)
    return True
