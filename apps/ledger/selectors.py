"""Reads of the accounts, always of one association; who may read is asked before (``access``, ``years_readable_by``)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from apps.accounts.models import Membership, Organisation
from apps.accounts.selectors import Person, person_id
from apps.ledger.enums import ImportState
from apps.ledger.models import AccountLine, Exercise, Import
from apps.ledger.years import LedgerYear, Source

BALANCES = (
    "treasury",
    "equity",
    "dedicated_funds",
    "borrowings",
    "provisions",
    "fixed_assets",
    "stocks",
    "third_parties",
)
USES = ("in_kind_used",)


def exercises_of(organisation: Organisation) -> QuerySet[Exercise]:
    """Oldest first, with their natures. 2 queries."""
    return Exercise.objects.filter(organisation=organisation).order_by("year").prefetch_related("natures")


def years_of(organisation: Organisation) -> list[LedgerYear]:
    """The exercises that count, oldest first, five at most. 2 queries whatever their number."""
    return [as_year(exercise) for exercise in exercises_of(organisation)]


def years_readable_by(user: Person, organisation: Organisation) -> list[LedgerYear]:
    """Those of ``years_of`` for a member of the association; nothing for anybody else."""
    if not Membership.objects.filter(user_id=person_id(user), organisation=organisation).exists():
        return []
    return years_of(organisation)


def as_year(exercise: Exercise) -> LedgerYear:
    """From an exercise with its natures: no query when they are prefetched."""
    amounts: dict[str, Decimal] = {}
    sections: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for one in exercise.natures.all():
        (sections[one.section] if one.section else amounts)[one.nature] = one.amount
    balances = {name: amounts.pop(name) for name in BALANCES if name in amounts}
    for name in USES:
        amounts.pop(name, None)
    return LedgerYear(
        key=exercise.pk,
        year=exercise.year,
        starts_on=exercise.starts_on,
        ends_on=exercise.ends_on,
        source=cast(Source, exercise.source),
        amounts=amounts,
        treasury=balances.get("treasury"),
        equity=exercise.equity,
        dedicated_funds=balances.get("dedicated_funds"),
        receivables=exercise.receivables,
        payables=exercise.payables,
        borrowings=balances.get("borrowings"),
        volunteer_hours=exercise.volunteer_hours,
        employees_fte=exercise.employees_fte,
        top_funder=exercise.top_funder,
        multi_year=exercise.multi_year,
        hour_value=exercise.hour_value,
        unmapped=exercise.unmapped,
        unmapped_resources=exercise.unmapped_resources,
        unmapped_costs=exercise.unmapped_costs,
        sections=dict(sections),
    )


def imports_of(organisation: Organisation) -> QuerySet[Import]:
    """Those that somebody must follow: under way, to check, refused; newest first."""
    states = (ImportState.REQUESTED, ImportState.READING, ImportState.TO_CHECK, ImportState.REFUSED)
    return Import.objects.filter(organisation=organisation, state__in=states)


def import_or_404(organisation: Organisation, pk: UUID) -> Import:
    return get_object_or_404(Import.objects.select_related("exercise"), organisation=organisation, pk=pk)


def exercise_or_404(organisation: Organisation, pk: UUID) -> Exercise:
    """With its accounts; its natures in one more query."""
    found = Exercise.objects.select_related("accounts").prefetch_related("natures")
    return get_object_or_404(found, organisation=organisation, pk=pk)


def exercise_in(organisation: Organisation, year: int) -> Exercise | None:
    return (
        Exercise.objects.filter(organisation=organisation, year=year)
        .select_related("accounts")
        .prefetch_related("natures")
        .first()
    )


def lines_of(accounts: Import) -> list[AccountLine]:
    return list(AccountLine.objects.filter(accounts=accounts).order_by("number"))


def read_before(accounts: Import) -> Import | None:
    """Another import of the very same file in this association, that still counts."""
    if not accounts.sha256:
        return None
    return (
        Import.objects.filter(
            organisation_id=accounts.organisation_id, sha256=accounts.sha256, state=ImportState.ACCEPTED
        )
        .exclude(pk=accounts.pk)
        .first()
    )


def last_complement(organisation: Organisation, before: int) -> Exercise | None:
    """The last exercise earlier than ``before``, whose complements may serve again."""
    return Exercise.objects.filter(organisation=organisation, year__lt=before).order_by("-year").first()
