"""Accounts without a FEC: pasted from a spreadsheet, or typed by hand; what is wrong is said, nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.ledger import selectors
from apps.ledger.enums import ImportState, Source
from apps.ledger.models import Exercise, Import
from tests.ledger.support import Place, accepted, values

GOOD = "706000\tAteliers\t1 000,50\n641100\tSalaires\t600"
DAYS = {"starts_on": "01/01/2025", "ends_on": "2025-12-31"}


def paste(at: Place, client: Any = None, **fields: Any) -> Any:
    said = {**DAYS, "text": GOOD, "key": str(uuid4()), **fields}
    return (client or at.client()).post(at.url("coller/"), said)


def test_a_balance_is_pasted_then_checked(at: Place) -> None:
    assert at.client().get(at.url("coller/")).status_code == 200
    answer = paste(at)
    row = Import.objects.get()
    assert answer.url == at.url(f"imports/{row.pk}/")
    assert (row.source, row.state, row.lines, row.year) == (Source.PASTED, ImportState.TO_CHECK, 2, 2025)
    assert "400,50" in at.client().get(answer.url).content.decode()


def test_the_form_sent_twice_is_one_import(at: Place) -> None:
    key = str(uuid4())
    assert paste(at, key=key).url == paste(at, key=key).url
    assert Import.objects.count() == 1


def test_wrong_lines_are_listed_and_the_text_is_kept(at: Place) -> None:
    text = "706000;Ateliers;dix\n641100;Salaires;600\nbidon;Autre;3"
    answer = paste(at, text=text)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Ligne\xa01\xa0:" in shown
    assert "Ligne\xa03\xa0:" in shown
    assert "641100;Salaires;600" in shown
    assert not Import.objects.exists()


def test_hundreds_of_wrong_lines_are_counted_not_poured(at: Place) -> None:
    shown = paste(at, text="\n".join(f"70600{n};A;x" for n in range(100))).content.decode()
    assert shown.count("Ligne\xa0") == 30
    assert "Et 70 autres lignes." in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_small_file_does_as_well(at: Place, encoding: str) -> None:
    content = "Compte;Libellé;Solde\n756000;Adhésions;12,50\n".encode(encoding)
    paste(at, text="", file=SimpleUploadedFile("balance.csv", content))
    assert Import.objects.get().account_lines.get().label == "Adhésions"


def test_a_file_that_is_wrong_comes_back_in_the_box(at: Place) -> None:
    shown = paste(at, text="", file=SimpleUploadedFile("b.csv", b"706000;Ateliers;dix")).content.decode()
    assert "706000;Ateliers;dix</textarea>" in shown


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04rien", "n’est pas du texte"),
        (b"706000\x00;A;1", "n’est pas du texte"),
        (b"7" * 800_001, "trop long pour une balance"),
        (b"", "Ce fichier est vide"),
        (b"  \n", "Collez vos lignes"),
    ],
)
def test_a_file_that_is_no_balance_is_refused(at: Place, content: bytes, word: str) -> None:
    assert word in paste(at, text="", file=SimpleUploadedFile("b.csv", content)).content.decode()


@pytest.mark.parametrize(
    ("days", "word"),
    [
        ({"starts_on": ""}, "Donnez le premier jour."),
        ({"ends_on": "hier"}, "Écrivez la date ainsi"),
        ({"ends_on": "31/12/2024"}, "Le dernier jour vient avant le premier"),
        ({"starts_on": "01/01/2020"}, "ne dépasse pas deux ans"),
        ({"starts_on": "01/01/1980", "ends_on": "31/12/1980"}, "Donnez une date entre 2000"),
    ],
)
def test_days_that_do_not_hold_are_told_and_the_text_is_kept(
    at: Place, days: dict[str, str], word: str
) -> None:
    shown = paste(at, **days).content.decode()
    assert word in shown
    assert "1 000,50" in shown


def test_what_was_pasted_before_the_session_ended_is_shown_again(at: Place) -> None:
    client = at.client("anonymous")
    long = "\n".join(f"7060{n:04d}\tAtelier numéro {n}\t1 000,50" for n in range(2_000))
    assert paste(at, client, text=long).url.startswith("/compte/login/")
    client.force_login(at.people["lead"])
    assert "Atelier numéro 1999" in client.get(at.url("coller/")).content.decode()
    assert not Import.objects.exists()


def type_year(at: Place, year: int = 2025, client: Any = None, **fields: str) -> Any:
    said = {"starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31", **fields}
    return (client or at.client()).post(at.url(f"saisir/{year}/"), said)


def test_a_year_is_typed_then_changed(at: Place) -> None:
    assert at.client().get(at.url("saisir/2025/")).status_code == 200
    assert type_year(at, ventes="1 000", payroll="600,50", treasury="−80").url == at.url()
    (year,) = selectors.years_of(at.organisation)
    assert year.amounts == {"ventes": 1000, "payroll": Decimal("600.50")}
    assert values(year.result, year.treasury) == (Decimal("399.50"), -80)
    shown = at.client().get(at.url("saisir/2025/")).content.decode()
    assert "600,50" in shown
    type_year(at, ventes="2000")
    (year,) = selectors.years_of(at.organisation)
    assert year.amounts == {"ventes": 2000}
    assert "inconnu" in at.client().get(at.url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "Aucun montant n’est saisi"),
        ({"ventes": "beaucoup"}, "n’est pas un nombre"),
        ({"ventes": "-5"}, "ne peut pas être négatif"),
        ({"ventes": "5", "ends_on": "2024-12-31", "starts_on": "2024-01-01"}, "se termine en 2025"),
    ],
)
def test_what_is_wrong_is_told_and_kept(at: Place, fields: dict[str, str], word: str) -> None:
    said: dict[str, Any] = {"dons": "12" if fields else "", **fields}
    answer = type_year(at, **said)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert word in shown
    assert 'value="12"' in shown or not fields
    assert not Exercise.objects.exists()


def test_a_year_read_from_accounts_is_not_typed_over(at: Place) -> None:
    accepted(at)
    answer = at.client().get(at.url("saisir/2025/"))
    assert "vient de vos comptes" in answer.content.decode()
    answer = type_year(at, ventes="5")
    assert (answer.status_code, "vient de vos comptes" in answer.content.decode()) == (422, True)
    assert 'value="5"' in answer.content.decode()


def test_a_year_out_of_bounds_is_told(at: Place) -> None:
    assert "Écrivez une année" in at.client().get(at.url("saisir/1890/")).content.decode()


def test_what_was_typed_before_the_session_ended_is_shown_again(at: Place) -> None:
    client = at.client("anonymous")
    assert type_year(at, client=client, ventes="4321").url.startswith("/compte/login/")
    client.force_login(at.people["admin"])
    assert 'value="4321"' in client.get(at.url("saisir/2025/")).content.decode()
