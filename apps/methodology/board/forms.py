"""Opening a démarche, moving a step, saying what governance decided. Whatever is wrong, what was typed stays."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.core.fields import DayField, LineField, PlainCharField
from apps.methodology.enums import StepStage, Verdict
from apps.methodology.services.stages import SAY_WHY as SAY_WHY_SKIPPED
from apps.methodology.services.stages import Move
from apps.methodology.services.validations import SAY_WHY as SAY_WHY_BACK
from apps.methodology.services.validations import Word

KEPT = "Le reste est gardé."
CHOOSE = "Choisissez une réponse dans la liste."
FIRST_DAY = date(2000, 1, 1)
STAGES = [
    (StepStage.TODO, "À faire"),
    (StepStage.DOING, "En cours"),
    (StepStage.TO_VALIDATE, "À valider\u00a0: la gouvernance est prévenue par courriel"),
    (StepStage.DONE, "Fait, sans attendre de validation"),
    (StepStage.SKIPPED, "Passé\u00a0: cette étape ne se fera pas, ou pas maintenant"),
]
VERDICTS = [
    (Verdict.VALIDATED, "L’étape est validée"),
    (Verdict.SENT_BACK, "L’étape est à reprendre"),
]


def default_title(organisation: Organisation) -> str:
    year = timezone.localdate().year
    return f"Notre modèle, {year} à {year + 3}" if organisation else ""


def title_field() -> LineField:
    return LineField(
        label="Nom de la démarche",
        help_text="Celui que l’équipe et la gouvernance reconnaîtront. Il se change ensuite.",
        max_length=160,
        error_messages={
            "required": "Donnez un nom à la démarche.",
            "max_length": f"Ce nom dépasse 160 caractères. Raccourcissez-le. {KEPT}",
        },
    )


class OpeningForm(forms.Form):
    """``key``: drawn with the page; the same form sent twice opens one démarche. One association: nothing to choose."""

    organisation = forms.ChoiceField(
        label="Association",
        error_messages={"required": "Choisissez l’association.", "invalid_choice": CHOOSE},
    )
    title = title_field()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, organisations: Sequence[Organisation], data: Any = None, initial: Any = None) -> None:
        first = organisations[0]
        drawn = {"key": uuid.uuid4(), "organisation": str(first.pk), "title": default_title(first)}
        super().__init__(data, initial={**drawn, **(initial or {})})
        self.organisations = {str(one.pk): one for one in organisations}
        if len(organisations) > 1:
            choice = cast(forms.ChoiceField, self.fields["organisation"])
            choice.choices = [(key, one.name) for key, one in self.organisations.items()]
        else:
            del self.fields["organisation"]

    def chosen(self) -> Organisation:
        """Only once valid."""
        first = next(iter(self.organisations))
        return self.organisations[self.cleaned_data.get("organisation", first)]


class TitleForm(forms.Form):
    title = title_field()


class StageForm(forms.Form):
    """``shown``: the stage on the page, so that two people at once are told of each other."""

    stage = forms.ChoiceField(
        label="Où en est cette étape",
        choices=STAGES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez où en est l’étape.", "invalid_choice": CHOOSE},
    )
    why = LineField(
        label="Si elle est passée, pourquoi",
        required=False,
        max_length=300,
        error_messages={"max_length": "Cette raison dépasse 300 caractères. Raccourcissez-la."},
    )
    shown = forms.ChoiceField(choices=StepStage.choices, widget=forms.HiddenInput)

    def __init__(self, stage: str, data: Any = None, initial: Any = None, why: str = "") -> None:
        super().__init__(data, initial={"stage": stage, "shown": stage, "why": why, **(initial or {})})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("stage") == StepStage.SKIPPED and not cleaned.get("why") and "why" not in self.errors:
            self.add_error("why", SAY_WHY_SKIPPED)
        return cleaned

    def move(self) -> Move:
        """Only once valid."""
        cleaned = self.cleaned_data
        return Move(to=cleaned["stage"], shown=cleaned["shown"], why=cleaned["why"])


class ValidationForm(forms.Form):
    """``recording``: the lead writes down what a board without account decided, and says who."""

    verdict = forms.ChoiceField(
        label="La décision",
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez\u00a0: validée, ou à reprendre.", "invalid_choice": CHOOSE},
    )
    name = LineField(
        label="Qui l’a prise",
        help_text="Une personne ou une instance, par exemple «\u202fle conseil d’administration\u202f».",
        max_length=150,
        error_messages={
            "required": "Écrivez qui a pris la décision.",
            "max_length": f"Ce nom dépasse 150 caractères. Raccourcissez-le. {KEPT}",
        },
    )
    decided_on = DayField(
        label="Date de la décision", error_messages={"required": "Donnez la date de la décision."}
    )
    reason = PlainCharField(
        label="Motif",
        help_text="Nécessaire pour renvoyer l’étape à l’équipe. Il reste dans l’historique.",
        required=False,
        max_length=2000,
        error_messages={"max_length": f"Ce motif dépasse 2 000 caractères. Raccourcissez-le. {KEPT}"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    shown = forms.ChoiceField(choices=StepStage.choices, widget=forms.HiddenInput)

    def __init__(self, stage: str, data: Any = None, initial: Any = None, recording: bool = False) -> None:
        drawn = {"key": uuid.uuid4(), "shown": stage, "decided_on": timezone.localdate()}
        super().__init__(data, initial={**drawn, **(initial or {})})
        if not recording:
            del self.fields["name"]

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                "Cette date est à venir\u00a0: donnez le jour où la décision a été prise."
            )
        if day < FIRST_DAY:
            raise forms.ValidationError("Cette date est trop ancienne\u00a0: vérifiez l’année.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("verdict") == Verdict.SENT_BACK
            and not cleaned.get("reason")
            and "reason" not in self.errors
        ):
            self.add_error("reason", SAY_WHY_BACK)
        return cleaned

    def word(self) -> Word:
        """Only once valid."""
        cleaned = self.cleaned_data
        return Word(
            verdict=cleaned["verdict"],
            decided_on=cleaned["decided_on"],
            shown=cleaned["shown"],
            reason=cleaned["reason"],
            name=cleaned.get("name", ""),
        )
