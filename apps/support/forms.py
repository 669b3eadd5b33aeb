from __future__ import annotations

from django import forms

WORDS = {1: "Une heure", 24: "Un jour", 168: "Sept jours"}


class GrantForm(forms.Form):
    purpose = forms.CharField(
        label="Ce qui vous arrête",
        help_text="Une phrase suffit\u00a0: l’équipe saura où regarder.",
        max_length=300,
        error_messages={
            "required": "Dites en une phrase ce qui vous arrête.",
            "max_length": "Ce texte dépasse 300 caractères. Raccourcissez-le.",
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.TypedChoiceField(
        label="Combien de temps",
        help_text="Vous pouvez retirer votre accord avant.",
        choices=list(WORDS.items()),
        coerce=int,
        initial=24,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une durée.",
            "invalid_choice": "Choisissez une durée de la liste.",
        },
    )
