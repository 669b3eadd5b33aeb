"""Reads of what is said in a démarche, bounded to it first. Each says how many queries it costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery

from apps.accounts.selectors import Person
from apps.methodology.access import held_seats
from apps.methodology.bench.words import said
from apps.methodology.choices import OF_ITEMS, UNTITLED
from apps.methodology.models import Comment, Decision, Engagement, Field, Item, Mention
from apps.methodology.public import selectors as public
from apps.methodology.services.comments import TALKERS
from apps.methodology.tools import KINDS

Names = dict[tuple[UUID, str], Any]  # (item, code) → value, of the fields that name items


def comments_on(engagement: UUID, *, item: UUID | None, step: int) -> QuerySet[Comment]:
    """Of one item, or of a step as a whole; with ``called``, the seats that each names. 1 query."""
    place = Q(item=item) if item else Q(item=None, step=step)
    called = Mention.objects.filter(comment=OuterRef("pk")).order_by("pk").values("seat")
    return Comment.objects.filter(place, engagement=engagement).annotate(called=ArraySubquery(called))


def waiting_for(user: Person) -> QuerySet[Mention]:
    """Where she is named and has not answered, newest first, in the démarches that she may read. 1 query."""
    mine = held_seats(user).filter(role__in=TALKERS)
    open_ones = Mention.objects.filter(
        seat__in=mine, done_at=None, comment__taken_back_at=None, comment__settled_at=None
    )
    related = ("comment__seat__user", "comment__item", "comment__engagement__organisation")
    return open_ones.select_related(*related).order_by("-comment__at", "-pk")


def decisions_of(engagement: UUID, step: int = 0) -> QuerySet[Decision]:
    """Newest first, with ``later`` (the key of the one that replaced it, or None) and the one that each replaces. 1 query."""
    later = Decision.objects.filter(replaces=OuterRef("pk")).order_by("pk")
    found = Decision.objects.filter(engagement=engagement).annotate(later=Subquery(later.values("pk")[:1]))
    if step:
        found = found.filter(step=step)
    return found.select_related("seat__user", "replaces", "item").order_by(
        "-decided_on", "-written_at", "-pk"
    )


def pulse(engagement: UUID, *, item: UUID | None = None, step: int = 0) -> str:
    """Another text whenever something was said here; for those who ask again. 1 query."""
    rows = (
        comments_on(engagement, item=item, step=step)
        if item or step
        else Comment.objects.filter(engagement=engagement)
    )
    marks = rows.values_list("pk", "edited_at", "taken_back_at", "settled_at")
    return sha256(repr(list(marks.order_by("pk"))).encode()).hexdigest()[:16]


def step_titles(engagement: Engagement) -> dict[int, str]:
    """1 query when it is kept; the number alone before the content is loaded."""
    told = {
        step.number: f"Étape {step.number}, {step.title[:1].lower()}{step.title[1:]}"
        for step in public.steps(engagement.edition)
    }
    return {number: told.get(number, f"Étape {number}") for number in range(1, 9)}


def item_names(items: Iterable[Item]) -> dict[UUID, str]:
    """« Action : Louer la salle » for each, removed ones too. At most 2 queries, whatever their number."""
    return names_and_titles(items, ())[0]


def names_and_titles(items: Iterable[Item], others: Iterable[str]) -> tuple[dict[UUID, str], dict[str, str]]:
    """The names of ``items``, and the titles of the items whose keys are ``others``. At most 2 queries."""
    wanted, keys = list(items), [UUID(key) for key in others]
    near = _named_by({*(item.pk for item in wanted), *keys})
    far = {UUID(str(near[field])) for item in wanted if near.get(field := _by_another(item))}
    far |= {item.parent_id for item in wanted if item.parent_id}
    known = near | _named_by({key for key in far if (key, "title") not in near})
    titles = {str(key): str(known.get((key, "title")) or UNTITLED) for key in keys}
    return {item.pk: _name(item, known) for item in wanted}, titles


def _named_by(keys: Collection[UUID]) -> Names:
    if not keys:
        return {}
    codes = {kind.title for kind in KINDS.values()}
    rows = Field.objects.filter(item__in=keys, code__in=codes)
    return {(item, code): value for item, code, value in rows.values_list("item_id", "code", "value")}


def _name(item: Item, names: Names) -> str:
    kind = KINDS[item.kind]
    word = kind.singular[:1].upper() + kind.singular[1:]
    if kind.is_single:
        return word
    above = names.get((item.parent_id, "title")) if item.parent_id else None
    return f"{word}\u00a0: {_title(item, names)}" + (f" ({above})" if above else "")


def _title(item: Item, names: Names) -> str:
    kind = KINDS[item.kind]
    if not kind.title:
        return UNTITLED.lower()
    if another := names.get(_by_another(item)):
        return str(names.get((UUID(str(another)), "title")) or UNTITLED.lower())
    spec = kind.field(kind.title)
    own = "" if spec.type in OF_ITEMS else said(spec, names.get((item.pk, spec.code)))
    return own or kind.blank[:1].lower() + kind.blank[1:] or UNTITLED.lower()


def _by_another(item: Item) -> tuple[UUID, str]:
    """The field by which another item names this one; a field that is nowhere when it has its own name."""
    spec = KINDS[item.kind].by_code.get(KINDS[item.kind].title)
    return item.pk, spec.code if spec and spec.type in OF_ITEMS else ""
