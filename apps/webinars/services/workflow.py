"""From draft to published, for the cases of the library: the house's workflow, and what a case projects."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.editorial.enums import RevisionAction
from apps.editorial.shape import Lack
from apps.editorial.workflow import NotNowError, Workflow
from apps.webinars import checks, selectors, sheet
from apps.webinars.models import Webinar
from apps.webinars.services import projection


class CaseWorkflow(Workflow[Webinar, sheet.Sheet]):
    model = Webinar

    def read(self, data: Any) -> sheet.Sheet:
        return sheet.read(data)

    def stored(self, row: Webinar, said: sheet.Sheet) -> dict[str, Any]:
        return sheet.stored(said.model_copy(update={"slug": row.slug}))

    def lacks(self, row: Webinar, said: sheet.Sheet) -> list[Lack]:
        return checks.lacks(said, selectors.references())

    def project(self, row: Webinar) -> None:
        projection.project(row)

    def withdraw(self, row: Webinar) -> None:
        """StillCitedError when the diagnostic recommends it."""
        projection.withdraw(row)

    @transaction.atomic
    def create(self, *, by: User | None, draft: sheet.Sheet, slug: str = "", reason: str = "") -> Webinar:
        """A new draft. Its address comes from the date, with a suffix when two webinars share it."""
        wanted = slug or address(draft)
        for attempt in range(1, 100):
            free = wanted if attempt == 1 else f"{wanted}-{attempt}"
            if Webinar.objects.filter(slug=free).exists():
                continue
            try:
                with transaction.atomic():
                    webinar = Webinar.objects.create(
                        slug=free, draft=sheet.stored(draft.model_copy(update={"slug": free})), author=by
                    )
            except IntegrityError:  # taken meanwhile by another curator
                continue
            self.record(webinar, RevisionAction.CREATED, by=by, reason=reason)
            return webinar
        raise NotNowError("Trop de fiches portent cette date : donnez une autre adresse.")


CASES = CaseWorkflow()


def address(draft: sheet.Sheet) -> str:
    return f"webinaire-{draft.date.isoformat()}" if draft.date else "fiche"
