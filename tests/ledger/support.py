"""An association with its accounts: a small balance one can add up in one’s head, and the FEC that says the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.models import Organisation, User
from apps.ledger import services
from apps.ledger.enums import ImportState
from apps.ledger.grouping import Kept
from apps.ledger.models import Exercise, Import
from tests.factories import OrganisationFactory, member
from tests.support.client import StrictClient
from tests.support.fec import Dialect, Line, encode

ROLES = ("admin", "lead", "board", "staff")
# Account → cents, debit positive: 1 000 € sold, 600 € of pay, 150 € that no rule knows, 12 000 € in the bank before.
BALANCE = (
    ("102000", "Fonds propres", -1_200_000, 0),
    ("512000", "Banque", 1_200_000, 25_000),
    ("411DUPONT", "Dupont Jeanne", 0, 0),
    ("641100", "Salaires", 0, 60_000),
    ("699999", "Compte inventé", 0, 15_000),
    ("706000", "Ateliers", 0, -100_000),
)
RESULT = 250_00


@dataclass
class Place:
    organisation: Organisation
    people: dict[str, User] = field(default_factory=dict)

    def client(self, role: str = "admin") -> Any:
        """admin, lead, board, staff, stranger (admin elsewhere), anonymous."""
        client = StrictClient()
        if role != "anonymous":
            client.force_login(self.people[role])
        return client

    def url(self, rest: str = "") -> str:
        return f"/agir/comptes/{self.organisation.pk}/{rest}"


def place() -> Place:
    organisation = OrganisationFactory.create(name="Les Semeurs du Val")
    people = {role: member(organisation, role) for role in ROLES}
    return Place(organisation, people | {"stranger": member(OrganisationFactory.create())})


def entries(year: int = 2025) -> list[Line]:
    """The lines of ``BALANCE``, as a program would write them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    made = []
    for account, label, opening, _ in BALANCE:
        if opening:
            made.append(Line("AN", "1", first, account, "À nouveau", *sides(opening), account_label=label))
    for account, label, _, moved in BALANCE:
        if moved:
            made.append(Line("BQ", "2", last, account, "Année", *sides(moved), account_label=label))
    both = [Line("BQ", "3", last, "411DUPONT", "Jeanne Dupont", debit, credit, account_label="Dupont Jeanne")
            for debit, credit in ((4_200, 0), (0, 4_200))]  # fmt: skip
    return [*made, *both]


def sides(cents: int) -> tuple[int, int]:
    return max(cents, 0), max(-cents, 0)


def fec(year: int = 2025, lines: list[Line] | None = None, **dialect: Any) -> bytes:
    return encode(entries(year) if lines is None else lines, Dialect(**dialect))


def sent(content: bytes | None = None, name: str = "123456789FEC20251231.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, fec() if content is None else content, content_type="text/plain")


def requested(at: Place, content: bytes | None = None, **fields: Any) -> Import:
    made = services.request_import(
        organisation=at.organisation,
        by=at.people["admin"],
        sent=sent(content),
        key=fields.pop("key", uuid4()),
    )
    if fields:
        Import.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    return made


def read(at: Place, content: bytes | None = None) -> Import:
    """An import that the worker has read: to check, or refused."""
    made = requested(at, content)
    services.read_import(made.pk)
    made.refresh_from_db()
    return made


def to_check(at: Place, year: int = 2025, content: bytes | None = None) -> Import:
    made = read(at, fec(year) if content is None else content)
    assert made.state == ImportState.TO_CHECK, made.fault_reason
    return made


def accepted(at: Place, year: int = 2025) -> Exercise:
    return services.accept(accounts=to_check(at, year), by=at.people["admin"])


def kept(*accounts: tuple[str, str, int, int]) -> list[Kept]:
    return [Kept(number, label, opening, *sides(moved)) for number, label, opening, moved in accounts]


def pasted(at: Place, year: int = 2025, accounts: list[Kept] | None = None) -> Import:
    return services.keep_pasted(
        organisation=at.organisation,
        by=at.people["admin"],
        key=uuid4(),
        days=(date(year, 1, 1), date(year, 12, 31)),
        accounts=kept(*BALANCE) if accounts is None else accounts,
    )


def waiting_files(folder: Path) -> list[str]:
    """Names of the files that wait to be read in the storage of this test."""
    return sorted(one.name for one in (folder / "ledger").glob("*")) if (folder / "ledger").exists() else []


def values(*found: object) -> tuple[object, ...]:
    """To compare decimals with plain numbers."""
    return found


def around(organisation: Organisation, by: User) -> dict[str, str]:
    """One exercise and the imports around it, for the table of rights (``permission_rows``)."""
    at = Place(organisation, {"admin": by})
    exercise = services.accept(accounts=pasted(at), by=by)
    return {
        "exercise": str(exercise.pk),
        "accounts": str(exercise.accounts_id),
        "other": str(pasted(at).pk),
        "to_check": str(pasted(at, 2024).pk),
    }
