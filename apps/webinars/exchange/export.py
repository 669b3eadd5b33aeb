"""The library as files: drafts for curators, public sheets for ``fixtures/content``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from apps.catalogue.models import Fragility, Goal, Level, Pillar, Region, SizeClass
from apps.core.sources import SourceStatus
from apps.webinars import enums
from apps.webinars.content import FOLDER, REPORT
from apps.webinars.exchange import tables, xlsx_write, yaml_write
from apps.webinars.exchange.registers import organisation_data, person_data
from apps.webinars.exchange.rows import Data
from apps.webinars.models import CitedOrganisation, Person, Webinar


def people() -> list[Data]:
    """Merged rows are left out: sheets cite the row that was kept. 1 query."""
    return [person_data(row) for row in Person.objects.filter(merged_into=None).order_by("slug")]


def organisations() -> list[Data]:
    rows = CitedOrganisation.objects.filter(merged_into=None).order_by("slug")
    return [organisation_data(row) for row in rows]


def drafts() -> Iterator[tuple[Data, int]]:
    """What curators work on, with its version. 1 query."""
    for row in Webinar.objects.order_by("date", "slug").only("slug", "draft", "version"):
        yield {**row.draft, "slug": row.slug}, row.version


def spreadsheet() -> bytes:
    return xlsx_write.workbook(tables.flat(drafts(), people(), organisations()), codes())


def one_yaml() -> bytes:
    texts = [text for _, text in cases(said for said, _ in drafts())]
    return yaml_write.whole(texts, people(), organisations()).encode()


def archive() -> bytes:
    """One file a case, and the two registers."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in (*registers(), *cases(said for said, _ in drafts())):
            made.writestr(name, text)
    return out.getvalue()


def cases(sheets: Iterable[Data]) -> Iterator[tuple[str, str]]:
    """Name of the file and its text; the source of all is said once, by ``content``."""
    for said in sheets:
        yield file_name(said["slug"]), yaml_write.case(said, source=said["source"] != REPORT)


def registers() -> Iterator[tuple[str, str]]:
    yield "persons.yaml", yaml_write.PERSONS + yaml_write.persons(people())
    yield "organisations.yaml", yaml_write.ORGANISATIONS + yaml_write.organisations(organisations())


def file_name(slug: str) -> str:
    return f"{slug.removeprefix('webinaire-')}.yaml"


def write_folder(folder: Path) -> tuple[int, list[str]]:
    """Writes ``folder/webinars`` from what readers see: how many files changed, and those of no public case, left."""
    place = folder if folder.name == FOLDER else folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    public = Webinar.objects.filter(sheet__isnull=False, is_demo=False).order_by("slug")
    files = dict((*registers(), *cases({**(row.sheet or {}), "slug": row.slug} for row in public)))
    written = 0
    for name, text in files.items():
        path = place / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written += 1
    return written, sorted(path.name for path in place.glob("*.yaml") if path.name not in files)


def codes() -> Iterator[tuple[str, str, str]]:
    """Lists that cells cite, for whoever fills them."""
    for title, model, key in (
        ("odd", Goal, "number"),
        ("fragilités", Fragility, "pk"),
        ("appuis", Pillar, "pk"),
        ("échelons", Level, "pk"),
        ("régions", Region, "pk"),
        ("tailles", SizeClass, "pk"),
    ):
        for row in model._default_manager.order_by("position"):
            yield title, str(getattr(row, key)), str(row)
    for title, choices in (
        ("cycle", enums.Cycle),
        ("nature des leviers", enums.LeversKind),
        ("échelon (modèles)", enums.ModelLevel),
        ("état (modèles)", enums.Maturity),
        ("type (organisations)", enums.OrganisationKind),
        ("statut de la source", SourceStatus),
    ):
        for value, label in choices.choices:
            yield title, value, str(label)
