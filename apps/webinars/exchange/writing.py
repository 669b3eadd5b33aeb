"""Receives a file, and writes what its report announced: all of it, or the lines that still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.editorial.workflow import NotNowError
from apps.webinars import checks, naming, selectors, sheet
from apps.webinars.exchange import uploads
from apps.webinars.exchange.analysis import analyse
from apps.webinars.exchange.registers import REFUSED
from apps.webinars.exchange.rows import Data
from apps.webinars.models import CitedOrganisation, Import, Person, Webinar
from apps.webinars.services import people
from apps.webinars.services.rewriting import hold_library
from apps.webinars.services.workflow import CASES

KEPT_FOR = timedelta(days=7)
MEANWHILE = "Quelqu’un l’a changé depuis l’analyse : renvoyez le fichier pour le comparer de nouveau."


class NothingWrittenError(ValueError):
    """« All or nothing » and something does not hold; the message says what, in French."""


class LineError(ValueError):
    """One line cannot be written any more."""


def receive(*, content: bytes, filename: str, by: User) -> Import:
    """Reads and compares; writes nothing of the library. FileError when the whole file is refused."""
    made = analyse(uploads.read(content, filename))
    return Import.objects.create(
        by=by,
        filename=filename[-160:],
        content={**made.content, "remarks": made.remarks},
        lines=made.stored_lines(),
    )


@transaction.atomic
def write(*, received: Import, by: User, everything: bool) -> Import:
    """Organisations and people first, then cases, which become drafts. Written once, however often it is asked.

    NothingWrittenError when ``everything`` was asked and a line is refused, at the analysis or now.
    """
    held = Import.objects.select_for_update().get(pk=received.pk)
    if held.applied_at:
        return held
    if everything and any(line["outcome"] == REFUSED for line in held.lines):
        raise NothingWrittenError(
            "Rien n’est importé : au moins une ligne est refusée. Corrigez le fichier et renvoyez-le, "
            "ou importez les lignes valides seulement."
        )
    hold_library()
    stale = changed_since(held.content["cases"])
    content = held.content
    lines = [
        *(
            Writing("organisation", row["slug"], partial(write_organisation, row, by))
            for row in content["organisations"]
        ),
        *(Writing("person", row["slug"], partial(write_person, row, by)) for row in content["people"]),
    ]
    attempt(held, lines, everything)
    attempt(held, list(case_writings(held, stale, by)), everything)
    held.applied_at = timezone.now()
    held.content = {"remarks": held.content["remarks"]}
    held.save(update_fields=["applied_at", "content", "lines"])
    return held


@dataclass(frozen=True, slots=True)
class Writing:
    """One line to write."""

    kind: str
    slug: str
    act: Callable[[], object]


def attempt(held: Import, writings: list[Writing], everything: bool) -> None:
    """When a line does not hold any more, it alone is refused, or the whole import is."""
    for one in writings:
        try:
            with transaction.atomic():
                one.act()
        except (LineError, people.RefusedError, NotNowError) as error:
            if everything:
                told = f"Rien n’est importé : « {one.slug} » ne convient plus. {error}"
                raise NothingWrittenError(told) from error
            for line in held.lines:
                if (line["kind"], line["slug"]) == (one.kind, one.slug):
                    line["outcome"], line["details"] = REFUSED, [str(error)]


def changed_since(cases: list[Data]) -> set[str]:
    """Cases that someone saved, or made, since the analysis. Asked before people are corrected: that also writes them."""
    read = {case["sheet"]["slug"]: case["version"] for case in cases}
    now = dict(Webinar.objects.filter(slug__in=read).values_list("slug", "version"))
    return {slug for slug, version in read.items() if now.get(slug, 0) != version}


def write_organisation(row: Data, by: User) -> None:
    found = CitedOrganisation.objects.filter(slug=row["slug"]).first()
    values = {"name": row["name"], "kind": row["kind"], "region_id": row["region"] or None}
    words = {"spellings": row["spellings"], "note": row["note"]}
    if found is None and not row["seen"]:
        CitedOrganisation.objects.create(slug=row["slug"], **values, **words)
    elif found is None or not row["seen"]:
        raise LineError(MEANWHILE)
    else:
        people.correct_organisation(organisation=found, by=by, seen=row["seen"], **values, **words)


def write_person(row: Data, by: User) -> None:
    found = Person.objects.filter(slug=row["slug"]).first()
    values = {"first_name": row["first_name"], "last_name": row["last_name"]}
    words = {"spellings": row["spellings"], "note": row["note"]}
    if found is None and not row["seen"]:
        gone = naming.is_forgotten(row["slug"]) and not row["last_name"]
        Person.objects.create(slug=row["slug"], is_withdrawn=gone, is_locked=gone, **values, **words)
    elif found is None or not row["seen"]:
        raise LineError(MEANWHILE)
    else:
        people.correct_person(
            person=found, asked_on=None, reason="", by=by, seen=row["seen"], **values, **words
        )


def case_writings(held: Import, stale: set[str], by: User) -> Iterator[Writing]:
    """3 queries and those of the codes that exist, people and organisations of the same file included."""
    known = selectors.references()
    known = replace(known, people=known.people | {""}, organisations=known.organisations | {""})
    cases = held.content["cases"]
    stored = {
        row.slug: row for row in Webinar.objects.filter(slug__in=[case["sheet"]["slug"] for case in cases])
    }
    reason = f"Import : {held.filename}"
    for case in cases:
        slug = case["sheet"]["slug"]
        found = None if slug in stale else stored.get(slug)
        yield Writing("case", slug, partial(write_case, case, found, slug in stale, known, by, reason))


def write_case(
    case: Data, found: Webinar | None, is_stale: bool, known: checks.References, by: User, reason: str
) -> None:
    said = sheet.read(case["sheet"])
    if is_stale or next(checks.unknown(said, known), None):
        raise LineError(MEANWHILE)
    if found is None:
        CASES.create(by=by, draft=said, slug=said.slug, reason=reason)
    else:
        CASES.save_draft(row=found, draft=said, version=found.version, by=by, reason=reason)


def purge() -> int:
    """Files that nobody confirmed, and reports that nobody needs any more; how many."""
    deleted, _ = Import.objects.filter(received_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
