"""The nature of an account, as the association says it: kept for its next exercises, and undone."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.ledger import choices, placing
from apps.ledger.errors import Refused
from apps.ledger.models import HELD, Correction, Import
from apps.ledger.services.exercises import NOT_TO_CHECK, locked

UNKNOWN = "Cette nature ne va pas avec le compte {number}. Choisissez dans la liste."


@transaction.atomic
def correct(*, accounts: Import, by: User, chosen: Mapping[str, str]) -> int:
    """``chosen``: account → nature, or "" to go back to the chart's own rule. The number of accounts that changed.

    Only the accounts of this import change; the others of the association keep what they have.
    """
    organisation = locked(accounts.organisation_id)
    row = Import.objects.select_for_update(of=("self",)).filter(pk=accounts.pk, state__in=HELD).first()
    if row is None:
        raise Refused(NOT_TO_CHECK)
    held = {line.number: line for line in row.account_lines.all()}
    corrections = placing.corrections_within(row)
    changed = 0
    for number, nature in chosen.items():
        line = held.get(number)
        if line is None or nature == (line.nature if line.how == "correction" else ""):
            continue
        if nature and nature not in choices.natures_for(number):
            raise Refused(UNKNOWN.format(number=number))
        changed += 1
        if nature:
            corrections[number] = remember(row, by, number, nature)
        else:
            corrections.pop(number, None)
            Correction.objects.filter(organisation=organisation, number=number).delete()
    if changed:
        placing.place_again(row, corrections)
    return changed


def remember(row: Import, by: User, number: str, nature: str) -> Correction:
    made, _ = Correction.objects.update_or_create(
        organisation_id=row.organisation_id,
        number=number,
        defaults={"nature": nature, "year": row.year, "corrected_by": by, "corrected_at": timezone.now()},
    )
    return made
