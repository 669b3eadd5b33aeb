"""Labels and hints of the forms that django-allauth brings, in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

HINT_FOR_NEW = "Douze caractères au moins. Une phrase facile à retenir convient très bien."

# Field name → label, hint. A form may say otherwise in its own ``wording``.
COMMON: dict[str, tuple[str, str]] = {
    "email": ("Adresse électronique", ""),
    "login": ("Adresse électronique", ""),
    "full_name": ("Prénom et nom", ""),
    "password": ("Mot de passe", ""),
    "oldpassword": ("Mot de passe actuel", ""),
    "password1": ("Mot de passe", HINT_FOR_NEW),
    "password2": ("Le même mot de passe, encore une fois", ""),
    "code": ("Code reçu par courriel", "Six chiffres."),
}


class Worded(forms.Form):
    """Mixed in front of an allauth form: our words, no placeholder (a label never hides)."""

    wording: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if words := {**COMMON, **self.wording}.get(name):
                field.label, field.help_text = words
            if name == "code":
                field.widget.attrs.update({"inputmode": "numeric", "spellcheck": "false"})
