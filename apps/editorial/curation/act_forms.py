"""Small forms under a document's buttons."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from apps.core.fields import DayField
from apps.core.typography import date_long, time_short
from apps.editorial.curation.fields import TextField
from apps.editorial.shape import SHORT


def reason(label: str, help_text: str, missing: str) -> TextField:
    field = TextField(label=label, help_text=help_text, max_length=SHORT, rows=3)
    field.required = True
    field.error_messages["required"] = missing
    return field


class SendBackForm(forms.Form):
    """Its field has its own name: what was typed before the session ended finds its form again."""

    send_back_reason = reason(
        "Ce qu’il faut reprendre",
        "L’autrice ou l’auteur lira cette phrase.",
        "Dites ce qu’il faut reprendre : sans motif, rien n’est rendu.",
    )


class ArchiveForm(forms.Form):
    archive_reason = reason(
        "Pourquoi l’archiver",
        "L’historique gardera cette phrase.",
        "Dites pourquoi : sans motif, rien n’est archivé.",
    )


class ScheduleForm(forms.Form):
    """A day and an hour in Paris, to come."""

    day = DayField(label="Jour", error_messages={"required": "Choisissez un jour."})
    hour = forms.TimeField(
        label="Heure de Paris",
        initial=time(9),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={
            "required": "Choisissez une heure.",
            "invalid": "Écrivez une heure, par exemple 9:00.",
        },
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "day" not in data or "hour" not in data:
            return data
        moment = datetime.combine(data["day"], data["hour"], tzinfo=timezone.get_current_timezone())
        # In spring one hour does not exist: going through UTC gives another one back.
        if moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(
            tzinfo=None
        ):
            self.add_error(
                "hour",
                f"Le {date_long(moment)}, {time_short(moment)} n’existe pas : on passe à l’heure d’été. Choisissez une autre heure.",
            )
        elif moment <= timezone.now():
            self.add_error(
                "day", "Ce moment est déjà passé. Choisissez-en un à venir, ou publiez maintenant."
            )
        data["moment"] = moment
        return data
