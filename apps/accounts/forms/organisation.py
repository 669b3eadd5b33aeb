from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from apps.accounts.identifiers import NumberError, Numbers, looks_like_rna, read_rna, read_siren_or_siret
from apps.accounts.models import Organisation
from apps.accounts.selectors import organisation_with_number
from apps.accounts.services.organisations import Sheet
from apps.catalogue.models import Department, Fragility, LegalForm, SizeClass

MOST_FRAGILITIES = 3
_KEPT = "Le reste de la fiche est gardé : corrigez, ou laissez ce champ vide."


class DepartmentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Department) -> str:
        return f"{obj.pk}, {obj.name}"


class OrganisationForm(forms.Form):
    """An organisation by SIREN, SIRET, RNA or name alone. Whatever is wrong, what was typed stays."""

    name = forms.CharField(
        label="Nom de l’association",
        help_text="Tel qu’il est écrit dans vos statuts.",
        max_length=200,
        error_messages={
            "required": "Indiquez le nom de l’association.",
            "max_length": "Ce nom dépasse 200 caractères. Raccourcissez-le : le reste de la fiche est gardé.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    siren = forms.CharField(
        label="SIREN ou SIRET",
        help_text="Neuf ou quatorze chiffres, avec ou sans espaces.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"max_length": f"C’est trop long pour un SIREN ou un SIRET. {_KEPT}"},
    )
    rna = forms.CharField(
        label="Numéro RNA",
        help_text="W et neuf caractères : il est sur votre récépissé.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": f"C’est trop long pour un numéro RNA. {_KEPT}"},
    )
    department = DepartmentField(
        label="Département",
        help_text="Celui de votre siège. La région suit.",
        queryset=Department.objects.all(),
        empty_label="Choisissez un département",
        error_messages={
            "required": "Choisissez votre département.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    legal_form = forms.ModelChoiceField(
        label="Forme juridique",
        help_text="Celle de vos statuts.",
        queryset=LegalForm.objects.all(),
        empty_label="Choisissez une forme",
        error_messages={
            "required": "Choisissez votre forme juridique.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    size_class = forms.ModelChoiceField(
        label="Taille",
        help_text="D’après votre budget annuel. Un ordre de grandeur suffit.",
        queryset=SizeClass.objects.all(),
        empty_label="Choisissez une taille",
        error_messages={
            "required": "Choisissez votre taille.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    fragilities = forms.ModelMultipleChoiceField(
        label="Fragilités auxquelles vous répondez",
        help_text="Trois au plus : celles qui disent le mieux votre action.",
        queryset=Fragility.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Choisissez dans la liste.",
            "invalid_pk_value": "Choisissez dans la liste.",
        },
    )
    creation_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.numbers = Numbers()
        # Another organisation holds the same number: the page explains and offers to go on by name alone.
        self.already_here = False

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_fragilities(self) -> Any:
        chosen = self.cleaned_data["fragilities"]
        if len(chosen) > MOST_FRAGILITIES:
            raise forms.ValidationError(
                f"Gardez-en {MOST_FRAGILITIES} au plus : vous en avez coché {len(chosen)}. "
                "Vos choix sont gardés, décochez ceux qui comptent le moins."
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.data.get("without_number"):
            for field in ("siren", "rna"):
                self.errors.pop(field, None)
            return cleaned
        siren, rna = cleaned.get("siren", ""), cleaned.get("rna", "")
        if looks_like_rna(siren) and not rna:
            siren, rna = "", siren  # Typed in the neighbouring field: no reason to send it back.
        from_siren = self._read("siren", read_siren_or_siret, siren) or Numbers()
        self.numbers = Numbers(from_siren.siren, from_siren.siret, self._read("rna", read_rna, rna) or "")
        if not self.errors and self._number_is_taken():
            self.refuse_as_already_here()
        return cleaned

    def _number_is_taken(self) -> bool:
        known = organisation_with_number(
            siren=self.numbers.siren, rna=self.numbers.rna, other_than=self.organisation
        )
        # The same form sent twice meets what it made the first time.
        return known is not None and known.creation_key != self.cleaned_data.get("creation_key")

    def _read(self, field: str, read: Callable[[str], Any], text: str) -> Any:
        try:
            return read(text)
        except NumberError as error:
            self.add_error(field, f"{error} {_KEPT}")
            return None

    def refuse_as_already_here(self) -> None:
        self.already_here = True
        self.add_error(None, "Une association avec ce numéro existe déjà ici.")

    @property
    def creation_key_or_new(self) -> uuid.UUID:
        return self.cleaned_data.get("creation_key") or uuid.uuid4()

    def sheet(self) -> Sheet:
        """What was typed, checked. Only after ``is_valid()``."""
        cleaned = self.cleaned_data
        return Sheet(
            name=cleaned["name"],
            siren=self.numbers.siren,
            siret=self.numbers.siret,
            rna=self.numbers.rna,
            legal_form=cleaned["legal_form"],
            department=cleaned["department"],
            size_class=cleaned["size_class"],
            fragilities=cleaned["fragilities"],
        )


def initial_of(organisation: Organisation) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "siren": organisation.siret or organisation.siren,
        "rna": organisation.rna,
        "department": organisation.department_id,
        "legal_form": organisation.legal_form_id,
        "size_class": organisation.size_class_id,
        "fragilities": list(organisation.fragilities.values_list("pk", flat=True)),
    }


def initial_from(values: QueryDict) -> dict[str, Any]:
    """First values of the form from an address or a draft; they are checked like any others when sent."""
    initial: dict[str, Any] = {
        name: values[name][:200]
        for name in OrganisationForm.base_fields
        if name in values and name != "fragilities"
    }
    initial["fragilities"] = values.getlist("fragilities")
    if not initial.get("creation_key"):
        initial["creation_key"] = uuid.uuid4()
    return initial
