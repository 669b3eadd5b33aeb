"""Loads ``fixtures/content/webinars``: people, organisations, cases. A case that curators changed is theirs."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.core.content import read_yaml
from apps.webinars import checks, selectors, sheet
from apps.webinars.enums import OrganisationKind, RevisionAction
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import people
from apps.webinars.services.workflow import show

FOLDER = "webinars"
REGISTERS = ("persons.yaml", "organisations.yaml")
FROM_FILES = (RevisionAction.IMPORTED, RevisionAction.CORRECTED)


class ContentError(ValueError):
    """A file cannot be published as it is; the message says which and why, in French."""


@dataclass
class Aliases:
    """Slug in the files → slug in the tables, where they differ: merged rows, people who asked to leave."""

    people: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)


def load() -> str:
    """Idempotent; one sentence that tells what was done. ContentError refuses a doubtful file."""
    aliases = Aliases(load_people(), load_organisations())
    known = selectors.references()
    written, kept = 0, list[str]()
    for path in sorted(Path(settings.CONTENT_DIR, FOLDER).glob("*.yaml")):
        if path.name in REGISTERS:
            continue
        said = read_case(path.name, read_yaml(FOLDER, path.name), aliases, known)
        done = publish_file(said)
        written += done is True
        if done is None:
            kept.append(said.slug)
    told = f"{Webinar.objects.filter(sheet__isnull=False).count()} cas publics, {written} écrits"
    return f"{told} ; laissés tels que la curation les a faits : {', '.join(kept)}" if kept else told


def load_people() -> dict[str, str]:
    """Slug in the file → slug in the table, when they differ."""
    moved: dict[str, str] = {}
    for row in read_yaml(FOLDER, "persons.yaml")["persons"]:
        gone = people.withdrawn_person(
            row["slug"], f"{row['first_name']} {row['last_name']}", *row["spellings"]
        )
        if gone:
            moved[row["slug"]] = gone.slug
            continue
        moved |= keep(Person, row, ("first_name", "last_name", "spellings", "note"))
    return moved


def load_organisations() -> dict[str, str]:
    moved: dict[str, str] = {}
    for row in read_yaml(FOLDER, "organisations.yaml")["organisations"]:
        if row["kind"] not in OrganisationKind.values:
            raise ContentError(
                f"organisations.yaml, « {row['slug']} » : le type « {row['kind']} » n’existe pas."
            )
        moved |= keep(
            CitedOrganisation,
            {**row, "region_id": row.pop("region") or None},
            ("name", "kind", "region_id", "spellings", "note"),
        )
    return moved


def keep(model: Any, row: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """Writes the row unless a person corrected it; where it leads when it was merged."""
    found = model.objects.filter(slug=row["slug"]).select_related("merged_into").first()
    if found is None:
        model.objects.create(slug=row["slug"], **{name: row[name] for name in names})
        return {}
    if found.merged_into:
        return {row["slug"]: found.merged_into.slug}
    if not found.is_locked and any(getattr(found, name) != row[name] for name in names):
        for name in names:
            setattr(found, name, row[name])
        found.save()
    return {}


def read_case(name: str, data: Any, aliases: Aliases, known: checks.References) -> sheet.Sheet:
    """The sheet of one file, its slugs as the tables have them. ContentError when it may not be published."""
    try:
        said = sheet.read(renamed(data, aliases))
    except sheet.SheetError as error:
        raise ContentError(f"{name} : {error}") from error
    if found := checks.lacks(said, known):
        raise ContentError(f"{name} : " + " ".join(f"[{lack.field}] {lack.text}" for lack in found))
    return said


def renamed(data: Any, aliases: Aliases) -> Any:
    moved = {**aliases.people, **aliases.organisations}
    changed = people.walk(
        copy.deepcopy(data), lambda text, key: moved.get(text, text) if key in people.CITING else text
    )
    for speaker in changed.get("speakers", []) if isinstance(changed, dict) else []:
        if str(speaker.get("person", "")).startswith("personne-retiree-"):
            speaker["role"] = ""
    return changed


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
    show(webinar, by=None, action=RevisionAction.IMPORTED)
    return True
