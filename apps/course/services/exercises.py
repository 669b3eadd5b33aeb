"""What an association writes in the exercise of a step: shared by its members, never overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.accounts.models import Organisation, User
from apps.course.errors import ChangedMeanwhile
from apps.course.models import ExerciseAnswer, Page


@transaction.atomic
def save_exercise(
    *, organisation: Organisation, page: Page, values: Mapping[str, Any], version: int, by: User
) -> ExerciseAnswer:
    """``version``: the one the form was opened on, 0 when there was none. ChangedMeanwhile, with what is there now.

    The same values again change nothing, so that a double click is no conflict.
    """
    ExerciseAnswer.objects.get_or_create(
        organisation=organisation, page=page, defaults={"values": {}, "version": 0}
    )
    held = ExerciseAnswer.objects.select_for_update().get(organisation=organisation, page=page)
    if held.values == values:
        return held
    if held.version != version:
        raise ChangedMeanwhile(held)
    held.values, held.updated_by = dict(values), by
    held.version += 1
    held.save()
    return held
