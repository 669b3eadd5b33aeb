"""The workbook of the scenarios: asked for from the page, with the figures of the screen."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from apps.documents.models import Document
from apps.documents.selectors import visible_to
from apps.methodology.choosing import books
from apps.methodology.models import Item, Seat
from apps.methodology.services.fields import Write, save_field
from apps.methodology.simulation import figures
from tests.methodology.choosing import cases
from tests.methodology.roadmap.support import client, words
from tests.methodology.support import seat_in

pytestmark = pytest.mark.django_db


def url(seat: Seat, name: str, *more: Any) -> str:
    return reverse(f"method:{name}", args=[seat.engagement_id, *more])


def cells(content: bytes) -> set[Decimal]:
    """Every number that the workbook shows before anything is recounted."""
    found = set()
    for sheet in load_workbook(io.BytesIO(content), data_only=True):
        for row in sheet.iter_rows(values_only=True):
            found |= {round(Decimal(str(cell)), 2) for cell in row if isinstance(cell, int | float)}
    return found


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("ext", ["xlsx", "ods"])
def test_the_workbook_holds_the_figures_of_the_engine(lead: Seat, number: int, ext: str) -> None:
    cases.accounts(lead)
    for n in range(number):
        cases.hypotheses(lead, cases.scenario(lead, f"Scénario {n}"))
    content = books.FORMATS[ext].build(lead.engagement_id).content
    assert content[:2] == b"PK"
    if ext == "xlsx":
        shown = cells(content)
        found = figures.every(figures.sheet_for_files(lead.engagement))
        assert found
        _, alone, futures = found
        for study in [one for _, one in futures] or [alone]:
            told = study.projection
            for amounts in (told.results, told.total_resources, told.total_costs, told.equity, told.treasury):
                assert {Decimal(amount) / 100 for amount in amounts} <= shown


def test_asking_twice_is_one_document_and_a_change_gives_another(lead: Seat, first: Item) -> None:
    person = client(lead)
    answer = person.post(url(lead, "choosing_book", "xlsx"), follow=True)
    assert "Il manque un exercice de départ" in words(answer)
    assert not Document.objects.exists()
    assert "Le classeur" not in words(person.get(url(lead, "choosing")))
    cases.accounts(lead)
    assert "Préparer : Le classeur, pour un tableur" in words(person.get(url(lead, "choosing")))
    for _ in range(2):
        assert person.post(url(lead, "choosing_book", "xlsx")).status_code == 302
    before = Document.objects.get()
    assert before.kind == "simulation-xlsx"
    under = cases.hypotheses(lead, first)["hiring"]
    save_field(seat=lead, item=under, write=Write("mid", "25000", 1))
    person.post(url(lead, "choosing_book", "xlsx"))
    assert Document.objects.get().key != before.key
    assert person.post(url(lead, "choosing_book", "docx")).status_code == 404
    assert person.get(url(lead, "choosing_book", "ods")).status_code == 302


def test_the_file_follows_the_seats(lead: Seat, board: Seat) -> None:
    cases.accounts(lead)
    client(lead).post(url(lead, "choosing_book", "ods"))
    observer = seat_in(lead.engagement, "observer", outside=True)
    seen = [visible_to(seat.user).exists() for seat in (lead, board, observer)]  # type: ignore[arg-type]
    assert seen == [True, True, False]


def test_the_simulator_leads_to_the_choice(lead: Seat, first: Item) -> None:
    cases.accounts(lead)
    address = url(lead, "choosing")
    for page in (url(lead, "simulations"), url(lead, "simulation", first.pk)):
        assert f'href="{address}"' in client(lead).get(page).content.decode()


def test_a_workbook_that_cannot_hold_every_scenario_says_so(
    lead: Seat, first: Item, second: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases.accounts(lead)
    assert "n’y est pas" not in words(client(lead).get(url(lead, "choosing")))
    monkeypatch.setattr(books, "MOST_SCENARIOS", 1)
    assert "1 scénario n’y est pas" in words(client(lead).get(url(lead, "choosing")))
