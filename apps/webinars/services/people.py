"""Persons and organisations: who they may already be, merge, correction, removal at a person's request.

Every sheet that names them is rewritten in the same transaction: draft, public sheet and revisions.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.text import slugify

from apps.accounts.models import User
from apps.webinars import in_texts, naming, tags
from apps.webinars.enums import PersonRequestKind
from apps.webinars.models import Cited, CitedOrganisation, Import, Person, PersonRequest, SearchWord
from apps.webinars.services.rewriting import (
    ORGANISATIONS,
    PEOPLE,
    Forgetting,
    Mention,
    Moving,
    Renaming,
    hold_library,
    mentions,
    project_again,
    rewrite,
    texts,
)
from apps.webinars.services.rewriting import (
    walk as walk,
)

Row = TypeVar("Row", bound=Cited)
ALIKE = 0.45  # trigram similarity from which two names are shown side by side
LONGEST_SPELLING = 160
CITING = (*PEOPLE, *ORGANISATIONS)
KEYS: dict[type[Cited], tuple[str, ...]] = {Person: PEOPLE, CitedOrganisation: ORGANISATIONS}


class RefusedError(ValueError):
    """What was asked makes no sense for this row; the message says why, in French."""


class StaleError(RefusedError):
    """Someone changed the row since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Quelqu’un a modifié cette fiche pendant votre saisie. Ce que vous avez tapé est gardé ci-dessous : "
            "comparez avec la fiche, puis enregistrez de nouveau."
        )


def unaccented(expression: Any) -> Func:
    return Func(expression, function="unaccent")


def people_like(first_name: str, last_name: str, *, other_than: int = 0) -> list[Person]:
    """People whose name resembles this one, the closest first; five at most. 1 query."""
    full = f"{first_name} {last_name}".strip()
    score = TrigramSimilarity(
        unaccented(Concat("first_name", Value(" "), "last_name")), naming.unaccented(full)
    )
    rows = Person.objects.filter(merged_into=None, is_withdrawn=False).exclude(pk=other_than)
    return list(
        rows.annotate(score=score)
        .filter(Q(score__gte=ALIKE) | Q(spellings__contains=[full]))
        .order_by("-score", "pk")[:5]
    )


def organisations_like(name: str, *, other_than: int = 0) -> list[CitedOrganisation]:
    rows = CitedOrganisation.objects.filter(merged_into=None).exclude(pk=other_than)
    score = TrigramSimilarity(unaccented(F("name")), naming.unaccented(name))
    return list(
        rows.annotate(score=score)
        .filter(Q(score__gte=ALIKE) | Q(spellings__contains=[name]))
        .order_by("-score", "pk")[:5]
    )


def free_slug(model: type[Cited], wanted: str) -> str:
    base = slugify(wanted)[:100].strip("-") or "sans-nom"
    free, attempt = base, 1
    while model._default_manager.filter(slug=free).exists():
        attempt += 1
        free = f"{base}-{attempt}"
    return free


def removals() -> dict[str, Person]:
    """Trace of each name that someone asked to remove → her nameless row. 1 query."""
    asked = (
        PersonRequest.objects.filter(kind=PersonRequestKind.REMOVAL).select_related("person").order_by("-pk")
    )
    return {key: request.person for request in asked for key in request.keys}


def withdrawn_person(*names: str, among: dict[str, Person] | None = None) -> Person | None:
    """The nameless row of the person who asked to leave, when one of these names is hers. 1 query, or ``among``."""
    left = removals() if among is None else among
    if not left:
        return None  # each trace is slow to compute, on purpose
    return next((left[seal] for seal in map(naming.sealed, names) if seal in left), None)


def created(model: type[Row], wanted: str, **fields: Any) -> Row:
    """A new row at a free address, even when someone else takes it meanwhile."""
    for _ in range(20):
        try:
            with transaction.atomic():
                return model._default_manager.create(slug=free_slug(model, wanted), **fields)
        except IntegrityError as error:
            if "slug" not in str(error):
                raise
    raise RefusedError("Trop de fiches portent ce nom : réessayez.")


def add_person(*, first_name: str, last_name: str) -> Person:
    """A new row; the nameless one when this person asked to leave."""
    gone = withdrawn_person(f"{first_name} {last_name}")
    if gone:
        return gone
    names = {"first_name": first_name.strip(), "last_name": last_name.strip()}
    return created(Person, naming.key(first_name, last_name), **names)


def add_organisation(*, name: str, kind: str, region_id: str | None = None) -> CitedOrganisation:
    return created(CitedOrganisation, naming.key(name), name=name.strip(), kind=kind, region_id=region_id)


