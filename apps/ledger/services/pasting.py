"""Accounts pasted: small enough to be read in the request; the check is the same as that of a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.models import Organisation, User
from apps.ledger import placing
from apps.ledger.chart.statement import AccountLike
from apps.ledger.enums import ImportState, Source
from apps.ledger.grouping import group
from apps.ledger.models import Import


def keep_pasted(
    *,
    organisation: Organisation,
    by: User,
    key: UUID,
    days: tuple[date, date],
    accounts: Sequence[AccountLike],
    remarks: Sequence[str] = (),
) -> Import:
    """The import of this form, to check; the same form sent twice makes one."""
    if before := Import.objects.filter(organisation=organisation, key=key).first():
        return before
    totals = group(accounts, {})
    row = Import(
        organisation=organisation,
        key=key,
        source=Source.PASTED,
        state=ImportState.TO_CHECK,
        requested_by=by,
        starts_on=days[0],
        ends_on=days[1],
        lines=len(accounts),
        warnings=list(remarks[:50]),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            corrections = placing.corrections_of(organisation)
            placing.save(row, totals, placing.place(totals, corrections), corrections)
    except IntegrityError:
        # The other click came first.
        return Import.objects.get(organisation=organisation, key=key)
    return row
