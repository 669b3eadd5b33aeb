"""The workbook of the scenarios, with live formulas: a document that a worker makes and that the team reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from apps.accounts.models import User
from apps.core.typography import count, nbsp
from apps.documents import registry, services
from apps.documents.models import Document
from apps.documents.registry import FileSource, Words
from apps.methodology import readers
from apps.methodology.bench.sheet import Sheet
from apps.methodology.dossier.rows import FileRow
from apps.methodology.errors import Refused
from apps.methodology.models import Engagement
from apps.methodology.simulation import figures, reading
from apps.simulator.study import Study
from apps.simulator.workbook import Book, Scenario, write_ods, write_xlsx
from apps.simulator.workbook.build import MOST_SCENARIOS

# Raise it when the workbook changes: the next request gives a new file.
VERSION = "simulation-2"
KEPT = timedelta(days=30)
ALONE = "Sans hypothèse"
NO_BASE = "Il manque un exercice de départ\u00a0: remplissez-en un à l’étape 3, puis demandez le classeur."


@dataclass(frozen=True, slots=True)
class Format:
    ext: str
    name: str
    about: str
    write: Callable[[Book], bytes]
    format: str

    @property
    def kind(self) -> str:
        """Of its documents."""
        return f"simulation-{self.ext}"

    def build(self, subject: UUID) -> FileSource:
        """Run by a worker. Engagement.DoesNotExist for a démarche that is gone; Refused when its base was emptied."""
        engagement = Engagement.objects.select_related("organisation").get(pk=subject)
        made = book(engagement)
        if made is None:
            raise Refused(NO_BASE)
        return FileSource(self.write(made))


FORMATS = {
    one.ext: one
    for one in (
        Format("xlsx", "Le classeur, pour un tableur", "Excel et les autres.", write_xlsx, "Classeur XLSX"),
        Format("ods", "Le classeur, pour LibreOffice", "Le format ouvert.", write_ods, "Classeur ODS"),
    )
}
KINDS = tuple(one.kind for one in FORMATS.values())


def register() -> None:
    """Called by ``AppConfig.ready``."""
    for one in FORMATS.values():
        words = Words(
            name="le classeur",
            yours="le classeur",
            says="Ses chiffres sont ceux de l’écran, et ses formules les refont.",
            kept="Rien n’est perdu dans la démarche",
            kicker="Démarche",
            format=one.format,
            back=("method:choosing", "{subject}"),
            back_label="Revenir aux scénarios",
        )
        registry.register(one.kind, one.build, words, readers.of_engagements)


# --- what it holds --------------------------------------------------------------------------------------------------------
def book(engagement: Engagement) -> Book | None:
    """Every scenario in its order, the base alone when there is none. None without a base."""
    found = figures.every(figures.sheet_for_files(engagement))
    if found is None:
        return None
    _, alone, futures = found
    studies = [(one.row.title, study) for one, study in futures[:MOST_SCENARIOS]] or [(ALONE, alone)]
    return Book(
        title=engagement.title,
        association=engagement.organisation.name,
        made_on=timezone.localdate(),
        scenarios=[scenario(title, study) for title, study in studies],
    )


def scenario(title: str, study: Study) -> Scenario:
    return Scenario(title, study.plan, study.projection, study.band, study.swings)


# --- asking for it --------------------------------------------------------------------------------------------------------
def state(sheet: Sheet) -> str:
    """All that a workbook says, "" without a base. No query beside the sheet’s."""
    begin, engagement = reading.start(sheet), sheet.engagement
    if begin is None:
        return ""
    told = [(one.row.title, one.plan) for one in reading.futures(sheet, begin)]
    return repr((engagement.title, engagement.organisation.name, begin.base, begin.settings, told))


def key(engagement: Engagement, one: Format, said: str) -> str:
    return hashlib.sha256(f"{VERSION} {one.kind} {engagement.pk} {said}".encode()).hexdigest()


def request(sheet: Sheet, one: Format, by: User) -> Document:
    """The workbook of what is written now; asking again returns the same one. Raises Refused without a base."""
    engagement, said = sheet.engagement, state(sheet)
    if not said:
        raise Refused(NO_BASE)
    wanted = key(engagement, one, said)
    for old in Document.objects.filter(kind=one.kind, subject_id=engagement.pk).exclude(key=wanted):
        services.remove(document=old)
    asked = services.request_document(
        kind=one.kind,
        key=wanted,
        subject_id=engagement.pk,
        organisation=engagement.organisation,
        requested_by=by,
        title=f"{one.name}\u00a0: {engagement.title}"[:200],
        filename=f"simulation-{slugify(engagement.title)[:80].strip('-') or 'demarche'}.{one.ext}",
        kept=KEPT,
    )
    return services.retry(document=asked)


# --- on the page ----------------------------------------------------------------------------------------------------------
def rows(sheet: Sheet) -> list[FileRow[Format]]:
    """[] without a base. 1 query beside the sheet’s."""
    engagement, said = sheet.engagement, state(sheet)
    if not said:
        return []
    held = Document.objects.filter(kind__in=KINDS, subject_id=engagement.pk).order_by("requested_at")
    found = {row.kind: row for row in held}
    return [
        FileRow(
            one,
            reverse("method:choosing_book", args=[engagement.pk, one.ext]),
            document := found.get(one.kind),
            document is not None and document.key == key(engagement, one, said),
        )
        for one in FORMATS.values()
    ]


def left_out(sheet: Sheet) -> str:
    """A sentence when the workbook cannot hold every scenario, or ""."""
    more = len(sheet.rows("scenario")) - MOST_SCENARIOS
    if more <= 0:
        return ""
    absent = count(more, "scénario n’y est pas", "scénarios n’y sont pas")
    return nbsp(f"Un classeur tient {MOST_SCENARIOS} scénarios au plus : {absent}, en fin de liste.")
