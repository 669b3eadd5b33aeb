"""The platform under test, as a person sees it and as its database tells it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.support.stack import Stack, wait_for

# Long enough for a loaded machine; a test that succeeds does not wait for it.
PATIENCE = 60.0
# Any secret of this length is one: the page that would give it needs the database.
CSRF = "a" * 32


@dataclass
class Row:
    """One document, as the table holds it."""

    id: str
    state: str
    progress: int
    attempts: int
    file: str
    error: str
    lease: int | None


COLUMNS = (
    "id::text, state, progress, attempts, file, error, round(extract(epoch from due_at - claimed_at))::int"
)


@dataclass
class Platform:
    stack: Stack
    organisation: str
    campaigns: list[str]
    session: str
    smtp_port: int
    person: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.person = self.visitor(sessionid=self.session)

    @classmethod
    def seeded(cls, stack: Stack, smtp_port: int) -> Platform:
        told = stack.manage("shell", "-c", "from tests.faults.seed import seed; print(seed())")
        return cls(stack, **json.loads(told.strip().splitlines()[-1]), smtp_port=smtp_port)

    def visitor(self, **cookies: str) -> httpx.Client:
        return httpx.Client(
            base_url=self.stack.url,
            cookies={"csrftoken": CSRF, **cookies},
            headers={"X-CSRFToken": CSRF},
            timeout=30,
            follow_redirects=True,
        )

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        postgres = self.stack.servers.postgres
        assert postgres
        with postgres.connect() as connection:
            cursor = connection.execute(query, values)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def new_campaign(self) -> str:
        """A closed campaign whose report nobody asked for yet."""
        return self.campaigns.pop()

    def ask_report(self, campaign: str) -> httpx.Response:
        """Press « Préparer le rapport » and follow to its page."""
        return self.person.post(f"/diagnostic/{campaign}/rapport/")

    def documents(self, subject: str) -> list[Row]:
        query = f"select {COLUMNS} from documents_document where subject_id = %s"
        return [Row(*values) for values in self.sql(query, subject)]

    def document(self, subject: str) -> Row:
        (row,) = self.documents(subject)
        return row

    def wait_document(self, subject: str, *states: str, progress: int = 0, pause: float = 0.1) -> Row:
        def reached() -> bool:
            row = self.document(subject)
            return row.state in states and row.progress >= progress

        wait_for(reached, PATIENCE, f"the document is {states}, progress {progress}", pause=pause)
        return self.document(subject)

    def files(self, document: Row) -> list[Path]:
        """Every file whose name begins with this document, half-written ones included."""
        return sorted((self.stack.folder / "media").rglob(f"*{document.id}*"))

    def page(self, document: Row) -> str:
        response = self.person.get(f"/documents/{document.id}/")
        assert response.status_code == 200
        return re.sub(r"\s+", " ", response.text)

    def insert_document(self, kind: str, *, attempts: int = 0) -> str:
        """A request whose message was lost; returns its subject."""
        subject = str(uuid4())
        self.sql(
            "insert into documents_document (id, kind, key, subject_id, organisation_id, title, filename, state,"
            " progress, attempts, file, sha256, size, pages, error, is_public, requested_at, due_at, expires_at)"
            " values (gen_random_uuid(), %s, %s, %s, %s, 'Essai', 'essai.pdf', 'requested', 0, %s, '', '', 0, 0,"
            " '', false, now(), now(), now() + interval '1 year')",
            kind,
            uuid4().hex,
            subject,
            self.organisation,
            attempts,
        )
        return subject

    def alive(self, name: str) -> bool:
        return self.stack.processes[name].poll() is None
