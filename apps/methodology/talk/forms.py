"""Writing a decision. Whatever is wrong, what was typed stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from apps.core.fields import DayField, LineField, PlainCharField
from apps.methodology.models import Decision, Item
from apps.methodology.services.decisions import Said

KEPT = "Le reste est gardé."


class DecisionForm(forms.Form):
    """``titles``: of the steps; ``standing``: decisions that may be replaced. ``key``: the same form twice is one."""

    what = LineField(
        label="Ce qui est décidé",
        max_length=400,
        error_messages={
            "required": "Écrivez ce qui est décidé.",
            "max_length": f"C’est trop long\u00a0: 400 caractères au plus. {KEPT}",
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = PlainCharField(
        label="Pourquoi",
        help_text="Ce que l’on a pesé, ce que l’on a écarté. C’est ce qu’on cherchera dans un an.",
        required=False,
        max_length=2000,
        error_messages={"max_length": f"C’est trop long\u00a0: 2\u202f000 caractères au plus. {KEPT}"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decided_by = LineField(
        label="Qui a décidé",
        help_text="Un nom, ou «\u00a0le conseil d’administration\u00a0», «\u00a0l’équipe projet, à l’unanimité\u00a0».",
        max_length=160,
        error_messages={
            "required": "Dites qui a décidé.",
            "max_length": f"C’est trop long\u00a0: 160 caractères au plus. {KEPT}",
        },
    )
    decided_on = DayField(label="Quand", error_messages={"required": "Donnez la date de la décision."})
    step = forms.TypedChoiceField(
        label="Étape",
        coerce=int,
        error_messages={
            "required": "Choisissez une étape.",
            "invalid_choice": "Choisissez une étape de la liste.",
        },
    )
    replaces = forms.TypedChoiceField(
        label="Elle remplace",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": "Cette décision ne vaut plus, ou n’est pas de cette démarche\u00a0: choisissez à nouveau."
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, titles: Mapping[int, str], standing: Sequence[Decision], data: Any = None, initial: Any = None
    ) -> None:
        first = {"key": uuid4(), "decided_on": timezone.localdate(), **(initial or {})}
        super().__init__(data, initial=first)
        self.fields["step"].choices = list(titles.items())  # type: ignore[attr-defined]
        offered = [(row.pk, f"{row.decided_on:%d/%m/%Y}\u00a0: {row.what[:80]}") for row in standing]
        self.fields["replaces"].choices = [("", "Aucune décision précédente"), *offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["replaces"]

    def said(self, item: Item | None) -> Said:
        """Only once valid."""
        values = self.cleaned_data
        return Said(
            step=values["step"],
            what=values["what"],
            why=values["why"],
            decided_by=values["decided_by"],
            decided_on=values["decided_on"],
            item=item,
            replaces=values.get("replaces"),
        )
