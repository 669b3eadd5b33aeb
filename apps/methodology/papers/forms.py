from __future__ import annotations

from django import forms

from apps.core.fields import LineField


class SigningForm(forms.Form):
    """Who signs, as she wants it written under the text."""

    name = LineField(
        label="Prénom et nom",
        max_length=120,
        error_messages={"required": "Écrivez votre prénom et votre nom, comme au bas d’une lettre."},
    )
    quality = LineField(
        label="Qualité",
        help_text="Présidente, trésorier, administratrice, référente…",
        max_length=120,
        error_messages={"required": "Dites à quel titre vous signez."},
    )
    agrees = forms.BooleanField(
        label="J’ai lu ce texte et je l’approuve.",
        error_messages={"required": "Cochez cette case pour signer."},
    )
