"""The library as complete files, written as they are sent: a few cases in memory at a time.

A file says the same for one revision of the content: its date is that of the last change, not of the download.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings
from django.urls import reverse

from apps.catalogue.models import Fragility, Goal, Level, Pillar, Region, SizeClass
from apps.core.spreadsheets import one_line
from apps.webinars import opendata
from apps.webinars.enums import LeversKind
from apps.webinars.models import Appearance
from apps.webinars.opendata import LICENCE, READINGS, Row

T = TypeVar("T")
FORMAT = 1  # to raise when the same content is written otherwise: kept copies are then downloaded again
CHUNK = 100
# French spreadsheets split on semicolons, and read accents only after this mark.
SEPARATOR, MARK = ";", "\ufeff"
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    about: str


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    found = iter(rows)
    while batch := list(islice(found, size)):
        yield batch


def cases() -> Iterator[Row]:
    """Every public case, latest first. 2 queries a batch, after the first."""
    for batch in batches(opendata.public().iterator(chunk_size=CHUNK), CHUNK):
        yield from opendata.cases(batch)


def as_json(changed_at: datetime) -> Iterator[str]:
    head = {
        "licence": LICENCE,
        "date": changed_at.isoformat(),
        "source": f"{settings.SITE_NAME}, {settings.SITE_URL}{reverse('webinars:library')}",
        "readings": READINGS,
    }
    yield f'{dumped(head)[:-1]}, "webinars": ['
    comma = "\n"
    for case in cases():
        yield f"{comma}{dumped(case)}"
        comma = ",\n"
    yield "\n]}\n"


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


# Names of codes, as the catalogue has them.


@dataclass(frozen=True, slots=True)
class Labels:
    goals: dict[int, str]
    fragilities: dict[str, str]
    pillars: dict[str, str]
    levels: dict[str, str]
    regions: dict[str, str]
    sizes: dict[str, str]


def labels() -> Labels:
    """6 queries."""
    return Labels(
        dict(Goal.objects.values_list("number", "name")),
        dict(Fragility.objects.values_list("pk", "name")),
        dict(Pillar.objects.values_list("pk", "name")),
        dict(Level.objects.values_list("pk", "name")),
        dict(Region.objects.values_list("pk", "name")),
        dict(SizeClass.objects.values_list("pk", "name")),
    )


Case = Callable[[Row, Labels], Iterable[str]]


def text(name: str) -> Case:
    return lambda case, _: [case[name]]


def several(name: str) -> Case:
    return lambda case, _: case[name]


def goals(name: str) -> Case:
    return lambda case, known: [f"ODD {number} {known.goals.get(number, '')}" for number in case[name]]


def called(name: str) -> Case:
    """The names of these codes."""
    return lambda case, known: [getattr(known, name).get(code, code) for code in case[name]]


def pillar(name: str) -> Case:
    return lambda case, _: [case["pillar_reading"][name]]


def speakers(case: Row, _: Labels) -> Iterator[str]:
    for one in case["speakers"]:
        name = f"{one['first_name']} {one['last_name']}".strip() or "Nom retiré à sa demande"
        yield f"{name} ({', '.join(filter(None, (one['role'], one['organisation'])))})"


def organisations(case: Row, _: Labels) -> Iterable[str]:
    return dict.fromkeys(one["organisation"] for one in case["speakers"])


def questions(case: Row, _: Labels) -> Iterator[str]:
    for one in case["questions"]:
        yield f"{one['question']} ({one['organisation']})" if one["organisation"] else one["question"]


def figures(case: Row, _: Labels) -> Iterator[str]:
    for figure in case["figures"]:
        said = ", ".join(filter(None, (figure["organisation"], figure["year"])))
        yield f"{figure['value']} {figure['label']}" + (f" ({said})" if said else "")


def levers(case: Row, _: Labels) -> Iterator[str]:
    for lever in case["levers"]:
        yield f"{lever['title']} : {lever['text']}" if lever["text"] else lever["title"]


def source(case: Row, _: Labels) -> Iterator[str]:
    yield ", ".join(filter(None, (case["source"]["label"], case["source"]["year"], case["source"]["url"])))


OURS = "Proposition pédagogique : "
LICENCE_COLUMNS = (
    Column("licence", "Licence de réutilisation"),
    Column("donnees_du", "Dernier changement des contenus (ISO 8601)"),
)
CASES: tuple[tuple[Column, Case], ...] = (
    (Column("identifiant", "slug de l’API"), text("slug")),
    (Column("adresse", "Page du cas"), text("url")),
    (Column("date", "Jour du webinaire"), text("date")),
    (Column("titre", "Titre officiel"), text("title")),
    (Column("titre_court", "Titre des listes"), text("short_title")),
    (Column("cycle", "Cycle de webinaires"), text("cycle")),
    (Column("odd_du_titre", "ODD que nomme le titre"), goals("goals")),
    (Column("odd_proches", f"{OURS}autres ODD"), goals("related_goals")),
    (
        Column("fragilites", f"{OURS}codes et noms"),
        lambda case, known: [f"{code} {known.fragilities.get(code, '')}" for code in case["fragilities"]],
    ),
    (Column("appuis", f"{OURS}appuis en jeu"), called("pillars")),
    (Column("echelons", f"{OURS}échelons d’action"), called("levels")),
    (Column("regions", f"{OURS}régions d’action"), called("regions")),
    (Column("tailles", f"{OURS}tailles des associations"), called("sizes")),
    (Column("presentation", f"{OURS}une phrase"), text("teaser")),
    (Column("essentiel", f"{OURS}trente secondes"), several("essential")),
    (Column("resume", f"{OURS}deux minutes"), several("summary")),
    (Column("a_emporter", f"{OURS}une phrase à retenir"), text("takeaway")),
    (Column("a_vous", f"{OURS}une question à se poser"), text("your_turn")),
    (Column("intervenants", "Nom (fonction ce jour-là, organisation)"), speakers),
    (Column("organisations", "Celles des intervenants"), organisations),
    (Column("questions", "Question (organisation à qui elle est posée)"), questions),
    (Column("chiffres", "Valeur et ce qu’elle compte (organisation, année)"), figures),
    (
        Column("type_de_leviers", "Ce que la fin du webinaire a demandé"),
        lambda case, _: [LeversKind(case["levers_kind"]).label],
    ),
    (Column("leviers", "Titre : texte"), levers),
    (Column("richesses_humaines", f"{OURS}comment le cas s’y appuie"), pillar("human")),
    (Column("ressources_financieres", f"{OURS}comment le cas s’y appuie"), pillar("financial")),
    (Column("alliances", f"{OURS}comment le cas s’y appuie"), pillar("alliances")),
    (Column("enregistrement", "Adresse du replay"), lambda case, _: [case["replay"]["url"]]),
    (Column("source", "D’où viennent les faits"), source),
    (Column("publie_le", "Première publication"), text("published_at")),
    (Column("mis_a_jour_le", "Dernière publication"), text("updated_at")),
)
SPEAKERS: tuple[tuple[Column, Callable[[Appearance, Row], str]], ...] = (
    (Column("date", "Jour du webinaire"), lambda _, row: row["date"]),
    (Column("cas", "Son slug dans l’API"), lambda _, row: row["webinar"]),
    (Column("titre_court", "Titre du cas dans les listes"), lambda _, row: row["short_title"]),
    (Column("adresse", "Page du cas"), lambda seen, _: opendata.address(seen.webinar)),
    (Column("prenom", "Vide quand la personne a demandé son retrait"), lambda _, row: row["first_name"]),
    (Column("nom", "Vide quand la personne a demandé son retrait"), lambda _, row: row["last_name"]),
    (Column("fonction", "Fonction ce jour-là"), lambda _, row: row["role"]),
    (Column("organisation", "Organisation représentée"), lambda seen, _: seen.organisation.name),
    (
        Column("type_d_organisation", f"{OURS}notre classement"),
        lambda seen, _: seen.organisation.get_kind_display(),
    ),
    (
        Column("region", "Région de l’organisation, quand la source la nomme"),
        lambda seen, _: seen.organisation.region.name if seen.organisation.region else "",
    ),
    (Column("personne", "Son slug dans l’API"), lambda _, row: row["person_slug"]),
    (Column("organisation_identifiant", "Son slug dans l’API"), lambda seen, _: seen.organisation.slug),
)


def cases_csv(changed_at: datetime) -> Iterator[str]:
    """One line a case."""
    known = labels()
    columns = [value for _, value in CASES]
    yield from table(
        [column for column, _ in CASES],
        ([BETWEEN.join(filter(None, value(case, known))) for value in columns] for case in cases()),
        changed_at,
    )


def speakers_csv(changed_at: datetime) -> Iterator[str]:
    """One line an appearance."""
    columns = [value for _, value in SPEAKERS]
    seen = opendata.appearances().iterator(chunk_size=CHUNK)
    rows = ((one, {**opendata.moment(one), **opendata.person_of(one)}) for one in seen)
    yield from table(
        [column for column, _ in SPEAKERS],
        ([value(one, row) for value in columns] for one, row in rows),
        changed_at,
    )


def table(columns: list[Column], lines: Iterable[list[str]], changed_at: datetime) -> Iterator[str]:
    """The header, then the lines by packets; each line carries the licence and the date."""
    last = [LICENCE["name"], changed_at.isoformat()]
    yield MARK + written([[column.name for column in (*columns, *LICENCE_COLUMNS)]])
    for batch in batches(lines, CHUNK):
        yield written([*map(one_line, line), *last] for line in batch)


def written(lines: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


def columns(table: Iterable[tuple[Column, Any]]) -> list[Column]:
    """What the documentation tells of a file."""
    return [*(column for column, _ in table), *LICENCE_COLUMNS]
