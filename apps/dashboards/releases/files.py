"""Which file is that of a release: its name, its version, who makes it. All from what the release shows, and nothing else."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from threading import Lock
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.selectors import Person
from apps.core.typography import nbsp
from apps.dashboards import selectors
from apps.dashboards.figures.gallery import Figure
from apps.dashboards.models import Release
from apps.dashboards.releases import exports, numbers, paper, sheet
from apps.dashboards.releases.numbers import Heading, Protected
from apps.dashboards.tables import TABLES
from apps.documents import registry, services
from apps.documents.models import Document
from apps.documents.registry import DocumentSource, FileSource, Words
from apps.documents.selectors import find_document

# Raise one when what it names is made otherwise: the next request gives a new file.
VERSIONS = {"table": "table-1", "release": "release-1", "sheet": "fiche-1", "figure": "figure-1"}
RELEASE, SHEET, FIGURE = "release", "release_sheet", "release_figure"
KEPT_FILES = 24
PAST_QUARTERS = 4  # as on the page
Tables = Sequence[Protected]
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def loaded(pk: UUID) -> Release:
    """For a worker: published, with its programme and its tables. Release.DoesNotExist otherwise."""
    found = Release.objects.select_related("programme").prefetch_related("tables")
    return found.get(pk=pk, state="published")


def noon(said: Heading) -> datetime:
    """The only date in a file."""
    return datetime.combine(said.on, time(12), timezone.get_default_timezone())


# --- spreadsheets: made at once, kept by what they say --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TableFile:
    """``version``: what an ETag says. ``content``: the bytes, made when they are asked for."""

    name: str
    media_type: str
    version: str
    make: Callable[[], bytes]

    @property
    def content(self) -> bytes:
        return kept(self.version, self.make)


_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def kept(version: str, make: Callable[[], bytes]) -> bytes:
    """A published release does not change: its last files stay in the process."""
    with _lock:
        found = _kept.get(version)
    if found is None:
        found = make()
        with _lock:
            _kept[version] = found
            while len(_kept) > KEPT_FILES:
                _kept.popitem(last=False)
    return found


def table_file(release: Release, ext: str, key: str = "") -> TableFile | None:
    """Of one table, or of all of them; None when there is no such table or no such format."""
    said, tables = numbers.heading(release), numbers.protected(release)
    wanted = [table for table in tables if not key or table["key"] == key]
    if not wanted or ext not in MEDIA_TYPES:
        return None
    rules = sheet.rules(release)
    return TableFile(
        name=f"trajectoires-{said.slug}-{key or 'tout'}.{ext}",
        media_type=MEDIA_TYPES[ext],
        version=numbers.digest(said, wanted, VERSIONS["table"], ext, rules),
        make=partial(written, ext, said, wanted, rules),
    )


def written(ext: str, said: Heading, tables: Tables, rules: Sequence[str]) -> bytes:
    if ext == "csv":
        return exports.to_csv(said, tables)
    sheets = exports.book(said, tables, rules)
    return exports.to_xlsx(said, sheets) if ext == "xlsx" else exports.to_ods(said, sheets)


# --- documents: made by a worker ------------------------------------------------------------------------------------------
def words(name: str, says: str, format: str = "Fichier") -> Words:
    return Words(
        name=name,
        yours=name,
        e="e" if name.startswith("la ") else "",
        says=says,
        format=format,
        kept="Rien n’est perdu",
        kicker="Publication",
        door="accompagner",
        back=("dashboards:releases",),
        back_label="Revenir aux publications",
    )


def readable(user: Person) -> QuerySet[Any, Any]:
    """Identifiers of the releases that a person reads now: the rule of every kind of here."""
    return selectors.readable_releases(user).order_by().values("pk")


def figure_kind(table: str) -> str:
    """A kind for each table: a worker is told the release alone."""
    return f"{FIGURE}-{table}"[:40]


def register() -> None:
    """Called by ``AppConfig.ready``."""
    whole = words(
        "la publication", "Elle dit la même chose que l’écran, la fiche de confidentialité comprise."
    )
    registry.register(RELEASE, build_release, whole, readable)
    one_page = words("la fiche de confidentialité", "Une page A4.")
    registry.register(SHEET, build_sheet, one_page, readable)
    image = words("l’image", "Avec son titre, sa date et sa légende.", format="Image PNG")
    for table in TABLES:
        registry.register(figure_kind(table.key), partial(build_figure, table.key), image, readable)


def build_release(pk: UUID) -> DocumentSource:
    release = loaded(pk)
    said, past = sheet.read(release), history(release)
    tables = numbers.protected(release)
    drawn = {table["key"]: paper.figure(table, said.k, release.quarter, past) for table in tables}
    return DocumentSource(paper.release_html(tables, drawn, said), noon(said.heading))


def build_sheet(pk: UUID) -> DocumentSource:
    said = sheet.read(loaded(pk))
    return DocumentSource(paper.sheet_html(said), noon(said.heading))


def build_figure(key: str, pk: UUID) -> FileSource:
    """Release.DoesNotExist, or ValueError for a table without a picture."""
    release = loaded(pk)
    said, drawn = numbers.heading(release), figure_of(release, key, history(release))
    if drawn is None:
        raise ValueError(f"{key} has no picture")
    return FileSource(paper.figure_png(said, drawn, noon(said)))


def figure_of(release: Release, key: str, past: paper.Past) -> Figure | None:
    """None without such a table, or for one that is only read."""
    table = next((one for one in numbers.protected(release) if one["key"] == key), None)
    return paper.figure(table, sheet.threshold(release), release.quarter, past) if table else None


def history(release: Release) -> paper.Past:
    """The five axes of the releases before it, oldest first; what a reader of this one may read too. 1 query."""
    rows = selectors.axes_before(release, PAST_QUARTERS)
    return [(row.release.quarter, row.protected) for row in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that the release has, asked for or not."""

    release: Release
    kind: str
    key: str
    title: str
    filename: str

    def find(self) -> Document | None:
        """1 query."""
        return find_document(kind=self.kind, key=self.key)

    def request(self, by: User | None) -> Document:
        """Asked again, the same one. That of a programme is first ``by``'s, and the rule of its kind gives it to the
        others.
        """
        owner = by if self.release.programme_id else None
        return services.request_document(
            kind=self.kind,
            key=self.key,
            subject_id=self.release.pk,
            requested_by=by,
            owner=owner,
            title=self.title,
            filename=self.filename,
        )


