"""Every page that takes a file looks at what it holds, refuses what is not for it with a sentence, and keeps nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from apps.accounts.enums import PlatformRole
from apps.accounts.models import Organisation
from apps.ledger.forms import pasting, sending
from apps.methodology.dossier import forms as archives
from apps.webinars.exchange import uploads
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.walkers.scanning import sources
from tests.walkers.sendings import PNG, SENT

pytestmark = pytest.mark.django_db

# Module whose view reads request.FILES → name of its page, what stands in its form, (module, name) of its largest size.
Page = tuple[str, Callable[[Organisation], dict[str, str]], tuple[Any, str]]
VIEWS: dict[str, Page] = {
    "apps.ledger.views.imports": ("ledger:upload", lambda _: {"key": str(uuid4())}, (sending, "LARGEST")),
    "apps.ledger.views.typing": (
        "ledger:paste",
        lambda _: {"starts_on": "2025-01-01", "ends_on": "2025-12-31", "text": "", "key": str(uuid4())},
        (pasting, "LARGEST"),
    ),
    "apps.methodology.dossier.views": (
        "method:import",
        lambda organisation: {"organisation": str(organisation.pk), "key": str(uuid4())},
        (archives, "LARGEST"),
    ),
    "apps.webinars.curation.register_files": ("curation:imports", lambda _: {}, (uploads, "LARGEST")),
}
FORMS = {
    "apps.ledger.forms.pasting",
    "apps.ledger.forms.sending",
    "apps.methodology.dossier.forms",
    "apps.webinars.curation.register_files",
}
# Rows that may change: the session, the counters of the rate limits.
FREE = {"django_session", "cache"}


def names(kind: type[ast.AST], wanted: set[str]) -> set[str]:
    found = set()
    for module, text in sources("apps", "trajectoires").items():
        if not any(one in text for one in wanted):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, kind) and getattr(node, "attr", None) in wanted:
                found.add(module)
    return found


def test_every_view_that_reads_a_file_is_walked() -> None:
    assert names(ast.Attribute, {"FILES", "upload_handlers", "parsers"}) == set(VIEWS)


def test_every_form_that_takes_a_file_is_one_of_theirs() -> None:
    fields = {"FileField", "ImageField", "FilePathField", "MultipleFileField", "FileUploadParser"}
    # A file that the platform makes itself is a field of a model.
    assert names(ast.Attribute, fields) - {"apps.documents.models"} == FORMS


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    default = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**default, "OPTIONS": {**default["OPTIONS"], "location": str(tmp_path)}},
    }
    return tmp_path


def counted() -> dict[str, int]:
    """Table → rows, in one query."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - FREE)
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}', count(*) FROM \"{one}\"" for one in tables))
        return dict(cursor.fetchall())


def prepared(module: str) -> tuple[StrictClient, str, dict[str, str]]:
    name, fields, _ = VIEWS[module]
    organisation = OrganisationFactory.create(name="Les Semeurs du Val")
    user = platform_person(PlatformRole.CURATOR) if name.startswith("curation") else member(organisation)
    client = StrictClient(raise_request_exception=False)
    client.force_login(user)
    arguments = [organisation.pk] if name.startswith("ledger") else []
    return client, reverse(name, args=arguments), fields(organisation)


def refused(answer: Any) -> str:
    assert answer.status_code == 422, answer.status_code
    text = answer.content.decode()
    said = re.findall(r'class="(?:errorlist|error|field-error)[^"]*"[^>]*>(.*?)</', text, re.S)
    assert any(one.strip() for one in said) or "errorlist" in text or "error" in text
    return text


def posted(client: StrictClient, path: str, fields: dict[str, str], content: bytes, name: str) -> Any:
    """Written by hand: Django's own client cleans the names."""
    mark = "fichier-ici"
    body = encode_multipart(BOUNDARY, {**fields, "file": SimpleUploadedFile(mark, content)})
    wire = name.encode().replace(b'"', b"%22")
    body = body.replace(f'filename="{mark}"'.encode(), b'filename="' + wire + b'"')
    return client.generic("POST", path, body, content_type=str(MULTIPART_CONTENT).replace("; ", ";"))


@pytest.mark.parametrize("what", SENT)
@pytest.mark.parametrize("module", VIEWS)
def test_what_is_not_for_it_is_refused_and_nothing_is_kept(module: str, what: str, folder: Path) -> None:
    client, path, fields = prepared(module)
    before = counted()
    make, name = SENT[what]
    text = refused(posted(client, path, fields, make(), name))
    assert counted() == before
    assert [one for one in folder.rglob("*") if one.is_file()] == []
    assert "alert(document.cookie)" not in text.replace("&lt;script&gt;alert(document.cookie)", "")
    assert "root:" not in text


@pytest.mark.parametrize("module", VIEWS)
def test_too_large_is_refused_and_said(module: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, path, fields = prepared(module)
    place, name = VIEWS[module][2]
    monkeypatch.setattr(place, name, 100)
    before = counted()
    text = refused(posted(client, path, fields, PNG, "grand.txt"))
    assert "dépasse" in text or "trop long" in text
    assert counted() == before
    assert [one for one in folder.rglob("*") if one.is_file()] == []
