"""From an import to an exercise that counts: accepted, put in the place of another, set aside, removed; or typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.ledger import placing
from apps.ledger.enums import ImportState, Source
from apps.ledger.errors import Refused, YearTaken
from apps.ledger.models import Exercise, Import
from apps.ledger.years import MOST_YEARS

FULL = (
    "Cinq exercices sont déjà gardés\u00a0: c’est le plus que l’on compare. Retirez-en un sur la page des comptes, "
    "puis revenez ici\u00a0: rien n’est perdu."
)
NOT_TO_CHECK = "Ces comptes ne sont plus à vérifier\u00a0: quelqu’un les a retenus ou écartés entre-temps."
READ_THERE = (
    "L’exercice {year} vient de vos comptes\u00a0: corrigez-y la nature des comptes. Pour le saisir à la main, "
    "retirez-le d’abord."
)
COMPLEMENTS = ("volunteer_hours", "employees_fte", "top_funder", "multi_year", "hour_value")
BESIDE = ("equity", "receivables", "payables")


def locked(organisation_id: UUID) -> Organisation:
    """Two acts on the exercises of one association wait for each other; its other pages wait for nothing."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def to_check(pk: UUID) -> Import:
    row = Import.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or row.state != ImportState.TO_CHECK:
        raise Refused(NOT_TO_CHECK)
    return row


def refuse_a_sixth(organisation: Organisation, year: int) -> None:
    if Exercise.objects.filter(organisation=organisation).exclude(year=year).count() >= MOST_YEARS:
        raise Refused(FULL)


@transaction.atomic
def accept(*, accounts: Import, by: User, replacing: UUID | None = None) -> Exercise:
    """The exercise of these accounts. Twice is once. YearTaken when another stands for its year and ``replacing`` does
    not name it; Refused with a sixth, or when the import is no longer to check.
    """
    organisation = locked(accounts.organisation_id)
    if done := Exercise.objects.filter(accounts_id=accounts.pk).first():
        return done
    row = to_check(accounts.pk)
    before = Exercise.objects.filter(organisation=organisation, year=row.year).first()
    if before is not None and before.pk != replacing:
        raise YearTaken(row.year, before.pk)
    refuse_a_sixth(organisation, row.year)
    return write(row, organisation, by, before)


def write(row: Import, organisation: Organisation, by: User, before: Exercise | None) -> Exercise:
    """What the accounts do not say passes from the exercise that goes to the one that comes."""
    kept = {name: getattr(before, name) for name in COMPLEMENTS} if before else {}
    if before:
        discard(before)
    Import.objects.filter(pk=row.pk).update(state=ImportState.ACCEPTED)
    row.state = ImportState.ACCEPTED
    assert row.starts_on
    assert row.ends_on
    made = Exercise.objects.create(
        organisation=organisation,
        accounts=row,
        source=row.source,
        year=row.year,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        receivables=None if row.receivables is None else placing.euros(row.receivables),
        payables=None if row.payables is None else placing.euros(row.payables),
        saved_by=by,
        **kept,
    )
    placing.place_again(row, placing.corrections_within(row))
    return made


def discard(exercise: Exercise) -> None:
    """The exercise and the accounts it was read from."""
    if exercise.accounts_id:
        Import.objects.filter(pk=exercise.accounts_id).delete()
    else:
        exercise.delete()


@transaction.atomic
def drop(*, accounts: Import) -> bool:
    """An import to check is set aside and its totals erased; one refused leaves the list. False when it was done already."""
    row = Import.objects.select_for_update(of=("self",)).filter(pk=accounts.pk).first()
    if row is None or row.state == ImportState.DROPPED:
        return False
    if row.state == ImportState.REFUSED:
        row.delete()
        return True
    if row.state != ImportState.TO_CHECK:
        raise Refused(NOT_TO_CHECK)
    row.account_lines.all().delete()
    row.section_lines.all().delete()
    Import.objects.filter(pk=row.pk).update(state=ImportState.DROPPED, warnings=[])
    return True


@transaction.atomic
def remove(*, exercise: Exercise) -> bool:
    """False when it was gone already. Corrections stay: they serve the next import."""
    organisation = locked(exercise.organisation_id)
    found = Exercise.objects.filter(organisation=organisation, pk=exercise.pk).first()
    if found is None:
        return False
    discard(found)
    return True


@transaction.atomic
def complete(*, exercise: Exercise, said: Mapping[str, Decimal | None]) -> None:
    """What the accounts do not say; a figure left out is unknown, not zero."""
    whole = {name: said.get(name) for name in COMPLEMENTS}
    Exercise.objects.filter(pk=exercise.pk).update(**whole, saved_at=timezone.now())


@transaction.atomic
def save_typed(
    *,
    organisation: Organisation,
    by: User,
    days: tuple[date, date],
    amounts: Mapping[str, Decimal | None],
) -> Exercise:
    """A year typed by hand, written whole: natures, and ``BESIDE``. None is unknown; zero is zero."""
    organisation, year = locked(organisation.pk), days[1].year
    found = Exercise.objects.filter(organisation=organisation, year=year).first()
    if found and found.source != Source.TYPED:
        raise Refused(READ_THERE.format(year=year))
    refuse_a_sixth(organisation, year)
    made = found or Exercise(organisation=organisation, year=year, source=Source.TYPED)
    made.starts_on, made.ends_on = days
    for name in BESIDE:
        setattr(made, name, amounts.get(name))
    made.saved_by, made.saved_at = by, timezone.now()
    made.save()
    known = {("", key): value for key, value in amounts.items() if value is not None and key not in BESIDE}
    placing.replace_natures(made, known)
    return made
