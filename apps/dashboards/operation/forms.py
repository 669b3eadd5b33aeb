"""Forms of the operation pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from apps.dashboards.models import Programme
from apps.dashboards.operation.selectors import NATIONAL
from apps.dashboards.quarters import QUARTERS_COUNTED, Quarter, last_ended


def ended_quarters(today: date) -> list[Quarter]:
    """Those of the last two years, newest first."""
    found = [last_ended(today)]
    while len(found) < QUARTERS_COUNTED:
        found.append(found[-1].before)
    return found


class BuildForm(forms.Form):
    """``programmes``: those that are open."""

    scope = forms.ChoiceField(
        label="Portée",
        help_text="La France entière, ou les associations qui ont donné leur accord à un programme.",
        error_messages={
            "required": "Choisissez une portée.",
            "invalid_choice": "Ce programme est clos, ou n’existe plus\u00a0: choisissez dans la liste.",
        },
    )
    quarter = forms.ChoiceField(
        label="Trimestre",
        help_text="Un trimestre fini. Sont comptées les campagnes closes dans les deux ans avant sa fin.",
        error_messages={
            "required": "Choisissez un trimestre.",
            "invalid_choice": "Ce trimestre n’est pas fini, ou il est trop ancien\u00a0: choisissez dans la liste.",
        },
    )

    def __init__(self, programmes: Iterable[Programme], data: Any = None) -> None:
        super().__init__(data)
        self.programmes = {str(programme.pk): programme for programme in programmes}
        self.quarters = {quarter.slug: quarter for quarter in ended_quarters(timezone.localdate())}
        named = [
            (pk, f"{programme.name} ({programme.funder_name})") for pk, programme in self.programmes.items()
        ]
        self.fields["scope"].choices = [(NATIONAL, "Nationale"), *named]  # type: ignore[attr-defined]
        said = [(slug, quarter.name) for slug, quarter in self.quarters.items()]
        self.fields["quarter"].choices = said  # type: ignore[attr-defined]

    @property
    def programme(self) -> Programme | None:
        """Only once valid."""
        return self.programmes.get(self.cleaned_data["scope"])

    @property
    def chosen_quarter(self) -> Quarter:
        """Only once valid."""
        return self.quarters[self.cleaned_data["quarter"]]


class PublishForm(forms.Form):
    sure = forms.BooleanField(
        label="J’ai relu cette publication et son contrôle. Une fois publiée, elle ne changera plus.",
        error_messages={"required": "Cochez cette case pour publier\u00a0: rien n’est encore publié."},
    )
