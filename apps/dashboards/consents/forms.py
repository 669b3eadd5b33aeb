"""Agreeing to a programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.accounts.models import Organisation


class ConsentForm(forms.Form):
    """``organisations``: those that the person manages and that are not in the programme yet.

    ``seen``: what the page shows today (``services.consents.seen``); ``words``: what it showed when it was opened.
    """

    organisation = forms.ChoiceField(
        label="Pour quelle association",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez l’association.",
            "invalid_choice": "Choisissez une association de la liste.",
        },
    )
    report_given = forms.BooleanField(
        label="Ce financeur a déjà notre rapport de diagnostic",
        help_text="Si c’est le cas, dites-le\u00a0: nous demanderons plus d’associations avant de montrer un chiffre. "
        "Le financeur ne voit pas cette case.",
        required=False,
    )
    agrees = forms.BooleanField(
        label="Nous avons lu ce qui précède, et notre association accepte",
        error_messages={
            "required": "Cochez cette case pour accepter, ou quittez la page\u00a0: rien n’est enregistré."
        },
    )
    words = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, organisations: Sequence[Organisation], seen: str, data: Any = None, initial: Any = None
    ) -> None:
        kept = {
            name: value for name, value in (initial or {}).items() if name in ("organisation", "report_given")
        }
        first = str(organisations[0].pk) if len(organisations) == 1 else ""
        super().__init__(data, initial={"organisation": first, **kept, "words": seen})
        self.seen = seen
        self.organisations = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [(key, one.name) for key, one in self.organisations.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("words") != self.seen:
            # The next page shows the text of today.
            self.data = {
                **{name: self.data[name] for name in self.data if name != "agrees"},
                "words": self.seen,
            }
            raise forms.ValidationError(
                "Ce texte a changé depuis que vous l’avez ouvert. Relisez-le, puis cochez de nouveau."
            )
        return said

    @property
    def chosen(self) -> Organisation:
        """Only once valid."""
        return self.organisations[self.cleaned_data["organisation"]]
