"""Sending a FEC. A file that is refused has to be chosen again: browsers keep none."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from apps.ledger.fec.shape import FecFault
from apps.ledger.fec.signatures import HEAD, refuse_binary

LARGEST = 200_000_000
TOO_LARGE = (
    "Ce fichier dépasse 200\u00a0Mo. Exportez un seul exercice et, si le logiciel le propose, regroupez les écritures "
    "par mois."
)


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Fichier des écritures comptables (FEC)",
        help_text="Un fichier texte, .txt ou .csv, tel que le logiciel l’a écrit\u00a0: un seul exercice, 200\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,.tsv,text/plain,text/csv"}),
        max_length=255,
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide\u00a0: choisissez-en un autre.",
            "missing": "Choisissez un fichier.",
            "invalid": "L’envoi n’a pas abouti\u00a0: choisissez le fichier de nouveau.",
            "max_length": "Le nom de ce fichier est trop long\u00a0: raccourcissez-le, puis choisissez-le de nouveau.",
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"key": uuid.uuid4()})

    def clean_file(self) -> UploadedFile[bytes]:
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        try:
            refuse_binary(sent.read(HEAD))
        except FecFault as told:
            raise forms.ValidationError(str(told)) from told
        sent.seek(0)
        return sent

    def clean_key(self) -> uuid.UUID:
        key: uuid.UUID | None = self.cleaned_data["key"]
        return key or uuid.uuid4()
