"""From one association to another, for tests: what leaves, what is sent, what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.methodology.dossier import archive, data, reading
from apps.methodology.dossier.importing import Asked, Imported, import_engagement
from apps.methodology.errors import Refused
from apps.methodology.models import Engagement
from apps.methodology.tools import KINDS
from apps.methodology.tools.specs import FieldType

Files = dict[str, Any]
PEOPLE = {field.code for kind in KINDS.values() for field in kind.fields if field.type == FieldType.MEMBER}
PLACES = ("demarche", "etapes", "elements", "decisions", "commentaires", "ateliers", "notes")


def fresh(engagement: Engagement) -> Engagement:
    return Engagement.objects.select_related("organisation").get(pk=engagement.pk)


def files_of(engagement: Engagement) -> Files:
    """The data files by their short names."""
    read = reading.read(fresh(engagement))
    found = data.files(read, at=timezone.now(), platform="https://ici.example")
    return json.loads(
        json.dumps({name.removeprefix("donnees/").removesuffix(".json"): one for name, one in found.items()})
    )  # type: ignore[no-any-return]


def zipped(files: Files, prefix: str = "donnees/", **more: bytes) -> bytes:
    parts = {f"{prefix}{name}.json": json.dumps(one).encode() for name, one in files.items()}
    return archive.zipped({**parts, **more}, timezone.now())


def send(
    there: tuple[Organisation, User], content: bytes, key: UUID | None = None, **ticked: bool
) -> Imported:
    organisation, by = there
    return import_engagement(organisation=organisation, by=by, asked=Asked(content, key or uuid4(), **ticked))


def without_people(files: Files) -> Files:
    """What must be the same after a journey: all but who was there, their fields, and the counts of writes."""
    for name in ("association", "history", "team", "exported_at", "platform"):
        files["demarche"].pop(name)
    for item in files["elements"]["items"]:
        item["fields"] = [one for one in item["fields"] if one["code"] not in PEOPLE]
    for note in files["notes"]["notes"]:
        note.pop("came_at")  # when it was taken in, by those who took it in
    comments = files["commentaires"]["comments"]
    files["commentaires"]["comments"] = [one for one in comments if "démarche d’origine" not in one["text"]]
    return files


def refused(there: tuple[Organisation, User], content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        send(there, content)
    assert not Engagement.objects.filter(organisation=there[0]).exists()


def raw(names: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in names.items():
            made.writestr(name, content)
    return out.getvalue()
