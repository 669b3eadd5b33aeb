"""Persons and organisations: who they may already be, merge, correction, removal at a person's request.

Every sheet that names them is rewritten in the same transaction: draft, public sheet and revisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat

from apps.accounts.models import User
from apps.webinars import naming
from apps.webinars.enums import PersonRequestKind, RevisionAction
from apps.webinars.models import Cited, CitedOrganisation, Person, PersonRequest, Webinar
from apps.webinars.services.projection import project
from apps.webinars.services.workflow import record

Row = TypeVar("Row", bound=Cited)
ALIKE = 0.45  # trigram similarity from which two names are shown side by side


class RefusedError(ValueError):
    """What was asked makes no sense for this row; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the name may still be read after a removal."""

    webinar: Webinar
    field: str


def people_like(first_name: str, last_name: str, *, other_than: int = 0) -> list[Person]:
    """People whose name resembles this one, the closest first; five at most. 1 query."""
    full = f"{first_name} {last_name}".strip()
    score = TrigramSimilarity(Concat("first_name", Value(" "), "last_name"), full)
    rows = Person.objects.filter(merged_into=None, is_withdrawn=False).exclude(pk=other_than)
    return list(
        rows.annotate(score=score)
        .filter(Q(score__gte=ALIKE) | Q(spellings__contains=[full]))
        .order_by("-score")[:5]
    )


def organisations_like(name: str, *, other_than: int = 0) -> list[CitedOrganisation]:
    rows = CitedOrganisation.objects.filter(merged_into=None).exclude(pk=other_than)
    score = TrigramSimilarity("name", name)
    return list(
        rows.annotate(score=score)
        .filter(Q(score__gte=ALIKE) | Q(spellings__contains=[name]))
        .order_by("-score")[:5]
    )


def free_slug(model: type[Cited], wanted: str) -> str:
    base = (wanted or "sans-nom")[:100]
    free, attempt = base, 1
    while model._default_manager.filter(slug=free).exists():
        attempt += 1
        free = f"{base}-{attempt}"
    return free


def withdrawn_person(*names: str) -> Person | None:
    """The nameless row of the person who asked to leave, when one of these names is hers."""
    if not PersonRequest.objects.filter(kind=PersonRequestKind.REMOVAL).exists():
        return None
    keys = [naming.sealed(naming.key(name)) for name in names if name]
    found = (
        PersonRequest.objects.filter(kind=PersonRequestKind.REMOVAL, keys__overlap=keys)
        .select_related("person")
        .first()
    )
    return found.person if found else None


def add_person(*, first_name: str, last_name: str) -> Person:
    """A new row; the nameless one when this person asked to leave."""
    gone = withdrawn_person(f"{first_name} {last_name}")
    if gone:
        return gone
    slug = free_slug(Person, naming.key(first_name, last_name))
    return Person.objects.create(slug=slug, first_name=first_name.strip(), last_name=last_name.strip())


def add_organisation(*, name: str, kind: str, region_id: str | None = None) -> CitedOrganisation:
    slug = free_slug(CitedOrganisation, naming.key(name))
    return CitedOrganisation.objects.create(slug=slug, name=name.strip(), kind=kind, region_id=region_id)


@transaction.atomic
def merge(*, kept: Row, other: Row, by: User | None) -> Row:
    """``other`` becomes another spelling of ``kept``; its address leads to it. RefusedError for a row merged or gone."""
    model = type(kept)
    rows = {
        row.pk: row for row in model._default_manager.select_for_update().filter(pk__in=[kept.pk, other.pk])
    }
    if kept.pk == other.pk:
        raise RefusedError("Choisissez deux fiches différentes.")
    kept, other = rows[kept.pk], rows[other.pk]
    if kept.merged_into_id or other.merged_into_id:
        raise RefusedError("L’une des deux est déjà fusionnée : rechargez la page.")
    if getattr(kept, "is_withdrawn", False) or getattr(other, "is_withdrawn", False):
        raise RefusedError("Une personne retirée à sa demande ne se fusionne pas.")
    kept.spellings = sorted({*kept.spellings, *other.spellings, str(other)} - {str(kept)})
    kept.is_locked = True
    kept.save(update_fields=["spellings", "is_locked"])
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    model._default_manager.filter(merged_into=other).update(merged_into=kept)
    rewrite(replacing(other.slug, kept.slug), by=by, reason=f"Fusion avec « {kept} »")
    return kept


@transaction.atomic
def correct_person(
    *, person: Person, first_name: str, last_name: str, asked_on: date | None, reason: str, by: User | None
) -> Person:
    """The name is corrected everywhere; dated and traced when she asked for it."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.is_withdrawn or held.merged_into_id:
        raise RefusedError("Cette fiche n’est plus modifiable.")
    if not last_name.strip():
        raise RefusedError("Le nom manque.")
    before = str(held)
    held.first_name, held.last_name, held.is_locked = first_name.strip(), last_name.strip(), True
    held.save(update_fields=["first_name", "last_name", "is_locked"])
    if asked_on:
        held.requests.create(
            kind=PersonRequestKind.CORRECTION,
            asked_on=asked_on,
            reason=reason,
            by=by,
            done=f"« {before} » devient « {held} ».",
        )
    project_again(held.slug)
    return held


