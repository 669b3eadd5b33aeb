"""Every module that writes a table: what it gives when each text that a person can type begins with a poison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import cycle
from typing import Any

import pytest

from apps.agenda import exports as agenda
from apps.agenda.models import Registration
from apps.course.groups import exports as groups
from apps.course.groups.presenters import Board, Cell, Column, Row
from apps.dashboards.programmes import follow_up
from apps.dashboards.releases import exports as releases
from apps.dashboards.releases import numbers
from apps.methodology.dossier import odt, reading, sheets
from apps.methodology.models import Engagement
from apps.privacy import registers
from apps.simulator.plan import Plan
from apps.simulator.project import project
from apps.simulator.workbook import Book, Scenario, write_ods, write_xlsx
from apps.webinars import dumps, opendata
from apps.webinars.exchange import xlsx_write
from apps.webinars.exchange.tables import COLUMNS
from apps.webinars.exchange.tables import Line as CaseLine
from apps.webinars.models import CitedOrganisation
from tests.dashboards.exports.filled import filled
from tests.methodology.dossier import cases
from tests.simulator.workbook.scenarios import DAY, drawn
from tests.walkers.cells import POISONS, poisoned

Files = Iterator[tuple[str, bytes]]
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


def words() -> Iterator[str]:
    return cycle(POISONS)


def of_agenda(patch: pytest.MonkeyPatch) -> Files:
    people = [Registration(email=f"{word}@exemple.fr", name=word, created_at=NOW) for word in POISONS]
    yield "csv", agenda.registrations_csv(people).encode()


def of_groups(patch: pytest.MonkeyPatch) -> Files:
    rows = tuple(Row(word, True, (Cell("done", word),), 1, True) for word in POISONS)
    for extension in groups.WRITERS:
        yield extension, groups.export(Board(4, 2, rows, (Column(1, "=1", 1, 1),)), extension)[0]


def of_programmes(patch: pytest.MonkeyPatch) -> Files:
    lines = [
        follow_up.Line(word, state, NOW, f"{word}@exemple.fr")
        for word in POISONS
        for state in follow_up.STATES
    ]
    yield "csv", follow_up.to_csv(lines)


def of_library(patch: pytest.MonkeyPatch) -> Files:
    real, moment, person, said = dumps.cases, opendata.moment, opendata.person_of, words()
    for place in CitedOrganisation.objects.all():
        CitedOrganisation.objects.filter(pk=place.pk).update(name=next(said))
    patch.setattr(dumps, "cases", lambda: (poisoned(row, said) for row in real()))
    patch.setattr(opendata, "moment", lambda one: poisoned(moment(one), said))
    patch.setattr(opendata, "person_of", lambda one: poisoned(person(one), said))
    yield "csv", "".join(dumps.cases_csv(NOW)).encode()
    yield "csv", "".join(dumps.speakers_csv(NOW)).encode()


def of_curation(patch: pytest.MonkeyPatch) -> Files:
    """What is written here is read again by the import, which must find the same words: see ``TYPED``. A control comes

    in by no form and by no YAML: XML has no place for it.
    """
    said = [word for word in POISONS if word != "\x01=1"]
    lines = [
        CaseLine(name, 1, dict.fromkeys(columns, word)) for name, columns in COLUMNS.items() for word in said
    ]
    yield "xlsx", xlsx_write.workbook(lines, [(word, word, word) for word in said])


def of_releases(patch: pytest.MonkeyPatch) -> Files:
    made = filled()
    said = poisoned(numbers.heading(made), words())
    tables = [named(table, words()) for table in numbers.protected(made)]
    yield "csv", releases.to_csv(said, tables)
    book = releases.book(said, tables, POISONS)
    yield "xlsx", releases.to_xlsx(said, book)
    yield "ods", releases.to_ods(said, book)


def named(table: Any, said: Iterator[str]) -> Any:
    def labelled(rows: Any) -> list[Any]:
        return [{**row, "label": next(said) + row["label"]} for row in rows]

    names = {"rows": labelled(table["rows"]), "columns": labelled(table["columns"])}
    return {**table, **names, "title": next(said) + table["title"], "says": next(said) + table["says"]}


def of_dossier(patch: pytest.MonkeyPatch) -> Files:
    engagement = cases.full()[0]
    contents = reading.read(Engagement.objects.select_related("organisation").get(pk=engagement.pk))
    said = poisoned(contents, words())
    yield "xlsx", sheets.to_xlsx(said)
    yield "ods", sheets.to_ods(said)
    yield "odt", odt.write(said)


def of_register(patch: pytest.MonkeyPatch) -> Files:
    said = words()
    rows = [replace(one, name=next(said) + one.name, purpose=next(said) + one.purpose) for _, one in walked()]
    patch.setattr(registers, "by_room", lambda: [(word, rows) for word in POISONS])
    yield "csv", registers.as_csv().encode()


def walked() -> Iterator[tuple[str, Any]]:
    return ((room, one) for room, found in list(registers.by_room()) for one in found)


def of_simulator(patch: pytest.MonkeyPatch) -> Files:
    yield from simulated_with_poisons()


@cache
def simulated_with_poisons() -> tuple[tuple[str, bytes], ...]:
    return tuple(simulated(words()))


def simulated(said: Iterator[str]) -> Files:
    """Two scenarios of every sort: more texts than there are poisons."""
    scenarios = []
    for seed in (11, 12):
        plain = drawn(seed, 1)
        asked = tuple(replace(one, title=next(said) + one.title) for one in plain.hypotheses)
        plan = Plan(next(said) + plain.key, plain.base, plain.settings, asked)
        scenarios.append(Scenario(next(said), plan, project(plan)))
    book = Book(next(said), next(said), DAY, scenarios)
    yield "xlsx", write_xlsx(book)
    yield "ods", write_ods(book)


# Module that writes → its files under a poison.
WRITERS = {
    "apps.agenda.exports": of_agenda,
    "apps.course.groups.exports": of_groups,
    "apps.dashboards.programmes.follow_up": of_programmes,
    "apps.dashboards.releases.exports": of_releases,
    "apps.methodology.dossier.odt": of_dossier,
    "apps.methodology.dossier.sheets": of_dossier,
    "apps.privacy.registers": of_register,
    "apps.simulator.workbook.ods": of_simulator,
    "apps.simulator.workbook.xlsx": of_simulator,
    "apps.webinars.dumps": of_library,
    "apps.webinars.exchange.xlsx_write": of_curation,
}
# Cells keep the words as they were typed, as texts of a format that says so (XLSX) or in a text document (ODT).
TYPED = {"apps.webinars.exchange.xlsx_write": "xlsx", "apps.methodology.dossier.odt": "odt"}
# Its own formulas, which the same book without poison has too.
COMPUTED = ("apps.simulator.workbook.ods", "apps.simulator.workbook.xlsx")
# Archives of texts (YAML, JSON, HTML), and what opens files: no cell is made there.
NO_TABLE = {
    "apps.core.zips": "reads",
    "apps.ledger.pasted": "reads",
    "apps.methodology.dossier.archive": "ZIP of the dossier: JSON, and the sheets above",
    "apps.methodology.dossier.opening": "reads",
    "apps.privacy.export": "ZIP: HTML and JSON",
    "apps.webinars.exchange.archives": "reads",
    "apps.webinars.exchange.export": "ZIP of YAML",
    "apps.webinars.exchange.xlsx_read": "reads",
}
