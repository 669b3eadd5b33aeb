from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.selectors import organisation_with_number
from apps.audit.events import Event
from apps.audit.services import record
from apps.catalogue.models import Department, Fragility, LegalForm, SizeClass


class AlreadyHereError(Exception):
    """Another organisation holds the same SIREN or RNA. Nothing was recorded."""


@dataclass(frozen=True)
class Sheet:
    """What the form tells of an organisation. Numbers are checked before; empty when unknown."""

    name: str
    siren: str = ""
    siret: str = ""
    rna: str = ""
    legal_form: LegalForm | None = None
    department: Department | None = None
    size_class: SizeClass | None = None
    fragilities: Iterable[Fragility] = ()


def create_organisation(*, sheet: Sheet, by: User, key: UUID) -> Organisation:
    """Create it with ``by`` as administrator and make it current; the same key twice gives the same one.

    Raises AlreadyHereError.
    """
    with transaction.atomic():
        known = Organisation.objects.filter(creation_key=key, created_by=by).first()
        if known:
            return known
        organisation = Organisation(created_by=by, creation_key=key)
        try:
            # Its own savepoint: the same form sent twice at once meets the unique key here.
            with transaction.atomic():
                _write(organisation, sheet)
        except IntegrityError as error:
            twin = Organisation.objects.filter(creation_key=key, created_by=by).first()
            if twin:
                return twin
            raise AlreadyHereError from error
        Membership.objects.create(user=by, organisation=organisation, role=Role.ADMIN)
        choose_organisation(user=by, organisation=organisation)
        details = {"person": by.pk, "role": Role.ADMIN}
        record(Event.MEMBER_JOINED, actor=by, subject=organisation, details=details)
    return organisation


def update_organisation(*, organisation: Organisation, sheet: Sheet) -> Organisation:
    """Raises AlreadyHereError."""
    try:
        with transaction.atomic():
            _write(organisation, sheet)
    except IntegrityError as error:
        raise AlreadyHereError from error
    return organisation


def choose_organisation(*, user: User, organisation: Organisation) -> None:
    """Make it the current organisation of the person."""
    user.current_organisation = organisation
    user.save(update_fields=["current_organisation"])


def _write(organisation: Organisation, sheet: Sheet) -> None:
    if organisation_with_number(siren=sheet.siren, rna=sheet.rna, other_than=organisation):
        raise AlreadyHereError
    organisation.name = sheet.name
    organisation.siren, organisation.siret, organisation.rna = sheet.siren, sheet.siret, sheet.rna
    organisation.legal_form = sheet.legal_form
    organisation.department = sheet.department
    organisation.size_class = sheet.size_class
    organisation.save()
    organisation.fragilities.set(sheet.fragilities)