def state_of(row: Cited) -> str:
    """Another text whenever the row says something else: a form that was opened before is told."""
    said = [str(row), getattr(row, "kind", ""), getattr(row, "region_id", ""), row.spellings, row.note]
    return hashlib.sha256(repr([*said, row.merged_into_id]).encode()).hexdigest()[:16]


def held(row: Row, seen: str = "") -> Row:
    """The same row, locked after the whole library. RefusedError when it is merged or gone."""
    hold_library()
    found = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if found.merged_into_id or getattr(found, "is_withdrawn", False):
        raise RefusedError("Cette fiche n’est plus modifiable : rechargez la page.")
    if seen and seen != state_of(found):
        raise StaleError
    return found


def spelled(row: Cited, *others: str) -> list[str]:
    """All spellings once, the row's own name apart."""
    return sorted({name[:LONGEST_SPELLING] for name in (*row.spellings, *others) if name} - {str(row)})


@transaction.atomic
def merge(*, kept: Row, other: Row, by: User | None) -> Row:
    """``other`` becomes another spelling of ``kept``; its address leads to it. RefusedError for a row merged or gone."""
    model = type(kept)
    if kept.pk == other.pk:
        raise RefusedError("Choisissez deux fiches différentes.")
    hold_library()
    rows = model._default_manager.select_for_update().filter(pk__in=[kept.pk, other.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    kept, other = found[kept.pk], found[other.pk]
    if kept.merged_into_id or other.merged_into_id:
        raise RefusedError("L’une des deux est déjà fusionnée : rechargez la page.")
    if getattr(kept, "is_withdrawn", False) or getattr(other, "is_withdrawn", False):
        raise RefusedError("Une personne retirée à sa demande ne se fusionne pas.")
    if isinstance(other, CitedOrganisation) and other.slug == tags.HOST:
        raise RefusedError(f"« {other} » accueille les webinaires : gardez sa fiche, et fusionnez l’autre.")
    kept.spellings = spelled(kept, *other.spellings, str(other))
    kept.note = "\n".join(dict.fromkeys(note for note in (kept.note, other.note) if note))
    kept.is_locked = True
    kept.save(update_fields=["spellings", "note", "is_locked"])
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    model._default_manager.filter(merged_into=other).update(merged_into=kept)
    rewrite(Moving(KEYS[model], other.slug, kept.slug), by=by, reason=f"Fusion avec « {kept} »")
    project_again(kept.slug, KEYS[model])
    return kept


@transaction.atomic
def correct_person(
    *,
    person: Person,
    first_name: str,
    last_name: str,
    asked_on: date | None,
    reason: str,
    by: User | None,
    spellings: list[str] | None = None,
    note: str | None = None,
    seen: str = "",
) -> Person:
    """The name is corrected everywhere; dated and traced when she asked for it, and then the former one is not kept."""
    row = held(person, seen)
    if not last_name.strip():
        raise RefusedError("Le nom manque.")
    before, was = str(row), state_of(row)
    row.first_name, row.last_name = first_name.strip(), last_name.strip()
    renamed = str(row) != before
    row.spellings = row.spellings if spellings is None else spellings
    row.spellings = spelled(row, *([before] if renamed and not asked_on else []))
    if renamed and asked_on:
        row.spellings = without(row.spellings, before, str(row))
    row.note = row.note if note is None else note.strip()
    if asked_on:
        row.requests.create(
            kind=PersonRequestKind.CORRECTION,
            asked_on=asked_on,
            reason=reason,
            by=by,
            done=f"« {before} » devient « {row} »." if renamed else "Le nom n’a pas changé.",
        )
    if state_of(row) == was:
        return row
    row.is_locked = True
    row.save()
    if renamed:
        rewrite(Renaming(row.slug, before, str(row)), by=by, reason="Nom corrigé")
    project_again(row.slug, PEOPLE)
    forget_words([before])
    return row


@transaction.atomic
def correct_organisation(
    *,
    organisation: CitedOrganisation,
    name: str,
    kind: str,
    region_id: str | None,
    by: User | None,
    spellings: list[str] | None = None,
    note: str | None = None,
    seen: str = "",
) -> CitedOrganisation:
    row = held(organisation, seen)
    if not name.strip():
        raise RefusedError("Le nom manque.")
    before, was = row.name, state_of(row)
    row.name, row.kind, row.region_id = name.strip(), kind, region_id
    row.spellings = row.spellings if spellings is None else spellings
    row.spellings = spelled(row, before)
    row.note = row.note if note is None else note.strip()
    if state_of(row) == was:
        return row
    row.is_locked = True
    row.save()
    project_again(row.slug, ORGANISATIONS)
    return row


def without(spellings: list[str], former: str, name: str) -> list[str]:
    """Spellings of the former name leave with it, unless they are also those of the new one."""
    gone, kept = in_texts.orders(former), in_texts.orders(name)
    return [
        one
        for one in spellings
        if one != former and (not in_texts.orders(one) & gone or in_texts.orders(one) & kept)
    ]


def names_of(person: Person) -> list[str]:
    """Every name that files and texts may give her, those of the rows merged into hers included. 1 query."""
    rows = [person, *person.merged.all()]
    return list(dict.fromkeys(name for row in rows for name in (str(row), *row.spellings)))


def namesakes(person: Person, names: Iterable[str]) -> frozenset[str]:
    """Slugs of other people who bear exactly one of these names: what texts say of them is theirs. 1 query."""
    wanted = {order for name in names for order in in_texts.orders(name)}
    others = Person.objects.filter(merged_into=None, is_withdrawn=False).exclude(pk=person.pk)
    return frozenset(row.slug for row in others if wanted & in_texts.orders(str(row)))


def alone(person: Person) -> set[str]:
    """How texts may call her by her family name only."""
    return in_texts.family_names(person.first_name, person.last_name, names_of(person))


def forgetting(old: str, gone: Person, names: list[str]) -> Forgetting:
    """What takes these names out of sheets, namesakes spared. 1 query."""
    return Forgetting(old, gone.slug, in_texts.finder(names), namesakes(gone, names))


@transaction.atomic
def withdraw_person(
    *, person: Person, asked_on: date, reason: str, by: User | None, seen: str = ""
) -> list[Mention]:
    """Her name and functions leave every sheet, public or kept; the places that may still tell her name.

    ``reason`` must not name her: it is kept. Texts of cases that name only a namesake are left, and told.
    """
    row = held(person, seen)
    names, family = names_of(row), alone(row)
    rows = [row, *row.merged.select_for_update()]
    told = {" ".join(order) for name in names for order in in_texts.orders(name)}
    keys = sorted({naming.sealed(name) for name in (*told, *(r.slug for r in rows))} - {""})
    old = row.slug
    for one in rows:
        one.slug = free_slug(Person, f"{naming.FORGOTTEN}-{one.pk}")
        one.first_name = one.last_name = one.note = ""
        one.spellings, one.is_withdrawn, one.is_locked = [], True, True
        one.save()
    PersonRequest.objects.filter(person__in=rows).update(done="Trace effacée avec le nom.", reason="")
    change = forgetting(old, row, names)
    forget_elsewhere(change.names)
    forget_files(change.names)
    rewrite(change, by=by, reason="Retrait à la demande d’une personne citée")
    forget_words([*names, *family])
    left = mentions(names, family)
    row.requests.create(
        kind=PersonRequestKind.REMOVAL,
        asked_on=asked_on,
        reason=in_texts.replaced(reason, in_texts.finder([*names, *family]), lambda _: naming.NAMELESS),
        keys=keys,
        by=by,
        done="Le nom et les fonctions sont retirés de toutes les fiches et de leurs versions.",
        mentions=[[mention.kind, mention.slug, mention.field] for mention in left],
    )
    return left


def forget_elsewhere(wanted: re.Pattern[str]) -> None:
    """Notes of the registers and traces of other requests may tell the whole name too."""
    for model, fields in (
        (Person, ("note",)),
        (CitedOrganisation, ("note",)),
        (PersonRequest, ("reason", "done")),
    ):
        for row in model._default_manager.all():
            for field in fields:
                said = getattr(row, field)
                clean = in_texts.replaced(said, wanted, lambda _: naming.NAMELESS)
                if clean != said:
                    setattr(row, field, clean)
                    row.save(update_fields=[field])


def forget_files(wanted: re.Pattern[str]) -> None:
    """A file that names her and waits for its curator would bring her back: it is to be sent again."""
    for row in Import.objects.all():
        if any(in_texts.tells(text, wanted) for _, text in texts([row.content, row.lines])):
            row.delete()


def forget_words(names: Iterable[str]) -> None:
    """Words that no public case holds any more are no longer proposed to whoever mistypes. 1 query."""
    told = " ".join(names)
    words = sorted({*in_texts.folded(told).split(), *re.findall(r"[^\W\d_]+", naming.unaccented(told))})
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {SearchWord._meta.db_table} WHERE word = ANY(%s) AND NOT EXISTS (SELECT 1 FROM "  # noqa: S608
            "webinars_webinar WHERE sheet IS NOT NULL AND search @@ plainto_tsquery('library_simple', word))",
            [words],
        )
