"""The two registers, people and organisations: the same screens, other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from apps.webinars.models import CitedOrganisation, Person

Row: TypeAlias = Person | CitedOrganisation


@dataclass(frozen=True, slots=True)
class Register:
    """``name`` is also the name of the address of one row; ``cites``: where the draft of a case names it."""

    model: type[Person] | type[CitedOrganisation]
    name: str
    plural: str
    title: str
    noun: str
    many: str
    # SQL of a name, for likeness; how sure a likeness must be to be shown.
    sql_name: str
    alike: float

    @property
    def list_url(self) -> str:
        return f"curation:{self.plural}"

    @property
    def url(self) -> str:
        return f"curation:{self.name}"

    @property
    def edit_url(self) -> str:
        return f"curation:{self.name}_edit"

    @property
    def merge_url(self) -> str:
        return f"curation:{self.name}_merge"


PEOPLE = Register(
    Person, "person", "people", "Personnes", "personne", "personnes", "first_name || ' ' || last_name", 0.4
)
ORGANISATIONS = Register(
    CitedOrganisation,
    "organisation",
    "organisations",
    "Organisations",
    "organisation",
    "organisations",
    "name",
    0.55,
)
