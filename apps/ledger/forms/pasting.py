"""Accounts pasted from a spreadsheet, or sent as a small text file. What was typed is kept beside what is wrong."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone

from apps.core.fields import PlainCharField
from apps.ledger import pasted
from apps.ledger.forms.days import DaysForm, civil

LARGEST = 800_000
TOO_LARGE = "C’est trop long pour une balance\u00a0: collez les totaux par compte (5\u202f000 lignes au plus), pas les écritures."
NO_TEXT = "Ce fichier n’est pas du texte. Dans le tableur, enregistrez-le en «\u00a0CSV\u00a0», ou copiez les cellules et collez-les."
NOTHING = "Collez vos lignes, ou choisissez un fichier."


class PasteForm(DaysForm):
    text = PlainCharField(
        label="Lignes copiées du tableur",
        help_text="Numéro de compte, libellé, montant (ou débit et crédit), une ligne par compte, titres compris ou non.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "wrap": "off"}),
    )
    file = forms.FileField(
        label="Ou un fichier .csv ou .tsv",
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        error_messages={
            "invalid": "L’envoi n’a pas abouti\u00a0: choisissez le fichier de nouveau.",
            "empty": "Ce fichier est vide\u00a0: choisissez-en un autre.",
            "max_length": "Le nom de ce fichier est trop long\u00a0: raccourcissez-le, puis choisissez-le de nouveau.",
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    data: Any
    found: pasted.Pasted | None = None
    field_order = ("starts_on", "ends_on", "text", "file", "key")

    def __init__(self, data: Any = None, files: Any = None, draft: QueryDict | None = None) -> None:
        """``draft``: what was typed before the session ended, shown and not read yet."""
        initial: dict[str, Any] = {"key": uuid.uuid4(), **civil(timezone.localdate().year - 1)}
        initial |= {name: draft[name] for name in ("starts_on", "ends_on", "text") if draft and name in draft}
        super().__init__(data, files, initial=initial)

    def clean_key(self) -> uuid.UUID:
        key: uuid.UUID | None = self.cleaned_data["key"]
        return key or uuid.uuid4()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return text

    def clean_file(self) -> str:
        sent: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if sent is None:
            return ""
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return decoded(sent.read())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "text" in self.errors or "file" in self.errors:
            return data
        text = data["text"] if data.get("text", "").strip() else data.get("file", "")
        if not text.strip():
            self.add_error("text", NOTHING)
            return data
        self.found = pasted.read(text)
        if self.found.faults:
            # What a file held is mended in the box: a browser keeps no file.
            self.data = {**self.data.dict(), "text": text}
            self.add_error(
                "text", "Des lignes ne se lisent pas\u00a0: elles sont listées plus haut. Rien n’est importé."
            )
        return data

    def faults(self) -> list[str]:
        every = self.found.faults if self.found else []
        told = [str(fault) for fault in every[: pasted.SHOWN]]
        more = len(every) - pasted.SHOWN
        return [*told, f"Et {more} autres lignes."] if more > 0 else told


def decoded(content: bytes) -> str:
    """UTF-8 first, then what spreadsheets write in France. ValidationError for what is no text."""
    if content.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")) or b"\x00" in content[:4000]:
        raise forms.ValidationError(NO_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("iso8859-15")
