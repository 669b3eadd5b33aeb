"""Loads ``fixtures/content/webinars``: people, organisations, cases. A case that curators changed is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.core.content import read_yaml
from apps.editorial.enums import RevisionAction
from apps.editorial.shape import ShapeError
from apps.webinars import checks, naming, selectors, sheet
from apps.webinars.enums import OrganisationKind
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import people
from apps.webinars.services.rewriting import (
    ORGANISATIONS,
    PEOPLE,
    Change,
    Moving,
    Renaming,
    hold_library,
)
from apps.webinars.services.workflow import CASES

FOLDER = "webinars"
REGISTERS = ("persons.yaml", "organisations.yaml")
# The facts of the published cases come from one report; a file may say otherwise.
REPORT = {
    "status": "S",
    "label": "Le RAMEAU, rapport intermédiaire « Vers de nouveaux modèles socio-économiques »",
    "year": "2024",
    "url": "",
}
FROM_FILES = (RevisionAction.IMPORTED, RevisionAction.CORRECTED)


class ContentError(ValueError):
    """A file cannot be published as it is; the message says which and why, in French."""


def load() -> str:
    """Idempotent; one sentence that tells what was done. ContentError refuses a doubtful file."""
    hold_library()
    changes = [*load_people(), *load_organisations()]
    known = selectors.references()
    written, kept = 0, list[str]()
    for path in sorted(Path(settings.CONTENT_DIR, FOLDER).glob("*.yaml")):
        if path.name in REGISTERS:
            continue
        said = read_case(path.name, read_yaml(FOLDER, path.name), changes, known)
        done = publish_file(said)
        written += done is True
        if done is None:
            kept.append(said.slug)
    told = f"{Webinar.objects.filter(sheet__isnull=False).count()} cas publics, {written} écrits"
    return f"{told} ; laissés tels que la curation les a faits : {', '.join(kept)}" if kept else told


def load_people() -> list[Change]:
    """What makes the sheets of the files say what the tables say: merged, corrected and removed people."""
    changes = list[Change]()
    for row in read_yaml(FOLDER, "persons.yaml")["persons"]:
        if naming.is_forgotten(row["slug"]):
            Person.objects.get_or_create(slug=row["slug"], defaults={"is_withdrawn": True, "is_locked": True})
        else:
            changes += keep_person(row)
    return changes


def keep_person(row: dict[str, Any]) -> Iterator[Change]:
    """Writes the row unless a curator did; a row that exists is hers whatever her name, so that namesakes stay."""
    slug, name = row["slug"], f"{row['first_name']} {row['last_name']}".strip()
    known = Person.objects.filter(slug=slug).exists()
    gone = None if known else people.withdrawn_person(slug, name, *row["spellings"])
    if gone:
        yield people.forgetting(slug, gone, [name, *row["spellings"]])
        return
    found = keep(Person, row, ("first_name", "last_name", "spellings", "note"))
    if found.slug != slug:
        yield Moving(PEOPLE, slug, found.slug)
    elif str(found) != name:
        yield Renaming(slug, name, str(found))


def load_organisations() -> Iterator[Change]:
    for row in read_yaml(FOLDER, "organisations.yaml")["organisations"]:
        if row["kind"] not in OrganisationKind.values:
            raise ContentError(
                f"organisations.yaml, « {row['slug']} » : le type « {row['kind']} » n’existe pas."
            )
        names = ("name", "kind", "region_id", "spellings", "note")
        found = keep(CitedOrganisation, {**row, "region_id": row["region"] or None}, names)
        if found.slug != row["slug"]:
            yield Moving(ORGANISATIONS, row["slug"], found.slug)


def keep(model: Any, row: dict[str, Any], names: tuple[str, ...]) -> Any:
    """Writes the row unless a person corrected it; the row it leads to when it was merged."""
    found = model.objects.filter(slug=row["slug"]).select_related("merged_into").first()
    if found is None:
        return model.objects.create(slug=row["slug"], **{name: row[name] for name in names})
    if found.merged_into:
        return found.merged_into
    if not found.is_locked and any(getattr(found, name) != row[name] for name in names):
        for name in names:
            setattr(found, name, row[name])
        found.save()
    return found


def read_case(name: str, data: Any, changes: list[Change], known: checks.References) -> sheet.Sheet:
    """The sheet of one file, as the tables would have it. ContentError when it may not be published."""
    try:
        said = sheet.read({"source": REPORT, **data} if isinstance(data, dict) else data)
        said = sheet.read(changed(sheet.stored(said), changes))
    except ShapeError as error:
        raise ContentError(f"{name} : {error}") from error
    if found := checks.lacks(said, known):
        raise ContentError(f"{name} : " + " ".join(f"[{lack.field}] {lack.text}" for lack in found))
    return said


def changed(data: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    for change in changes:
        data = change.sheet(data)
    return data


def publish_file(said: sheet.Sheet) -> bool | None:
    """True when written, False when nothing changed, None when curators made it theirs."""
    webinar = Webinar.objects.select_for_update().filter(slug=said.slug).first()
    stored = sheet.stored(said)
    if webinar is None:
        webinar = Webinar.objects.create(slug=said.slug, draft=stored)
    elif webinar.draft == stored:
        return False
    elif webinar.revisions.exclude(action__in=FROM_FILES).exists():
        return None
    else:
        webinar.draft = stored
        webinar.version += 1
    CASES.show(webinar, by=None, action=RevisionAction.IMPORTED)
    return True
