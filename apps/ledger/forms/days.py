"""The first and the last day of an exercise."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from apps.core.fields import DayField

FIRST_YEAR = 2000
LONGEST = timedelta(days=731)


def civil(year: int) -> dict[str, date]:
    return {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}


class DaysForm(forms.Form):
    """``days()`` once valid."""

    starts_on = DayField(
        label="Premier jour de l’exercice", error_messages={"required": "Donnez le premier jour."}
    )
    ends_on = DayField(
        label="Dernier jour de l’exercice", error_messages={"required": "Donnez le dernier jour."}
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends:
            if ends < starts:
                self.add_error(
                    "ends_on", "Le dernier jour vient avant le premier\u00a0: vérifiez les deux dates."
                )
            elif ends - starts > LONGEST:
                self.add_error(
                    "ends_on", "Un exercice ne dépasse pas deux ans\u00a0: vérifiez les deux dates."
                )
        if ends and not FIRST_YEAR <= ends.year <= timezone.localdate().year + 1:
            self.add_error("ends_on", f"Donnez une date entre {FIRST_YEAR} et l’année prochaine.")
        return data

    def days(self) -> tuple[date, date]:
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
