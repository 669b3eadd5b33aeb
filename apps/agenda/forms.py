"""Coming to a session; announcing one. Whatever is wrong, what was typed stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from apps.agenda import rules
from apps.agenda.models import Session
from apps.agenda.services import Sheet
from apps.catalogue.models import Fragility, Goal
from apps.core.fields import LineField, PlainCharField

_KEPT = "Le reste est gardé."


class RegistrationForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique",
        help_text="La confirmation et le lien pour rejoindre la séance y arrivent.",
        max_length=254,
        error_messages={
            "required": "Indiquez une adresse : la confirmation et le lien y arrivent.",
            "invalid": "Cette adresse est incomplète : il y manque peut-être le @ ou la fin.",
            "max_length": "Cette adresse est trop longue : vérifiez-la.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = LineField(
        label="Prénom ou nom",
        help_text="Pour vous saluer. L’équipe qui anime la séance le voit aussi.",
        required=False,
        max_length=80,
        error_messages={"max_length": "Ce nom dépasse 80 caractères. Raccourcissez-le."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class GoalsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Goal) -> str:
        return f"ODD\u00a0{obj.number}, {obj.name}"


def _choices(field: type[forms.ModelMultipleChoiceField], label: str, rows: Any) -> Any:  # type: ignore[type-arg]
    wrong = "Choisissez dans la liste."
    return field(
        queryset=rows,
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": wrong, "invalid_pk_value": wrong},
    )


def _hour(label: str, missing: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"],
        error_messages={"required": missing, "invalid": "Écrivez l’heure ainsi : 13:00."},
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )


class SessionForm(forms.Form):
    title = LineField(
        label="Titre",
        help_text="Ce que l’on viendra comprendre, en une ligne.",
        max_length=200,
        error_messages={
            "required": "Donnez un titre à la séance.",
            "max_length": f"Ce titre dépasse 200 caractères. Raccourcissez-le. {_KEPT}",
        },
    )
    date = forms.DateField(
        label="Date",
        help_text="D’habitude, le troisième jeudi du mois.",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": "Choisissez le jour de la séance.",
            "invalid": "Écrivez la date ainsi : 21/01/2027.",
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    start = _hour("Début, heure de Paris", "Dites à quelle heure la séance commence.")
    end = _hour("Fin, heure de Paris", "Dites à quelle heure la séance finit.")
    summary = PlainCharField(
        label="Présentation",
        help_text="Qui témoigne, de quoi, et pour qui c’est utile. Du texte simple.",
        required=False,
        max_length=3000,
        error_messages={"max_length": f"La présentation dépasse 3000 caractères. Raccourcissez-la. {_KEPT}"},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    join_url = forms.URLField(
        label="Lien pour rejoindre la séance",
        help_text="Il part seulement dans les courriels aux personnes inscrites.",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": f"Ce lien n’est pas une adresse du web : elle commence par https://. {_KEPT}",
            "max_length": f"Ce lien dépasse 500 caractères. {_KEPT}",
        },
    )
    goals = _choices(GoalsField, "Objectifs de développement durable", Goal.objects.all())
    fragilities = _choices(forms.ModelMultipleChoiceField, "Fragilités", Fragility.objects.all())
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_join_url(self) -> str:
        url: str = self.cleaned_data["join_url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["join_url"].error_messages["invalid"])
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name in ("start", "end"):
            if cleaned.get("date") and cleaned.get(name):
                self._read_moment(name)
        if not self.errors and cleaned["end"] <= cleaned["start"]:
            self.add_error("end", "La séance finit avant de commencer : corrigez l’une des deux heures.")
        return cleaned

    def _read_moment(self, name: str) -> None:
        try:
            self.cleaned_data[f"{name}s_at"] = rules.at(self.cleaned_data["date"], self.cleaned_data[name])
        except rules.NoSuchTimeError:
            self.add_error(name, "Ce jour-là, les horloges changent à cette heure : choisissez-en une autre.")

    def sheet(self) -> Sheet:
        """What was typed, checked. Only after ``is_valid()``."""
        cleaned = self.cleaned_data
        return Sheet(
            title=cleaned["title"],
            summary=cleaned["summary"],
            starts_at=cleaned["starts_at"],
            ends_at=cleaned["ends_at"],
            join_url=cleaned["join_url"],
            goals=list(cleaned["goals"]),
            fragilities=list(cleaned["fragilities"]),
        )


class CancelForm(forms.Form):
    reason = LineField(
        label="Motif",
        help_text="Une phrase, que les personnes inscrites et les visiteurs liront.",
        max_length=300,
        error_messages={
            "required": "Dites en une phrase pourquoi la séance n’a pas lieu : les personnes inscrites la liront.",
            "max_length": "Ce motif dépasse 300 caractères. Raccourcissez-le.",
        },
    )


def first_values(day: date | None) -> dict[str, Any]:
    """The usual hours, on this day when it is known."""
    return {"date": day, "start": rules.STARTS, "end": rules.ENDS}


def values_of(session: Session) -> dict[str, Any]:
    starts_at: datetime = rules.local(session.starts_at)
    return {
        "title": session.title,
        "date": starts_at.date(),
        "start": starts_at.time(),
        "end": rules.local(session.ends_at).time(),
        "summary": session.summary,
        "join_url": session.join_url,
        "goals": [row.pk for row in session.goals.all()],
        "fragilities": [row.pk for row in session.fragilities.all()],
        "sequence": session.sequence,
    }


def values_from(draft: Any) -> dict[str, Any]:
    """A form sent after the session expired, found again after sign-in."""
    many = {name: draft.getlist(name) for name in ("goals", "fragilities")}
    return {**{name: draft[name] for name in SessionForm.base_fields if name in draft}, **many}
