"""The files of a dossier: each is a document that a worker makes and that the team reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from apps.accounts.models import User
from apps.documents import registry, services
from apps.documents.models import Document
from apps.documents.registry import DocumentSource, FileSource, Words
from apps.methodology import readers
from apps.methodology.choosing.report import report
from apps.methodology.dossier import archive, names, odt, paper, sheets, stamp
from apps.methodology.dossier.contents import Contents
from apps.methodology.dossier.reading import read
from apps.methodology.models import Engagement

# Raise it when a template, a style sheet or a writer changes: the next request gives new files.
VERSION = "dossier-4"
# A file left behind keeps names that the démarche may have lost since: it does not stay long.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Format:
    """``ext`` is the end of the file’s address; ``name`` and ``about`` are said on the page of the dossier."""

    ext: str
    name: str
    about: str
    make: Callable[[Contents], DocumentSource | FileSource]
    format: str = ""

    @property
    def kind(self) -> str:
        """Of its documents."""
        return "dossier" if self.ext == "pdf" else f"dossier-{self.ext}"

    def build(self, subject: UUID) -> DocumentSource | FileSource:
        """Run by a worker. Engagement.DoesNotExist for a démarche that is gone."""
        engagement = Engagement.objects.select_related("organisation").get(pk=subject)
        return self.make(replace(read(engagement), simulation=report(engagement, names.of_seat)))


FORMATS = {
    one.ext: one
    for one in (
        Format(
            "pdf",
            "Le dossier à imprimer",
            "Étape par étape, avec sa couverture et son sommaire. Lisible par un lecteur d’écran.",
            lambda contents: DocumentSource(paper.html(contents), timezone.now()),
        ),
        Format(
            "odt",
            "Le texte à retravailler",
            "Le même contenu, à reprendre dans LibreOffice ou Word.",
            lambda contents: FileSource(odt.write(contents)),
            "Texte ODT",
        ),
        Format(
            "xlsx",
            "Les données, pour un tableur",
            "Une feuille par outil, une ligne par élément, les chiffres de chaque scénario et les voix, puis les notes présentées à la signature, les décisions et les validations.",
            lambda contents: FileSource(sheets.to_xlsx(contents)),
            "Classeur XLSX",
        ),
        Format(
            "ods",
            "Les données, pour LibreOffice",
            "Les mêmes feuilles, au format ouvert.",
            lambda contents: FileSource(sheets.to_ods(contents)),
            "Classeur ODS",
        ),
        Format(
            "zip",
            "Tout, en une archive",
            "Les quatre fichiers, les notes présentées à la signature et les données complètes : lisible sans la plateforme, et importable dans une autre association.",
            lambda contents: FileSource(archive.write(contents)),
            "Archive ZIP",
        ),
    )
}
KINDS = tuple(one.kind for one in FORMATS.values())


def register() -> None:
    """Called by ``AppConfig.ready``."""
    for one in FORMATS.values():
        words = Words(
            name="le dossier" if one.ext == "pdf" else "le fichier",
            yours="le dossier" if one.ext == "pdf" else "le fichier",
            says="Il dit ce que la démarche contenait à ce moment-là.",
            kept="Rien n’est perdu dans la démarche",
            kicker="Démarche",
            format=one.format,
            back=("method:dossier", "{subject}"),
            back_label="Revenir au dossier",
        )
        registry.register(one.kind, one.build, words, readers.of_engagements)


def key(engagement: Engagement, one: Format, state: str) -> str:
    return hashlib.sha256(f"{VERSION} {one.kind} {engagement.pk} {state}".encode()).hexdigest()


def request(engagement: Engagement, one: Format, by: User) -> Document:
    """The file of the démarche as it is now; asking again returns the same one. Those of before are erased."""
    wanted = key(engagement, one, stamp.stamp(engagement))
    for old in Document.objects.filter(kind=one.kind, subject_id=engagement.pk).exclude(key=wanted):
        services.remove(document=old)
    asked = services.request_document(
        kind=one.kind,
        key=wanted,
        subject_id=engagement.pk,
        organisation=engagement.organisation,
        requested_by=by,
        title=f"{one.name}\u00a0: {engagement.title}",
        filename=filename(engagement, one.ext),
        kept=KEPT,
    )
    return services.retry(document=asked)


def filename(engagement: Engagement, ext: str) -> str:
    stem = slugify(engagement.title)[:80].strip("-") or "demarche"
    return f"dossier-{stem}.{ext}"


def documents(engagement: Engagement) -> dict[str, Document]:
    """By kind, the last one asked for. 1 query."""
    rows = Document.objects.filter(kind__in=KINDS, subject_id=engagement.pk).order_by("requested_at")
    return {row.kind: row for row in rows}
