"""People and organisations of a file beside those of the tables: who is new, who is known under another name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from apps.editorial.shape import ShapeError
from apps.webinars import checks, naming
from apps.webinars.exchange.rows import SLUG, Data, Entry, OrganisationRow, PersonRow, Problem, read
from apps.webinars.models import CitedOrganisation, Person
from apps.webinars.services import people
from apps.webinars.services.rewriting import ORGANISATIONS, PEOPLE, Change, Moving, Renaming

NEW, CHANGED, SAME, KEPT, REFUSED = "created", "modified", "same", "kept", "refused"
LOCKED = "Corrigée à la main sur sa fiche : le fichier ne la change pas. Pour la changer, ouvrez sa fiche."
LEFT = "Cette personne a demandé son retrait : son nom n’est pas repris, ses fonctions non plus."
LABELS = {
    "first_name": "prénom",
    "last_name": "nom",
    "name": "nom",
    "kind": "type",
    "region": "région",
    "spellings": "graphies",
    "note": "note",
}


@dataclass(slots=True)
class Told:
    """One line of the report; ``outcome``: created, modified, same, kept (as it is here), refused."""

    kind: str
    where: str
    slug: str
    name: str
    outcome: str
    details: list[str] = field(default_factory=list)


def bad_slug(slug: str, longest: int) -> list[Problem]:
    if not slug:
        return [Problem("", "Le code manque : donnez-en un, par exemple « webinaire-2024-03-21 ».")]
    if not SLUG.fullmatch(slug) or len(slug) > longest:
        told = f"Le code « {slug[:60]} » ne convient pas : des minuscules sans accent, des chiffres et des tirets"
        return [Problem("", f"{told}, {longest} signes au plus.")]
    return []


@dataclass(slots=True)
class Registers:
    """What the tables know, read once; ``changes`` makes the sheets of the file say what the tables say."""

    regions: frozenset[str]
    people: dict[str, Person]
    organisations: dict[str, CitedOrganisation]
    people_by_key: dict[str, set[str]]
    organisations_by_key: dict[str, set[str]]
    removals: dict[str, Person]
    changes: list[Change] = field(default_factory=list)
    new_people: frozenset[str] = frozenset()
    new_organisations: frozenset[str] = frozenset()

    @classmethod
    def of(cls, known: checks.References) -> Registers:
        """3 queries."""
        persons = {row.slug: row for row in Person.objects.select_related("merged_into")}
        places = {row.slug: row for row in CitedOrganisation.objects.select_related("merged_into")}
        return cls(known.regions, persons, places, by_key(persons), by_key(places), people.removals())

    def person(self, entry: Entry) -> tuple[Told, Data | None]:
        told = Told("person", entry.where, entry.slug, "", REFUSED)
        row = self.read(told, entry, PersonRow)
        if not isinstance(row, PersonRow):
            return told, None
        name = f"{row.first_name} {row.last_name}".strip()
        told.name = name
        if naming.is_forgotten(row.slug) and not name:
            return self.nameless(told, row)
        if not row.last_name:
            told.details = ["Le nom manque : écrivez-le dans la colonne « nom »."]
            return told, None
        found = self.people.get(row.slug)
        gone = None if found else people.withdrawn_person(name, row.slug, *row.spellings, among=self.removals)
        if gone:
            self.changes.append(people.forgetting(row.slug, gone, [name, *row.spellings]))
            return Told("person", entry.where, "", str(gone), KEPT, [LEFT]), None
        other = self.recognised(told, found, self.people_by_key, self.people, (name, *row.spellings))
        if other:
            self.changes.append(Moving(PEOPLE, row.slug, other.slug))
            return told, None
        data = row.model_dump()
        now = person_data(found) if found else {}
        if found and str(found) != name:
            names = (name, str(found)) if found.is_locked else (str(found), name)
            self.changes.append(Renaming(row.slug, *names))
        if self.judged(told, found, now, data):
            self.new_people |= {row.slug}
        return told, {**data, "seen": people.state_of(found) if found else ""}

    def nameless(self, told: Told, row: PersonRow) -> tuple[Told, Data | None]:
        """A row that was emptied at someone's request, here or elsewhere: it only holds the place."""
        told.name, told.outcome = "Nom retiré à sa demande", SAME if row.slug in self.people else NEW
        self.new_people |= {row.slug}
        return told, {**row.model_dump(), "seen": ""}

    def organisation(self, entry: Entry) -> tuple[Told, Data | None]:
        told = Told("organisation", entry.where, entry.slug, "", REFUSED)
        row = self.read(told, entry, OrganisationRow)
        if not isinstance(row, OrganisationRow):
            return told, None
        told.name = row.name
        if not row.name:
            told.details = ["Le nom manque : écrivez-le dans la colonne « nom »."]
            return told, None
        if row.region and row.region not in self.regions:
            told.details = [f"La région « {row.region} » n’existe pas : écrivez son code Insee, ou rien."]
            return told, None
        found = self.organisations.get(row.slug)
        names = (row.name, *row.spellings)
        other = self.recognised(told, found, self.organisations_by_key, self.organisations, names)
        if other:
            self.changes.append(Moving(ORGANISATIONS, row.slug, other.slug))
            return told, None
        data = row.model_dump()
        if self.judged(told, found, organisation_data(found) if found else {}, data):
            self.new_organisations |= {row.slug}
        return told, {**data, "seen": people.state_of(found) if found else ""}

    def read(self, told: Told, entry: Entry, model: Any) -> Any:
        problems = list(entry.problems)
        row = None
        try:
            row = read(model, entry.data)
        except ShapeError as error:
            problems += [Problem(LABELS.get(where, where), what) for where, what in error.problems]
        problems += bad_slug(entry.slug, 120) if row is not None else []
        told.details = [f"{one.where} : {one.what}" if one.where else one.what for one in problems]
        return None if problems else row

    def recognised(
        self, told: Told, found: Any, keys: dict[str, set[str]], rows: dict[str, Any], names: tuple[str, ...]
    ) -> Any:
        """The row that this one leads to: merged, or known under one of these names with another code."""
        if found is not None:
            other = found.merged_into
        else:
            key = naming.key(names[0])
            same = keys.get(key, set()) if key else set()
            other = rows[next(iter(same))] if len(same) == 1 else None
        if other is not None:
            told.outcome = KEPT
            told.details = [f"C’est « {other} » ({other.slug}) : sa fiche n’est pas changée."]
        return other

    def judged(self, told: Told, found: Any, now: Data, data: Data) -> bool:
        """Fills ``told``; whether the row is new."""
        if found is None:
            told.outcome = NEW
            return True
        different = [name for name in data if now[name] != data[name]]
        told.outcome = SAME
        if different:
            told.outcome = KEPT if found.is_locked else CHANGED
            names = ", ".join(LABELS.get(name, name) for name in different)
            told.details = [LOCKED if found.is_locked else f"Change : {names}."]
        return False


def by_key(rows: dict[str, Any]) -> dict[str, set[str]]:
    """Name without accents nor case → codes of the rows that bear it, or are spelled so; merged rows lead on."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        target = row.merged_into or row
        if not getattr(target, "is_withdrawn", False):
            for name in (str(row), *row.spellings):
                found[naming.key(name)].add(target.slug)
    return found


def person_data(row: Person) -> Data:
    return {
        "slug": row.slug,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "spellings": row.spellings,
        "note": row.note,
    }


def organisation_data(row: CitedOrganisation) -> Data:
    return {
        "slug": row.slug,
        "name": row.name,
        "kind": row.kind,
        "region": row.region_id or "",
        "spellings": row.spellings,
        "note": row.note,
    }