def release_pdf(release: Release) -> Wanted:
    said, tables = sheet.read(release), numbers.protected(release)
    state = numbers.digest(
        said.heading, tables, VERSIONS["release"], sheet.state(said), when(history(release))
    )
    return Wanted(release, RELEASE, state, nbsp(said.heading.name), f"trajectoires-{release.slug}.pdf")


def when(past: paper.Past) -> list[tuple[str, Protected]]:
    return [(quarter.slug, table) for quarter, table in past]


def sheet_pdf(release: Release) -> Wanted:
    said = sheet.read(release)
    title = nbsp(f"Fiche de confidentialité : {said.heading.name}")
    state = numbers.digest(said.heading, (), VERSIONS["sheet"], sheet.state(said))
    return Wanted(release, SHEET, state, title, f"trajectoires-{release.slug}-fiche.pdf")


def figure_png(release: Release, key: str) -> Wanted | None:
    """None for a table that has no picture."""
    past = history(release) if key == paper.AXES else []
    drawn = figure_of(release, key, past)
    if drawn is None:
        return None
    said = numbers.heading(release)
    state = numbers.digest(said, (), VERSIONS["figure"], hashlib.sha256(repr(drawn).encode()).hexdigest())
    title = nbsp(f"{drawn.title} : {said.name}")
    return Wanted(release, figure_kind(key), state, title, f"trajectoires-{release.slug}-{key}.png")


def request_papers(release: Release, by: User | None = None) -> None:
    """The PDF and the sheet, ready before the first reader asks; an image waits for who wants it.

    For a programme, ``by`` must be said.
    """
    for one in (release_pdf(release), sheet_pdf(release)):
        one.request(by)
