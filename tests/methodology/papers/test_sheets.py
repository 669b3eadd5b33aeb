"""Blank sheets on paper, and their fast typing."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import page
import pytest
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from apps.core.pdf import render_pdf
from apps.documents.models import Document
from apps.methodology.enums import SeatRole
from apps.methodology.models import Field, Item, Seat
from apps.methodology.papers import sheets
from apps.methodology.services import items
from apps.methodology.tools import KINDS, TOOLS
from tests.methodology.bench.test_saving import client
from tests.methodology.support import engagement_of, seat_in
from tests.support.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Seat:
    return seat_in(engagement_of())


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_each_tool_has_a_sheet_that_names_its_fields(tool: str) -> None:
    source = sheets.build(sheets.subject(TOOLS[tool]))
    content = render_pdf(source.html, at=source.at).content
    found = page.validate_pdf_bytes(content, profile="ua1")
    assert found.is_compliant, [f"{one.rule_id} {one.message}" for one in found.failures]
    text = "".join("".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(content)).pages)
    for kind in TOOLS[tool].kinds:
        assert "".join(kind.fields[0].label.split()) in text


def test_a_sheet_is_asked_for_once_and_is_everybody_s() -> None:
    visitor = StrictClient()
    url = reverse("method:sheet_file", args=["activites"])
    assert "La fiche est à préparer" in visitor.get(url).content.decode()
    for _ in range(2):
        assert visitor.post(url).status_code == 302
    assert Document.objects.get(kind=sheets.KIND).is_public
    assert visitor.get(url).status_code == 202
    assert visitor.get(reverse("method:sheet_file", args=["rien"])).status_code == 404


def rows(*typed: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for number, row in enumerate(typed):
        prefix = f"r{number}-"
        for code, value in row.items():
            data[f"{prefix}{code}" if code in ("key", "parent") else f"{prefix}v-{code}"] = value
    return data


def send(seat: Seat, tool: str, kind: str, data: dict[str, Any]) -> Any:
    return client(seat).post(reverse("method:type_in", args=[seat.engagement_id, tool, kind]), data)


def test_several_rows_are_items_once_each(lead: Seat) -> None:
    data = rows(
        {"key": str(uuid4()), "title": "Réunion 1", "date": "2027-01-15"},
        {"key": str(uuid4()), "title": "", "date": ""},
        {"key": str(uuid4()), "title": "Réunion 2", "date": "15/02/2027"},
    )
    for _ in range(2):
        assert send(lead, "cadrage", "meeting", data).status_code == 302
    assert Item.objects.filter(kind="meeting").count() == 2
    assert set(Field.objects.filter(code="date").values_list("value", flat=True)) == {
        "2027-01-15",
        "2027-02-15",
    }


def test_a_wrong_row_stays_and_the_right_ones_are_saved(lead: Seat) -> None:
    answer = send(
        lead, "cadrage", "meeting", rows({"title": "Bonne"}, {"title": "Mauvaise", "date": "bientôt"})
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Mauvaise" in shown
    assert "Écrivez une date qui existe" in shown
    assert list(Field.objects.filter(code="title").values_list("value", flat=True)) == ["Bonne"]


def test_a_reading_says_whose_it_is(lead: Seat) -> None:
    indicator = items.add_item(seat=lead, kind="indicator", key=uuid4(), fields={"title": "Adhésions"})
    answer = send(lead, "suivi", "reading", rows({"actual": "12", "date": "2027-01-01"}))
    assert answer.status_code == 422
    assert "Choisissez l’indicateur" in answer.content.decode()
    answer = send(lead, "suivi", "reading", rows({"actual": "12,5", "parent": str(indicator.pk)}))
    assert answer.status_code == 302
    assert Item.objects.get(kind="reading").parent == indicator


def test_an_item_of_another_demarche_is_no_parent(lead: Seat) -> None:
    other = seat_in(engagement_of())
    indicator = items.add_item(seat=other, kind="indicator", key=uuid4(), fields={"title": "Adhésions"})
    assert (
        send(lead, "suivi", "reading", rows({"actual": "1", "parent": str(indicator.pk)})).status_code == 422
    )
    assert not Item.objects.filter(kind="reading").exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].goes_in_rows])
def test_each_kind_has_its_rows(
    lead: Seat, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tool = next(tool for tool in TOOLS.values() if KINDS[kind] in tool.kinds)
    url = reverse("method:type_in", args=[lead.engagement_id, tool.code, kind])
    person = client(lead)
    person.get(url)  # what is kept of the content is read here
    with django_assert_max_num_queries(10):
        shown = person.get(url).content.decode()
    assert shown.count('class="typing-row"') == 5


def test_who_does_not_write_does_not_type(lead: Seat) -> None:
    assert send(seat_in(lead.engagement, SeatRole.BOARD), "cadrage", "meeting", {}).status_code == 403
    assert send(lead, "cadrage", "note", {}).status_code == 404
