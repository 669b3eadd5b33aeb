"""Sending an archive. A file that is refused has to be chosen again: browsers keep none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from apps.accounts.models import Organisation
from apps.methodology.dossier.importing import Asked
from apps.methodology.dossier.opening import LARGEST

TOO_LARGE = f"Ce fichier dépasse {LARGEST // 1_000_000}\u00a0Mo\u00a0: ce n’est pas une archive de démarche."


class ImportForm(forms.Form):
    """``shows``: which of the two boxes are there, each after the refusal that it lifts."""

    organisation = forms.ChoiceField(
        label="Association qui reprend la démarche",
        error_messages={
            "required": "Choisissez l’association.",
            "invalid_choice": "Choisissez une réponse dans la liste.",
        },
    )
    file = forms.FileField(
        label="Archive",
        help_text="Le fichier .zip que la page «\u00a0Le dossier\u00a0» d’une démarche a préparé.",
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide\u00a0: choisissez-en un autre.",
            "missing": "Choisissez un fichier.",
            "invalid": "L’envoi n’a pas abouti\u00a0: choisissez le fichier de nouveau.",
        },
    )
    again = forms.BooleanField(label="Importer une seconde fois, dans une autre démarche", required=False)
    partly = forms.BooleanField(label="Importer quand même, sans ces parties", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        organisations: Sequence[Organisation],
        data: Any = None,
        files: Any = None,
        shows: Sequence[str] = (),
    ) -> None:
        super().__init__(data, files, initial={"key": uuid.uuid4(), "organisation": str(organisations[0].pk)})
        self.organisations = {str(one.pk): one for one in organisations}
        if len(organisations) > 1:
            choice = cast(forms.ChoiceField, self.fields["organisation"])
            choice.choices = [(key, one.name) for key, one in self.organisations.items()]
        else:
            del self.fields["organisation"]
        for name in ("again", "partly"):
            if name not in shows and not (data and data.get(name)):
                self.fields[name].widget = forms.HiddenInput()

    def clean_file(self) -> UploadedFile[bytes]:
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return sent

    def chosen(self) -> Organisation:
        """Only once valid."""
        return self.organisations[self.cleaned_data.get("organisation", next(iter(self.organisations)))]

    def asked(self) -> Asked:
        """Only once valid."""
        said = self.cleaned_data
        return Asked(said["file"].read(), said["key"] or uuid.uuid4(), said["again"], said["partly"])