@transaction.atomic
def correct_organisation(
    *, organisation: CitedOrganisation, name: str, kind: str, region_id: str | None, by: User | None
) -> CitedOrganisation:
    held = CitedOrganisation.objects.select_for_update().get(pk=organisation.pk)
    if held.merged_into_id:
        raise RefusedError("Cette fiche n’est plus modifiable.")
    if not name.strip():
        raise RefusedError("Le nom manque.")
    if held.name != name.strip():
        held.spellings = sorted({*held.spellings, held.name})
    held.name, held.kind, held.region_id, held.is_locked = name.strip(), kind, region_id, True
    held.save()
    project_again(held.slug)
    return held


@transaction.atomic
def withdraw_person(*, person: Person, asked_on: date, reason: str, by: User | None) -> list[Mention]:
    """Her name and functions leave every sheet, public or kept; the places that may still tell her name.

    ``reason`` must not name her: it is kept.
    """
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.is_withdrawn or held.merged_into_id:
        raise RefusedError("Cette fiche n’est plus modifiable.")
    last_name = held.last_name
    names = [str(held), f"{held.last_name} {held.first_name}", *held.spellings]
    keys = {naming.sealed(naming.key(name)) for name in (*names, held.slug)}
    merged = list(Person.objects.filter(merged_into=held))
    keys |= {naming.sealed(name) for row in merged for name in (row.slug, naming.key(str(row)))}
    old, gone = held.slug, f"{naming.FORGOTTEN}-{held.pk}"
    held.slug, held.first_name, held.last_name, held.is_withdrawn = gone, "", "", True
    held.spellings, held.note, held.is_locked = [], "", True
    held.save()
    for row in merged:
        row.slug, row.first_name, row.last_name, row.is_withdrawn = (
            f"{naming.FORGOTTEN}-{row.pk}",
            "",
            "",
            True,
        )
        row.spellings, row.note = [], ""
        row.save()
    held.requests.update(done="Trace effacée avec le nom.", reason="")
    held.requests.create(
        kind=PersonRequestKind.REMOVAL,
        asked_on=asked_on,
        reason=naming.pattern([*names, last_name]).sub(naming.NAMELESS, reason),
        keys=sorted(keys),
        by=by,
        done="Le nom et les fonctions sont retirés de toutes les fiches et de leurs versions.",
    )
    rewrite(forgetting(old, gone, names), by=by, reason="Retrait à la demande d’une personne citée")
    return list(mentions(last_name))


Change = Callable[[Any], Any]


def replacing(old: str, new: str) -> Change:
    """Slugs of people and organisations, where a sheet cites them."""

    def change(sheet: Any) -> Any:
        return walk(sheet, lambda text, key: new if key in CITING and text == old else text)

    return change


CITING = ("person", "people", "organisation")


def forgetting(old: str, gone: str, names: list[str]) -> Change:
    """Also blanks her function, and her whole name wherever a text tells it."""
    whole = naming.pattern(names)

    def change(sheet: Any) -> Any:
        changed = walk(
            sheet,
            lambda text, key: gone if key in CITING and text == old else whole.sub(naming.NAMELESS, text),
        )
        for speaker in changed.get("speakers", []):
            if speaker.get("person") == gone:
                speaker["role"] = ""
        return changed

    return change


def walk(value: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """A copy of JSON data, each text passed through ``change`` with the key that holds it."""
    if isinstance(value, dict):
        return {name: walk(part, change, name) for name, part in value.items()}
    if isinstance(value, list):
        return [walk(part, change, key) for part in value]
    return change(value, key) if isinstance(value, str) else value


def rewrite(change: Change, *, by: User | None, reason: str) -> None:
    """Applies ``change`` to every draft, public sheet and revision that it changes."""
    for webinar in Webinar.objects.select_for_update().order_by("pk"):
        draft, public = change(webinar.draft), change(webinar.sheet) if webinar.sheet else None
        touched = draft != webinar.draft or public != webinar.sheet
        for revision in webinar.revisions.all():
            revision.reason, kept = change({"reason": revision.reason})["reason"], change(revision.sheet)
            if kept != revision.sheet:
                revision.sheet = kept
            revision.save(update_fields=["sheet", "reason"])
        if not touched:
            continue
        webinar.draft, webinar.sheet = draft, public
        webinar.version += 1
        webinar.save(update_fields=["draft", "sheet", "version", "updated_at"])
        record(webinar, RevisionAction.CORRECTED, by=by, reason=reason)
        if public is not None:
            project(webinar)


def project_again(slug: str) -> None:
    """The public cases that cite this row show its new name."""
    for webinar in Webinar.objects.select_for_update().filter(sheet__isnull=False):
        if slug in str(webinar.sheet):
            project(webinar)


def mentions(last_name: str) -> Iterator[Mention]:
    """Texts that still hold this family name: a person decides, for it may be someone else's."""
    wanted = naming.pattern([last_name])
    for webinar in Webinar.objects.order_by("-date", "slug"):
        for field, value in webinar.draft.items():
            if field != "slug" and wanted.search(str(value)):
                yield Mention(webinar, field)
