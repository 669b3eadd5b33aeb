"""Writing only what differs: a second run changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError

from apps.catalogue.content.rows import Row
from apps.catalogue.content.tables import Link
from apps.catalogue.models import Ordered, Resource


@dataclass
class Tally:
    rows: int = 0
    links: int = 0
    changed: int = 0
    withdrawn: int = 0
    kept: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        told = f"{self.rows} lignes et {self.links} liens, {self.changed} écrits, {self.withdrawn} retirés"
        return f"{told} ; gardés car encore cités : {', '.join(self.kept)}" if self.kept else told


def upsert(model: type[Ordered], rows: list[Row], tally: Tally) -> None:
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    stored = {row.pk: row for row in model._default_manager.all()}
    changed = [row.instance for row in rows if differs(row.instance, stored.get(row.code), fields)]
    names = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_create(
        changed, update_conflicts=True, unique_fields=["code"], update_fields=names
    )
    tally.rows += len(rows)
    tally.changed += len(changed)


def differs(new: Ordered, old: Ordered | None, fields: list[str]) -> bool:
    return old is None or any(getattr(new, name) != getattr(old, name) for name in fields)


def sync_links(link: Link, wanted: Mapping[tuple[str, str], str], tally: Tally) -> None:
    """Rows of a through table become exactly ``wanted``: (row, target) → weight."""
    manager = link.through._default_manager
    stored = {(getattr(row, link.source), getattr(row, link.target)): row for row in manager.all()}
    gone = [
        row.pk
        for pair, row in stored.items()
        if pair not in wanted or (link.weight and getattr(row, "weight") != wanted[pair])  # noqa: B009
    ]
    manager.filter(pk__in=gone).delete()
    fresh = [pair for pair in wanted if pair not in stored or stored[pair].pk in gone]
    manager.bulk_create(
        link.through(
            **{link.source: row, link.target: target},
            **({"weight": wanted[row, target]} if link.weight else {}),
        )
        for row, target in fresh
    )
    tally.links += len(wanted)
    tally.changed += len(fresh)
    tally.withdrawn += len(gone)


def withdraw(model: type[Ordered], codes: set[str], tally: Tally) -> None:
    for row in model._default_manager.exclude(pk__in=codes):
        if is_cited(row) or not deleted(row):
            tally.kept.append(row.pk)
        else:
            tally.withdrawn += 1


def is_cited(row: Ordered) -> bool:
    """Does a table outside the catalogue point here? Links too: they would vanish without a word."""
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.related_model._meta.app_label != "catalogue":  # type: ignore[union-attr]
            if relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists():  # type: ignore[union-attr]
                return True
    return is_registered_with(row)


def is_registered_with(row: Ordered) -> bool:
    """Does a public case, a page of the course or a step of the method carry this label?

    Their own tables hold codes; their rows of the index, which the apps above write, hold links.
    """
    links = [field for field in Resource._meta.many_to_many if field.related_model is type(row)]
    return any(Resource.objects.filter(**{field.name: row.pk}).exists() for field in links)


def deleted(row: Ordered) -> bool:
    """False when a row of the catalogue that must stay still needs this one."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True
