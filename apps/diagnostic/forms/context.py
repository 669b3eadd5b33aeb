"""The context of a campaign, asked once and prefilled from the organisation."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.catalogue.models import Department, Fragility, LegalForm, Level, SizeClass
from apps.diagnostic import selectors
from apps.diagnostic.models import Campaign
from apps.diagnostic.services.campaigns import Context

MOST_FRAGILITIES = 3
EFFORT = ("effort_18_months", "effort_7_years", "effort_28_years")
WHOLE = {"invalid": "Écrivez un nombre entier.", "min_value": "Ce nombre ne peut pas être négatif."}


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Department) -> str:
        return f"{obj.pk}, {obj.name}"


def percentage(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=100,
        error_messages=WHOLE | {"max_value": "Une part ne dépasse pas 100."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ContextForm(forms.Form):
    legal_form = forms.ModelChoiceField(
        LegalForm.objects.all(), label="Forme juridique", required=False, empty_label="À choisir"
    )
    department = DepartmentField(
        Department.objects.all(), label="Département", required=False, empty_label="À choisir"
    )
    size_class = forms.ModelChoiceField(
        SizeClass.objects.all(), label="Taille", required=False, empty_label="À choisir"
    )
    fragilities = forms.ModelMultipleChoiceField(
        Fragility.objects.all(),
        label="Fragilités auxquelles vous répondez",
        help_text="Trois au plus : celles qui décident de vos priorités.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    levels = forms.ModelMultipleChoiceField(
        Level.objects.all(),
        label="Échelons où vous agissez",
        help_text="Là où l’action a lieu, pas le siège.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    years_since_board_renewal = forms.IntegerField(
        label="Années depuis le dernier renouvellement du conseil",
        help_text="0 si des personnes nouvelles sont arrivées cette année.",
        required=False,
        min_value=0,
        max_value=100,
        error_messages=WHOLE | {"max_value": "Entre 0 et 100 ans."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    effort_18_months = percentage("18 mois, en %")
    effort_7_years = percentage("7 ans, en %")
    effort_28_years = percentage("28 ans, en %")

    ABOUT = ("legal_form", "department", "size_class")

    @classmethod
    def initial_of(cls, campaign: Campaign) -> dict[str, Any]:
        return {
            # The identifier alone: the related row would be one more query each.
            **{name: getattr(campaign, f"{name}_id") for name in cls.ABOUT},
            **{name: getattr(campaign, name) for name in ("years_since_board_renewal", *EFFORT)},
            **selectors.context_choices(campaign),
        }

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ABOUT]

    def efforts(self) -> list[forms.BoundField]:
        return [self[name] for name in EFFORT]

    def clean_fragilities(self) -> list[Fragility]:
        chosen = list(self.cleaned_data["fragilities"])
        if len(chosen) > MOST_FRAGILITIES:
            raise forms.ValidationError(f"Vous en avez coché {len(chosen)}. Gardez-en trois au plus.")
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [data.get(name) for name in EFFORT]
        if any(name in self.errors for name in EFFORT) or all(part is None for part in given):
            return data
        total = sum(part or 0 for part in given)
        if total != 100:
            self.add_error(
                EFFORT[0],
                f"Les trois parts font {total} au lieu de 100. Ajustez-les, ou laissez les trois vides.",
            )
        return data

    def context(self) -> Context:
        data = self.cleaned_data
        months, years, generation = (data[name] for name in EFFORT)
        empty = months is None and years is None and generation is None
        return Context(
            legal_form=data["legal_form"],
            department=data["department"],
            size_class=data["size_class"],
            fragilities=data["fragilities"],
            levels=list(data["levels"]),
            years_since_board_renewal=data["years_since_board_renewal"],
            effort=None if empty else (months or 0, years or 0, generation or 0),
        )
