"""LibreOffice recomputes the workbook and finds what the platform found, to the cent; what it carried before does not count."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from apps.simulator.outcome import Projection
from apps.simulator.plan import Plan
from apps.simulator.project import project
from apps.simulator.workbook import write_ods, write_xlsx
from tests.simulator.golden import cases
from tests.simulator.workbook import office
from tests.simulator.workbook.figures import differences, errors, gaps, plain
from tests.simulator.workbook.office import recomputed, rewritten
from tests.simulator.workbook.scenarios import book, drawn

GOLDEN = [case.plan for case in cases()]
DRAWN = {
    "sept.xlsx": drawn(1, 7),
    "trois.ods": drawn(2, 3),
    "cinq.xlsx": drawn(3, 5),
    "quatre.ods": drawn(4, 4),
}
MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Rows and columns of the cells that the tests type over.
MID, TRY, FIRST_ROW, SALES_ROW, DELAY_ROW, MONTH_ROW, VALUE = 8, 10, 6, 6, 6, 9, 2
TRIED = drawn(5, 4)
BALANCED = next(plan for plan in GOLDEN if project(plan).break_even_year)


@dataclass(frozen=True, slots=True)
class Typed:
    """What someone types over: a sheet, a row, a column, a value."""

    sheet: str
    row: int
    column: int
    value: float


TYPED = (
    Typed("Hypothèses", FIRST_ROW, MID, 4321.09),
    Typed("Hypothèses", FIRST_ROW + 4, TRY, 7.25),
    Typed("Base", SALES_ROW, VALUE, 12345.67),
    Typed("Réglages", DELAY_ROW, VALUE, 4),
    Typed("Réglages", MONTH_ROW, VALUE, 2),
)


def after_typing() -> Projection:
    """The platform, told the same."""
    first, tried = TRIED.hypotheses[0], TRIED.hypotheses[4]
    amounts = {**TRIED.base.amounts, "ventes": 1_234_567}
    plan = replace(
        TRIED,
        base=replace(TRIED.base, amounts=amounts),
        settings=replace(TRIED.settings, delay_public=4, public_month=2),
        hypotheses=(replace(first, mid=Decimal("4321.09")), *TRIED.hypotheses[1:]),
    )
    return project(plan, at={tried.key: Decimal("7.25")})


def typed_xlsx(data: bytes) -> bytes:
    made = openpyxl.load_workbook(io.BytesIO(data))
    for one in TYPED:
        made[one.sheet].cell(one.row, one.column).value = one.value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def typed_ods(data: bytes) -> bytes:
    return rewritten(data, lambda name, text: over(text) if name == "content.xml" else text)


def over(text: str) -> str:
    for one in TYPED:
        start = text.index(f'<table:table table:name="{one.sheet}"')
        rows = list(re.finditer(r"<table:table-row.*?</table:table-row>", text[start:], re.S))
        row = rows[one.row - 1]
        cell = list(re.finditer(r"<table:table-cell[^>]*?(?:/>|>.*?</table:table-cell>)", row[0]))[
            one.column - 1
        ]
        assert "table:formula" not in cell[0]
        style = re.search(r'table:style-name="[^"]*"', cell[0])
        assert style
        mine = f'<table:table-cell {style[0]} office:value-type="float" office:value="{one.value}"><text:p>{one.value}</text:p></table:table-cell>'
        at = start + row.start() + cell.start()
        text = text[:at] + mine + text[at + len(cell[0]) :]
    return text


def out_of_balance(data: bytes) -> bytes:
    """Salaries that no year can pay."""
    made = openpyxl.load_workbook(io.BytesIO(data))
    row = next(row for row in made["Base"].iter_rows() if row[0].value == "Salaires et charges sociales")
    row[1].value = 90_000_000
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """One run of LibreOffice for everything."""
    golden, tried = book(*GOLDEN), book(TRIED)
    files = {"tous.xlsx": write_xlsx(golden), "tous.ods": write_ods(golden)}
    files |= {
        name: (write_xlsx if name.endswith("xlsx") else write_ods)(book(plan)) for name, plan in DRAWN.items()
    }
    files |= {"essai.xlsx": typed_xlsx(write_xlsx(tried)), "essai.ods": typed_ods(write_ods(tried))}
    files["perdu.xlsx"] = out_of_balance(write_xlsx(book(BALANCED)))
    return recomputed(files, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", ["tous.xlsx", "tous.ods"])
@pytest.mark.parametrize("place", range(len(GOLDEN)), ids=lambda place: GOLDEN[place].key)
def test_golden_cases(shown: dict[str, Workbook], name: str, place: int) -> None:
    mark = MARKS[place]
    assert differences(shown[name], mark, project(GOLDEN[place])) == []
    assert set(gaps(shown[name], mark)) == {0}


@pytest.mark.parametrize("name", DRAWN)
def test_plans_with_every_sort(shown: dict[str, Workbook], name: str) -> None:
    plan: Plan = DRAWN[name]
    assert differences(shown[name], "", project(plan)) == []
    assert set(gaps(shown[name], "")) == {0}


@pytest.mark.parametrize("name", ["essai.xlsx", "essai.ods"])
def test_what_is_typed_over_is_followed_as_the_platform_would(shown: dict[str, Workbook], name: str) -> None:
    told = after_typing()
    assert told.treasury != project(TRIED).treasury
    assert differences(shown[name], "", told) == []
    assert sum(gaps(shown[name], "")) > 0
    assert "Des cases ont changé" in str(shown[name]["Lisez-moi"]["B7"].value)


def test_a_balance_that_is_lost_is_a_difference_and_no_error(shown: dict[str, Workbook]) -> None:
    made = shown["perdu.xlsx"]
    lines = {plain(row[0]): row[1:] for row in made["Contrôle"].iter_rows(values_only=True)}
    assert lines["Première année d’équilibre durable"][1:] == (
        "aucune", project(BALANCED).break_even_year, 1,
    )  # fmt: skip
    assert "Des cases ont changé" in str(made["Lisez-moi"]["B7"].value)


def test_without_libreoffice_the_failure_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(AssertionError, match="LibreOffice est introuvable"):
        recomputed({}, tmp_path)


def test_no_cell_shows_an_error(shown: dict[str, Workbook]) -> None:
    assert {name: errors(made) for name, made in shown.items()} == {name: [] for name in shown}


def test_scenarios_are_compared_on_their_own_figures(shown: dict[str, Workbook]) -> None:
    for name in ("tous.xlsx", "tous.ods"):
        sheet = shown[name]["Comparaison"]
        lines = {plain(row[0]): row[1:] for row in sheet.iter_rows(min_row=5, values_only=True)}
        assert [round(value, 2) for value in lines["Résultat cumulé"]] == [
            sum(project(plan).results) / 100 for plan in GOLDEN
        ]
        assert [day.date() for day in lines["Mois où elle est la plus basse"]] == [
            lowest_month(plan) for plan in GOLDEN
        ]
        assert set(lines["Écart avec la plateforme (feuille Contrôle)"]) == {0}


def lowest_month(plan: Plan) -> date:
    found = project(plan)
    place = found.lowest[0] - 1
    return date(found.years[place // 12], place % 12 + 1, 1)
