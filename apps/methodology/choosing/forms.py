"""Saying which scenario is chosen: who decided, when and why."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from apps.core.fields import DayField, LineField, PlainCharField
from apps.methodology.choosing.retaining import Choice

KEPT = "Le reste est gardé."


class RetainForm(forms.Form):
    """``key``: the same form twice is one decision."""

    decided_by = LineField(
        label="Qui a décidé",
        help_text="Un nom, ou «\u00a0le conseil d’administration\u00a0».",
        max_length=160,
        error_messages={
            "required": "Dites qui a décidé.",
            "max_length": f"C’est trop long\u00a0: 160 caractères au plus. {KEPT}",
        },
    )
    decided_on = DayField(label="Quand", error_messages={"required": "Donnez la date de la décision."})
    why = PlainCharField(
        label="Pourquoi celui-ci",
        help_text="Ce qui a pesé, et ce que deviennent les objections.",
        required=False,
        max_length=2000,
        error_messages={"max_length": f"C’est trop long\u00a0: 2\u202f000 caractères au plus. {KEPT}"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, scenario: Any, data: Any = None) -> None:
        first = {"key": uuid4(), "decided_on": timezone.localdate()}
        super().__init__(data, initial=first, auto_id=f"id_%s_{scenario}")

    def choice(self) -> Choice:
        """Only once valid."""
        values = self.cleaned_data
        return Choice(values["why"], values["decided_by"], values["decided_on"])
