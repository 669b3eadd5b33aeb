"""An import received, read and written, in one call each."""

from __future__ import annotations

from apps.accounts.models import User
from apps.webinars.exchange import export, writing
from apps.webinars.models import Import, Webinar
from tests.webinars.books import Book, saved

Outcomes = dict[str, str]


def receive(sent: bytes | Book, by: User, name: str = "fiches.xlsx") -> Import:
    data = sent if isinstance(sent, bytes) else saved(sent)
    return writing.receive(content=data, filename=name, by=by)


def outcomes(received: Import, kind: str = "case") -> Outcomes:
    return {line["slug"]: line["outcome"] for line in received.lines if line["kind"] == kind}


def write(received: Import, *, everything: bool = True) -> Import:
    return writing.write(received=received, by=received.by, everything=everything)


def read(slug: str) -> Webinar:
    return Webinar.objects.get(slug=slug)


def all_files() -> list[tuple[str, bytes]]:
    return [("x.xlsx", export.spreadsheet()), ("x.zip", export.archive()), ("x.yaml", export.one_yaml())]
