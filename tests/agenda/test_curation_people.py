"""Who comes, for curators: the list and its spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from apps.agenda import exports
from apps.agenda.models import Registration
from apps.core.spreadsheets import inert
from tests.agenda.helpers import KNOWING, address, said
from tests.factories.agenda import moment, registration, session
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


def test_the_list_of_people_and_its_table(desk: StrictClient) -> None:
    row = session(slug="habiter")
    registration(row, "nadia@exemple.fr", name="Nadia", created_at=moment(date(2026, 12, 14), 0, 30))
    registration(row, "parti@exemple.fr", cancelled_at=timezone.now())
    page = desk.get(address(row, "inscrits/"))
    assert "1 personne inscrite" in said(page)
    assert "nadia@exemple.fr Nadia 14 décembre 2026" in said(page)
    assert "parti@exemple.fr" not in said(page)
    file = desk.get(address(row, "inscrits.csv"))
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file["Content-Disposition"] == 'attachment; filename="inscrits-habiter.csv"'
    assert "no-store" in file["Cache-Control"]
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Adresse", "Nom", "Inscription"], ["nadia@exemple.fr", "Nadia", "2026-12-14 00:30"]]


def test_nobody_yet(desk: StrictClient) -> None:
    assert "Personne n’est encore inscrit" in said(desk.get(address(session(), "inscrits/")))


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+33",
        "-2",
        "@SOMME(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u00a0=1",
        '=HYPERLINK("http://mal.example";"oui")',
    ],
)
def test_a_spreadsheet_runs_nothing(cell: str) -> None:
    person = Registration(email=cell, name=cell, created_at=timezone.now())
    (_, row) = csv.reader(io.StringIO(exports.registrations_csv([person]).lstrip("\ufeff")), delimiter=";")
    assert row[:2] == [f"'{cell}"] * 2


def test_a_plain_cell_stays_as_it_is() -> None:
    assert inert("Zoé - Marie") == "Zoé - Marie"
    assert inert("") == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same(
    desk: StrictClient, django_assert_num_queries: Any, count: int
) -> None:
    row = session()
    for n in range(count):
        registration(row, f"ami{n}@exemple.fr")
    with django_assert_num_queries(KNOWING + 2):
        desk.get(address(row, "inscrits/"))
    with django_assert_num_queries(4):
        desk.get(address(row, "inscrits.csv"))
