"""Forms of the registers. What is typed stays, whatever is refused."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from apps.catalogue.models import Region
from apps.core.fields import DayField
from apps.webinars.curation.register_kinds import PEOPLE, Register, Row
from apps.webinars.enums import OrganisationKind
from apps.webinars.models import CitedOrganisation, Person
from apps.webinars.services.people import LONGEST_SPELLING, state_of

LONGEST_NOTE = 4000


def text(label: str, most: int, missing: str = "", hint: str = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
        error_messages={
            "required": missing,
            "max_length": f"C’est trop long : {most} signes au plus. Ce que vous avez tapé est gardé.",
        },
    )


def area(label: str, hint: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"C’est trop long : {LONGEST_NOTE} signes au plus."},
    )


def day(label: str, hint: str, *, required: bool) -> DayField:
    missing = "Indiquez le jour où la demande est arrivée."
    return DayField(label=label, help_text=hint, required=required, error_messages={"required": missing})


class Dated(forms.Form):
    """A request of the person herself, on a day that is not to come."""

    def clean_asked_on(self) -> date | None:
        asked: date | None = self.cleaned_data["asked_on"]
        if asked and asked > timezone.localdate():
            raise forms.ValidationError(
                "Cette date est à venir : indiquez le jour où la demande est arrivée."
            )
        return asked


class Spelled(forms.Form):
    """Other spellings, one a line; why it is so."""

    spellings = area(
        "Autres graphies",
        "Une par ligne : celles que l’on rencontre dans les sources. La recherche les comprend.",
        3,
    )
    note = area(
        "Note de curation",
        "Le choix fait et sa raison. Elle n’est montrée qu’aux curatrices et curateurs.",
        3,
    )
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_spellings(self) -> list[str]:
        found = [" ".join(line.split()) for line in self.cleaned_data["spellings"].splitlines()]
        if any(len(line) > LONGEST_SPELLING for line in found):
            raise forms.ValidationError(f"Une graphie dépasse {LONGEST_SPELLING} signes : raccourcissez-la.")
        return list(dict.fromkeys(line for line in found if line))


class PersonForm(Dated, Spelled):
    first_name = text("Prénom", 80)
    last_name = text("Nom", 80, "Indiquez le nom.", "Avec ses accents, sa particule, ses traits d’union.")
    asked_on = day(
        "Demandé par elle-même le",
        "À remplir si la personne a demandé cette correction : l’ancien nom n’est alors plus gardé comme graphie.",
        required=False,
    )
    reason = area("Ce qu’elle a demandé", "Gardé avec la date, pour répondre si elle revient vers nous.", 2)
    field_order = ("first_name", "last_name", "spellings", "note", "asked_on", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("reason") and not cleaned.get("asked_on") and "asked_on" not in self.errors:
            self.add_error("asked_on", "Indiquez quand elle l’a demandé, ou videz « Ce qu’elle a demandé ».")
        return cleaned


class OrganisationForm(Spelled):
    name = text("Nom", 160, "Indiquez le nom de l’organisation.")
    kind = forms.ChoiceField(
        label="Type",
        choices=[("", "Choisissez un type"), *OrganisationKind.choices],
        error_messages={"required": "Choisissez un type.", "invalid_choice": "Choisissez dans la liste."},
    )
    region = forms.ModelChoiceField(
        label="Région",
        help_text="Celle de son siège ou de son action, quand le cas la nomme.",
        queryset=Region.objects.all(),
        required=False,
        empty_label="Aucune",
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    field_order = ("name", "kind", "region", "spellings", "note")


class WithdrawForm(Dated):
    asked_on = day("Demandé le", "Le jour où la demande est arrivée.", required=True)
    reason = area(
        "Motif, tel qu’elle le donne",
        "Facultatif : elle n’a pas à se justifier. N’écrivez pas son nom, ce texte est gardé.",
        2,
    )
    sure = forms.BooleanField(
        label="J’ai vérifié que la demande vient d’elle. Ce retrait ne se défait pas.",
        error_messages={"required": "Cochez cette case pour confirmer : rien n’est encore retiré."},
    )
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


def form_class(register: Register) -> type[PersonForm] | type[OrganisationForm]:
    return PersonForm if register is PEOPLE else OrganisationForm


def initial_of(row: Row) -> dict[str, Any]:
    shared = {"spellings": "\n".join(row.spellings), "note": row.note, "seen": state_of(row)}
    if isinstance(row, CitedOrganisation):
        return {**shared, "name": row.name, "kind": row.kind, "region": row.region_id}
    assert isinstance(row, Person)
    return {**shared, "first_name": row.first_name, "last_name": row.last_name}


def seen_again(form: forms.Form, row: Row) -> None:
    """What was typed is kept, beside the row as it is now: sending it again says that it was compared."""
    data = cast(QueryDict, form.data).copy()
    data["seen"] = state_of(row)
    form.data = data
