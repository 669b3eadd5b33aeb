"""The twelve statements of the express mode, on one page."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.diagnostic.enums import AnswerValue
from apps.diagnostic.instrument import Questionnaire


class ExpressForm(forms.Form):
    """One choice a statement; none is required, but at least one answer is."""

    def __init__(self, questionnaire: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in questionnaire.express:
            self.fields[statement.code] = forms.ChoiceField(
                choices=AnswerValue.choices,
                required=False,
                error_messages={"invalid_choice": "Cette réponse n’est pas sur l’échelle."},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(
                "Choisissez au moins une réponse : sans elle, il n’y a rien à montrer."
            )
        return data

    def answers(self) -> dict[str, str]:
        return {code: value for code, value in self.cleaned_data.items() if value}
