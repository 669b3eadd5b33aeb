from __future__ import annotations

import threading
import time

import pytest
from django.core.cache import cache

from apps.accounts.directory import MOST_BYTES, Answer, Entry, search
from tests.accounts.conftest import Directory

pytestmark = pytest.mark.django_db

CANAL = {
    "siren": "732829320",
    "nom_complet": "LES ATELIERS DU CANAL",
    "nature_juridique": "9220",
    "siege": {"siret": "73282932000074", "departement": "58", "libelle_commune": "CLAMECY"},
    "complements": {"identifiant_association": "W583004126", "est_association": True},
}


def test_an_answer_becomes_an_entry(directory: Directory) -> None:
    directory.answers(CANAL)
    assert search("ateliers  du canal") == Answer(
        (
            Entry(
                name="LES ATELIERS DU CANAL",
                siren="732829320",
                siret="73282932000074",
                rna="W583004126",
                department="58",
                city="CLAMECY",
                legal_form="association-1901",
            ),
        )
    )
    assert directory.asked == ["ateliers du canal"]


@pytest.mark.parametrize(
    ("category", "legal_form"),
    [
        ("9210", "collectif"),
        ("9230", "association-rup"),
        ("9260", "association-alsace-moselle"),
        ("9300", "fondation"),
        ("5710", ""),
    ],
)
def test_legal_categories_are_translated(directory: Directory, category: str, legal_form: str) -> None:
    directory.answers({**CANAL, "nature_juridique": category})
    assert search("canal").entries[0].legal_form == legal_form


@pytest.mark.parametrize("row", ["text", None, {}, {"nom_complet": 12}, {"nom_complet": "  "}])
def test_a_row_of_another_shape_is_skipped(directory: Directory, row: object) -> None:
    directory.answers(row, CANAL)  # type: ignore[arg-type]
    assert [entry.name for entry in search("canal").entries] == ["LES ATELIERS DU CANAL"]


def test_numbers_our_form_would_refuse_are_not_proposed(directory: Directory) -> None:
    directory.answers(
        {"nom_complet": "X", "siren": "123", "siege": "?", "complements": {"identifiant_association": "99"}}
    )
    assert search("canal").entries[0] == Entry("X", "", "", "", "", "", "")


def test_an_answer_is_kept_one_hour(directory: Directory) -> None:
    directory.answers(CANAL)
    assert search("Canal") == search("canal")
    assert directory.asked == ["Canal"]


def test_a_number_is_asked_without_its_spaces(directory: Directory) -> None:
    search("732 829 320")
    assert directory.asked == ["732829320"]


def test_two_letters_are_not_asked(directory: Directory) -> None:
    assert search("ab") == Answer()
    assert directory.asked == []


@pytest.mark.parametrize("status", [429, 500, 503, 301, 404])
def test_a_refusal_is_an_unreachable_directory(directory: Directory, status: int) -> None:
    directory.status = status
    assert not search("canal").reachable


@pytest.mark.parametrize(
    "body", ["", "<html>", '{"results": 3}', "[]", '{"other": []}', '{"results": {"a": 1}}', "null"]
)
def test_an_unreadable_answer_is_an_unreachable_directory(directory: Directory, body: str) -> None:
    directory.body = body
    assert not search("canal").reachable


def test_words_the_directory_does_not_understand_give_nothing(directory: Directory) -> None:
    directory.status = 400
    assert search("???") == Answer()


def test_a_slow_directory_is_not_waited_for(directory: Directory) -> None:
    directory.hold = threading.Event()
    start = time.monotonic()
    assert not search("canal").reachable
    assert time.monotonic() - start < 3


def test_an_answer_without_end_is_not_read_to_its_end(directory: Directory) -> None:
    directory.body = " " * (MOST_BYTES + 1) + '{"results": []}'
    assert not search("canal").reachable


def test_a_directory_that_is_off_is_unreachable(settings: object, directory: Directory) -> None:
    settings.ENTERPRISE_DIRECTORY_URL = "http://127.0.0.1:9/search"  # type: ignore[attr-defined]
    assert not search("canal").reachable


def test_after_a_fault_the_directory_rests(directory: Directory) -> None:
    directory.status = 500
    search("canal")
    directory.status = 200
    directory.answers(CANAL)
    assert not search("autre chose").reachable
    assert directory.asked == ["canal"]
    cache.delete("directory:closed")
    assert search("autre chose").reachable


def test_seven_requests_a_second_at_most(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.accounts.directory.time.time", lambda: 1_800_000_000.5)
    reachable = [search(f"association {n}").reachable for n in range(9)]
    assert reachable == [True] * 7 + [False] * 2
    monkeypatch.setattr("apps.accounts.directory.time.time", lambda: 1_800_000_001.5)
    assert search("association 9").reachable


def test_a_counter_that_expires_meanwhile_stops_nobody(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.accounts.directory.cache.add", lambda *args: False)
    assert search("canal").reachable
